import { randomBytes, X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import type { Administrator, KeyUse, Participant, ParticipantKey, ParticipantKeys } from '../catalogue/catalogue.js';
import { type TlsIdentity, thumbprintOfPem } from '../platform/tls.js';
import { type CertificateAuthority, createAuthority, issueLeaf, type LeafWish } from './certificates.js';

const RENEW_BEFORE_MS = 30 * 86_400_000;

const USES: Readonly<Record<Participant['kind'], readonly KeyUse[]>> = {
  'online-service': ['client-assertion', 'attestation', 'encryption', 'agreement'],
  authority: ['client-assertion', 'attestation', 'encryption', 'agreement'],
  node: ['trigger', 'access-token', 'receipt', 'notice', 'encryption'],
  intermediary: ['permission'],
  register: ['evidence', 'agreement'],
  'identity-directory': ['evidence', 'agreement'],
  pages: ['client-assertion', 'attestation', 'session', 'agreement'],
};

/** Keys with a name of their own, which stands in notes (C2SP signed-note). */
const NAMED_USE: Readonly<Partial<Record<Participant['kind'], 'log' | 'witness'>>> = {
  node: 'log',
  register: 'witness',
  'identity-directory': 'witness',
};

/** Two: what takes two persons cannot be done in a demo with one. */
const ADMINISTRATORS = ['administrator-1', 'administrator-2'];

type KeyAlgorithm = 'ES256' | 'Ed25519' | 'ECDH-ES';

/** Signed with Ed25519, the same agreement is the same file. */
const ALGORITHM: Readonly<Partial<Record<KeyUse, KeyAlgorithm>>> = { encryption: 'ECDH-ES', agreement: 'Ed25519' };

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
 * decryption key of a consumer that commissioned the node to the node's.
 */
export async function createPki(folder: string, participants: readonly Participant[]): Promise<Pki> {
  const authority = await authorityIn(join(folder, 'ca'));
  const node = participants.find(({ kind }) => kind === 'node')?.id;
  const keys: ParticipantKeys[] = [];
  for (const participant of participants) keys.push(await ownKeys(folder, participant, authority, node));
  const administratorKeyFile = (id: string) => join(folder, 'administrators', `${id}.jwk.json`);
  const administrators: Administrator[] = [];
  for (const id of ADMINISTRATORS) {
    const key = { kid: `${id}-1`, alg: 'ES256' } as const;
    administrators.push({ id, keys: [{ ...key, jwk: await keyIn(administratorKeyFile(id), key.kid, key.alg) }] });
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
  const commissioned = (kind === 'online-service' || kind === 'authority') && node !== undefined;
  const keys: ParticipantKey[] = [];
  for (const use of USES[kind]) {
    const file =
      use === 'encryption'
        ? join(folder, commissioned ? node : id, 'encryption', `${id}.jwk.json`)
        : join(own, 'signing', `${use}.jwk.json`);
    const alg = ALGORITHM[use] ?? 'ES256';
    keys.push({ kid: `${id}-${use}-1`, use, alg, jwk: await keyIn(file, `${id}-${use}-1`, alg) });
  }
  const named = NAMED_USE[kind];
  if (named !== undefined) keys.push(await namedKeyIn(join(own, 'signing', `${named}.jwk.json`), id, named));
  if (!existsSync(join(own, 'seal.key')))
    await writePrivate(join(own, 'seal.key'), `${randomBytes(32).toString('base64')}\n`);
  await mkdir(join(own, 'vault'), { recursive: true, mode: 0o700 });
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

/** Public half of the private JWK in this file, which is made when missing. */
async function keyIn(file: string, kid: string, alg: KeyAlgorithm): Promise<Readonly<Record<string, unknown>>> {
  if (!existsSync(file)) {
    const { privateKey } = await generateKeyPair(alg, {
      extractable: true,
      ...(alg === 'ECDH-ES' ? { crv: 'P-256' } : {}),
    });
    await writePrivate(file, `${JSON.stringify({ ...(await exportJWK(privateKey)), kid, alg }, null, 2)}\n`);
  }
  const { d: _, kid: _kid, alg: _alg, ...jwk }: JWK = JSON.parse(await readFile(file, 'utf8'));
  return jwk;
}

/** The first name that a key got stays its name. */
async function namedKeyIn(file: string, id: string, use: 'log' | 'witness'): Promise<ParticipantKey> {
  const jwk = await keyIn(file, `localhost/einmal/${id}-${randomBytes(4).toString('hex')}`, 'Ed25519');
  const { kid }: { kid: string } = JSON.parse(await readFile(file, 'utf8'));
  return { kid, use, alg: 'Ed25519', jwk };
}

async function writePrivate(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, text, { mode: 0o600 });
}
