import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import type { KeyUse, Participant, ParticipantKey } from '../catalogue/catalogue.js';

const USES: Readonly<Record<Participant['kind'], readonly KeyUse[]>> = {
  'online-service': ['client-assertion', 'attestation', 'agreement'],
  authority: ['client-assertion', 'attestation', 'agreement'],
  node: ['trigger', 'access-token', 'receipt'],
  intermediary: ['permission'],
  register: ['evidence', 'agreement'],
  'identity-directory': ['evidence', 'agreement'],
  pages: ['client-assertion', 'attestation', 'session', 'agreement'],
};
/** To whom something is encrypted. */
const ENCRYPTED_TO: readonly Participant['kind'][] = ['online-service', 'authority', 'node'];

/** Keys with a name of their own, which stands in notes (C2SP signed-note). */
const NAMED_USE: Readonly<Partial<Record<Participant['kind'], 'log' | 'witness'>>> = {
  node: 'log',
  register: 'witness',
  'identity-directory': 'witness',
};

type KeyAlgorithm = 'ES256' | 'Ed25519' | 'ECDH-ES';

/** Signed with Ed25519, the same agreement is the same file. */
const ALGORITHM: Readonly<Partial<Record<KeyUse, KeyAlgorithm>>> = { encryption: 'ECDH-ES', agreement: 'Ed25519' };

export function isEncryptedTo(kind: Participant['kind']): boolean {
  return ENCRYPTED_TO.includes(kind);
}

/**
 * What a process of this kind reads from its key folder, but for certificate and decryption keys: makes what is missing and
 * keeps what is there. `host` is where named keys belong. @returns public halves
 */
export async function keyFolderIn(
  folder: string,
  { id, kind }: Pick<Participant, 'id' | 'kind'>,
  host: string,
): Promise<readonly ParticipantKey[]> {
  const keys: ParticipantKey[] = [];
  for (const use of USES[kind]) keys.push(await keyIn(join(folder, 'signing', `${use}.jwk.json`), `${id}-${use}`, use));
  const named = NAMED_USE[kind];
  if (named !== undefined)
    keys.push(await namedKeyIn(join(folder, 'signing', `${named}.jwk.json`), `${host}/einmal/${id}`, named));
  if (!existsSync(join(folder, 'seal.key')))
    await writePrivate(join(folder, 'seal.key'), `${randomBytes(32).toString('base64')}\n`);
  await mkdir(join(folder, 'vault'), { recursive: true, mode: 0o700 });
  return keys;
}

/** Where keys wait that are to replace those in use. */
export function nextFolderOf(folder: string): string {
  return join(folder, 'next');
}

/** Makes those that are missing. The key that signs agreements, and named ones, are not exchanged this way. @returns public halves */
export async function nextKeysIn(
  folder: string,
  { id, kind }: Pick<Participant, 'id' | 'kind'>,
): Promise<readonly ParticipantKey[]> {
  const keys: ParticipantKey[] = [];
  for (const use of USES[kind].filter((it) => it !== 'agreement')) {
    const file = join('signing', `${use}.jwk.json`);
    const { kid } = await keyIn(join(folder, file), `${id}-${use}`, use);
    const alg = ALGORITHM[use] ?? 'ES256';
    keys.push({ use, ...(await publicHalfIn(join(nextFolderOf(folder), file), numberedAfter(kid), alg)) });
  }
  return keys;
}

/** Puts what waited into its place, each file whole; a process takes it up by itself. @returns the files */
export async function useNextKeys(folder: string): Promise<readonly string[]> {
  const next = nextFolderOf(folder);
  const moved: string[] = [];
  for (const part of ['signing', 'tls'])
    for (const name of await readdir(join(next, part)).catch(() => [])) {
      await rename(join(next, part, name), join(folder, part, name));
      moved.push(join(part, name));
    }
  await rm(next, { recursive: true, force: true });
  return moved;
}

function numberedAfter(kid: string): string {
  const [, name = kid, number = '1'] = /^(.*)-(\d+)$/.exec(kid) ?? [];
  return `${name}-${Number(number) + 1}`;
}

/** The key that evidence for this participant is encrypted to, in the folder of whoever decrypts. @returns the public half */
export function decryptionKeyIn(folder: string, participant: string): Promise<ParticipantKey> {
  const file = join(folder, 'encryption', `${participant}.jwk.json`);
  return keyIn(file, `${participant}-encryption`, 'encryption');
}

async function keyIn(file: string, name: string, use: KeyUse): Promise<ParticipantKey> {
  return { use, ...(await publicHalfIn(file, `${name}-1`, ALGORITHM[use] ?? 'ES256')) };
}

/** The first name that a key got stays its name. */
async function namedKeyIn(file: string, prefix: string, use: 'log' | 'witness'): Promise<ParticipantKey> {
  return { use, ...(await publicHalfIn(file, `${prefix}-${randomBytes(4).toString('hex')}`, 'Ed25519')) };
}

/** Public half of the private JWK in this file, which is made where it is missing. */
export async function publicHalfIn(file: string, kid: string, alg: KeyAlgorithm): Promise<Omit<ParticipantKey, 'use'>> {
  if (!existsSync(file)) {
    const { privateKey } = await generateKeyPair(alg, {
      extractable: true,
      ...(alg === 'ECDH-ES' ? { crv: 'P-256' } : {}),
    });
    await writePrivate(file, `${JSON.stringify({ ...(await exportJWK(privateKey)), kid, alg }, null, 2)}\n`);
  }
  const { d: _, alg: _alg, kid: found = kid, ...jwk }: JWK = JSON.parse(await readFile(file, 'utf8'));
  return { kid: found, alg, jwk };
}

/** Whole or not at all, for its owner alone: a process may read it at any moment. */
export async function writePrivate(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const beside = `${file}.${randomBytes(4).toString('hex')}`;
  await writeFile(beside, text, { mode: 0o600 });
  await rename(beside, file);
}
