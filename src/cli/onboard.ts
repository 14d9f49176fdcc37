import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parse, stringify } from 'yaml';
import { AGREEMENT_TYP, agreementBytes, type Side, signerOf } from '../catalogue/agreement.js';
import type { Agreement, Catalogue, Endpoint, Participant, ParticipantKey, Register } from '../catalogue/catalogue.js';
import { issueForRequest } from '../demo/certificates.js';
import { certificateRequestIn, checkedRequest, installCertificate } from '../onboarding/certificate-request.js';
import { draftAgreements } from '../onboarding/draft-agreement.js';
import { checkedIntroduction, fingerprintOf, introduce } from '../onboarding/introduction.js';
import {
  decryptionKeyIn,
  isEncryptedTo,
  keyFolderIn,
  nextFolderOf,
  nextKeysIn,
  useNextKeys,
} from '../onboarding/key-folder.js';
import { beginProposal, type Entries, mergeInto } from '../onboarding/merge-catalogue.js';
import { ConfigFault } from '../platform/config.js';
import { thumbprintOfPem } from '../platform/tls.js';
import { signDetached } from '../tokens/detached-jws.js';
import { importSigningKey, readSigningKey } from '../tokens/jws.js';

export type MakeKeys = Readonly<{
  id: string;
  kind: Participant['kind'];
  title: string;
  area: string;
  to: string;
  host: readonly string[];
}>;
export type Renew = Readonly<{ keys: string; host: readonly string[] }>;
export type Switch = Readonly<{ keys: string }>;
export type MakeDecryptionKey = Readonly<{ consumer: string; keys: string; to: string }>;
export type Issue = Readonly<{ authority: string; request: string; to: string }>;
export type Introduce = Readonly<{
  keys: string;
  certificate: string;
  ca: string;
  to: string;
  address?: string;
  witnessAddress?: string;
  register?: string;
  encryptionKey?: string;
  decryptionBy?: string;
}>;
export type Import = Readonly<{
  file: string;
  fingerprint: string;
  catalogue: string;
  to: string;
  with: readonly string[];
  replace?: true;
}>;
export type Agree = Readonly<{
  catalogue: string;
  node: string;
  from?: string;
  until: string;
  consumer?: string;
  register?: string;
}>;
export type Sign = Readonly<{ catalogue: string; side: Side; participant: string; key: string }>;

type Lines = readonly string[];

export async function makeKeys({ id, kind, title, area, to, host }: MakeKeys): Promise<Lines> {
  const hosts = host.length === 0 ? [id] : host;
  await keyFolderIn(to, { id, kind }, hosts[0] ?? id);
  await certificateRequestIn(join(to, 'tls'), { participant: id, hosts });
  const participant: Participant = { id, title: { de: title }, kind, area };
  await writeFile(join(to, 'participant.yaml'), stringify(participant));
  return [`keys are in ${to}`, `have a certificate issued for ${join(to, 'tls', 'request.pem')}`];
}

export async function renew({ keys, host }: Renew): Promise<Lines> {
  const participant = await participantIn(keys);
  await nextKeysIn(keys, participant);
  const tls = join(nextFolderOf(keys), 'tls');
  await certificateRequestIn(tls, { participant: participant.id, hosts: host.length === 0 ? [participant.id] : host });
  return [`keys in use stay in ${keys}`, `have a certificate issued for ${join(tls, 'request.pem')}`];
}

export async function switchKeys({ keys }: Switch): Promise<Lines> {
  if (!existsSync(join(nextFolderOf(keys), 'tls', 'cert.pem')))
    throw new ConfigFault(['the next certificate is not installed: einmal onboard introduce']);
  return useNextKeys(keys);
}

export async function makeDecryptionKey({ consumer, keys, to }: MakeDecryptionKey): Promise<Lines> {
  await writeFile(to, stringify(await decryptionKeyIn(keys, consumer)));
  return [`${to} is for ${consumer} to introduce; the private half stays in ${keys}`];
}

export async function issue({ authority, request, to }: Issue): Promise<Lines> {
  const read = (name: string) => readFile(join(authority, name), 'utf8');
  const signer = { certificatePem: await read('ca.pem'), keyPem: await read('key.pem') };
  await writeFile(to, await issueForRequest(signer, await checkedRequest(await readFile(request, 'utf8'))));
  return [`${to} is a certificate of a development authority: it proves nothing about anybody`];
}

export async function introduceWith(options: Introduce): Promise<Lines> {
  const participant = await participantIn(options.keys);
  const { id, kind } = participant;
  const isRenewed = existsSync(nextFolderOf(options.keys));
  const [certificate, ca] = [await readFile(options.certificate, 'utf8'), await readFile(options.ca, 'utf8')];
  const tls = join(isRenewed ? nextFolderOf(options.keys) : options.keys, 'tls');
  const thumbprint = await installCertificate(tls, { participant: id, certificate, ca }, Date.now());
  const present = isRenewed ? [thumbprintOfPem(await readFile(join(options.keys, 'tls', 'cert.pem'), 'utf8'))] : [];
  const own = await keyFolderIn(options.keys, participant, id);
  const next = isRenewed ? await nextKeysIn(options.keys, participant) : [];
  const keys = {
    participant: id,
    certificates: [...present, thumbprint],
    ...(options.decryptionBy === undefined ? {} : { decryption_by: options.decryptionBy }),
    keys: [...own, ...next, ...(isEncryptedTo(kind) ? [await encryptionKeyFor(id, options)] : [])],
  };
  const sections = {
    participants: [participant],
    keys: [keys],
    ...(options.register === undefined ? {} : { registers: [await registerOf(id, options.register)] }),
    ...(options.address === undefined ? {} : { endpoints: [endpointOf(id, options.address, options.witnessAddress)] }),
  };
  const agreementKey = own.find(({ use }) => use === 'agreement');
  if (agreementKey === undefined) throw new ConfigFault([`a ${kind} signs no agreements: nobody else introduces it`]);
  const introduction = await introduce(sections, await readSigningKey(options.keys, 'agreement'));
  await writeFile(options.to, stringify(introduction, { aliasDuplicateObjects: false }));
  return [
    `${options.to} goes to the counterpart; read this out to them over another way:`,
    fingerprintOf(introduction),
  ];
}

async function participantIn(keys: string): Promise<Participant> {
  return parse(await readFile(join(keys, 'participant.yaml'), 'utf8'));
}

/** A consumer that keeps its key has it beside its others. */
async function encryptionKeyFor(id: string, { keys, encryptionKey, decryptionBy }: Introduce): Promise<ParticipantKey> {
  if ((encryptionKey === undefined) !== (decryptionBy === undefined))
    throw new ConfigFault(['--encryption-key and --decryption-by belong together']);
  return encryptionKey === undefined ? decryptionKeyIn(keys, id) : parse(await readFile(encryptionKey, 'utf8'));
}

async function registerOf(participant: string, file: string): Promise<Register> {
  const { id, ...register }: Register = parse(await readFile(file, 'utf8'));
  return { id, ...register, participant };
}

function endpointOf(participant: string, address: string, witness: string | undefined): Endpoint {
  const server_name = address.slice(0, address.lastIndexOf(':'));
  return { participant, address, ...(witness === undefined ? {} : { witness_address: witness }), server_name };
}

export async function importOne(options: Import): Promise<Lines> {
  const introduction = checkedIntroduction(parse(await readFile(options.file, 'utf8')));
  if (fingerprintOf(introduction) !== options.fingerprint.trim().toLowerCase())
    throw new ConfigFault(['this is not the introduction whose fingerprint was read out']);
  const further: Entries[] = [];
  for (const file of options.with) further.push(parse(await readFile(file, 'utf8')));
  if (resolve(options.to) !== resolve(options.catalogue)) await beginProposal(options.catalogue, options.to);
  const changed = new Set<string>();
  for (const entries of [introduction.introduces, ...further])
    for (const file of await mergeInto(options.to, entries as Entries, options.replace)) changed.add(file);
  return [...changed].map((file) => join(options.to, file));
}

export async function agree({ catalogue, node, from, until, consumer, register }: Agree): Promise<Lines> {
  const ground = await groundOf(catalogue);
  const known = new Set(ground.agreements.map(({ id }) => id));
  const validFrom = from ?? `${new Date().toISOString().slice(0, 19)}Z`;
  const drafts = draftAgreements(ground, ground.keys, { node, validFrom, validUntil: until })
    .filter((it) => consumer === undefined || it.consumer === consumer)
    .filter((it) => register === undefined || it.register === register)
    .filter(({ id }) => !known.has(id));
  if (drafts.length === 0)
    throw new ConfigFault(['the rules allow nothing between these that is not agreed on already']);
  await mergeInto(catalogue, { agreements: drafts.map((it) => ({ ...it, signatures: {} })) });
  return drafts.map(({ id }) => id);
}

export async function sign({ catalogue, side, participant, key }: Sign): Promise<Lines> {
  const { agreements, registers } = await groundOf(catalogue);
  const signingKey = await importSigningKey(JSON.parse(await readFile(key, 'utf8')));
  const signed: Agreement[] = [];
  for (const it of agreements) {
    if (it.signatures[side] !== undefined || signerOf(it, side, registers) !== participant) continue;
    const signature = await signDetached(agreementBytes(it), AGREEMENT_TYP, signingKey);
    signed.push({ ...it, signatures: { ...it.signatures, [side]: signature } });
  }
  if (signed.length === 0) throw new ConfigFault([`nothing is left to sign for "${participant}" as ${side}`]);
  await mergeInto(catalogue, { agreements: signed }, true);
  return signed.map(({ id }) => id);
}

type Ground = Pick<Catalogue, 'participants' | 'registers' | 'rules' | 'keys'> &
  Readonly<{ agreements: readonly Agreement[] }>;

/** As it is being worked out: not signed yet, it is no catalogue. */
async function groundOf(folder: string): Promise<Ground> {
  const list = async <T>(name: string): Promise<readonly T[]> =>
    parse(await readFile(join(folder, `${name}.yaml`), 'utf8'), { maxAliasCount: -1 })?.[name] ?? [];
  return {
    participants: await list('participants'),
    registers: await list('registers'),
    rules: await list('rules'),
    keys: await list('keys'),
    agreements: await list('agreements'),
  };
}
