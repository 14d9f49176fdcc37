import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Administrator, Participant, ParticipantKeys } from '../catalogue/catalogue.js';
import { decryptionKeyIn, isEncryptedTo, keyFolderIn, publicHalfIn, writePrivate } from '../onboarding/key-folder.js';
import { type TlsIdentity, thumbprintOfPem } from '../platform/tls.js';
import { type CertificateAuthority, createAuthority, issueLeaf, type LeafWish } from './certificates.js';

const RENEW_BEFORE_MS = 30 * 86_400_000;

/** Two: what takes two persons cannot be done in a demo with one. */
const ADMINISTRATORS = ['administrator-1', 'administrator-2'];

/** Development keys and certificates of all participants, in one folder each. */
export type Pki = Readonly<{
  /** Key folder of a participant, as its process reads it. */
  folderOf(participant: string): string;
  /** PEM file of the authority that all trust. */
  caFile: string;
  /** Public halves, for `keys.yaml`. */
  keys: readonly ParticipantKeys[];
  /** Public halves, for `administrators.yaml`. */
  administrators: readonly Administrator[];
  /** Private key of an administrator: in a real deployment in that person's own hands. */
  administratorKeyFile(administrator: string): string;
  /** Private log key of each node. */
  logKeyFile(node: string): string;
  /** A certificate of the same authority, for whoever and however long: tests need odd ones. */
  issue(wish: LeafWish): Promise<TlsIdentity>;
}>;

/**
 * Makes what is missing and keeps what is there. Private halves go to the folder of the process that uses them: the
 * decryption key of a consumer that commissioned the node to the node's. A consumer that has one in its own folder keeps it.
 */
export async function createPki(folder: string, participants: readonly Participant[]): Promise<Pki> {
  const authority = await authorityIn(join(folder, 'ca'));
  const node = participants.find(({ kind }) => kind === 'node')?.id;
  const keys: ParticipantKeys[] = [];
  for (const participant of participants) keys.push(await ownKeys(folder, participant, authority, node));
  const administratorKeyFile = (id: string) => join(folder, 'administrators', `${id}.jwk.json`);
  const administrators: Administrator[] = [];
  for (const id of ADMINISTRATORS) {
    administrators.push({ id, keys: [await publicHalfIn(administratorKeyFile(id), `${id}-1`, 'ES256')] });
  }
  return {
    administrators,
    administratorKeyFile,
    folderOf: (participant) => join(folder, participant),
    caFile: join(folder, 'ca', 'ca.pem'),
    keys,
    logKeyFile: (id) => join(folder, id, 'signing', 'log.jwk.json'),
    issue: (wish) => issueLeaf(authority, wish),
  };
}

async function authorityIn(folder: string): Promise<CertificateAuthority> {
  const [certificate, key] = [join(folder, 'ca.pem'), join(folder, 'key.pem')];
  if (!existsSync(certificate) || !existsSync(key)) {
    const made = await createAuthority('Einmal development authority');
    await writePrivate(key, made.keyPem);
    await writePrivate(certificate, made.certificatePem);
  }
  return { certificatePem: await readFile(certificate, 'utf8'), keyPem: await readFile(key, 'utf8') };
}

async function ownKeys(
  folder: string,
  { id, kind }: Participant,
  authority: CertificateAuthority,
  node: string | undefined,
): Promise<ParticipantKeys> {
  const own = join(folder, id);
  const certificate = await certificateIn(join(own, 'tls'), id, authority);
  const keepsKey = existsSync(join(own, 'encryption', `${id}.jwk.json`));
  const commissioned = (kind === 'online-service' || kind === 'authority') && node !== undefined && !keepsKey;
  const signing = await keyFolderIn(own, { id, kind }, 'localhost');
  const keys = isEncryptedTo(kind)
    ? [...signing, await decryptionKeyIn(join(folder, commissioned ? node : id), id)]
    : signing;
  return { participant: id, certificates: [certificate], keys, ...(commissioned ? { decryption_by: node } : {}) };
}

/** Thumbprint of the certificate, which is made anew when it does not hold any more. */
async function certificateIn(folder: string, id: string, authority: CertificateAuthority): Promise<string> {
  const file = join(folder, 'cert.pem');
  const current = existsSync(file) ? await readFile(file, 'utf8') : undefined;
  if (current !== undefined && stillHolds(current, authority)) return thumbprintOfPem(current);
  const made = await issueLeaf(authority, { commonName: id, participant: id });
  await writePrivate(join(folder, 'ca.pem'), made.ca);
  await writePrivate(join(folder, 'key.pem'), made.key);
  await writePrivate(file, made.cert);
  return thumbprintOfPem(made.cert);
}

function stillHolds(pem: string, authority: CertificateAuthority): boolean {
  const certificate = new X509Certificate(pem);
  const ends = Date.parse(certificate.validTo);
  return (
    certificate.verify(new X509Certificate(authority.certificatePem).publicKey) && ends - Date.now() > RENEW_BEFORE_MS
  );
}
