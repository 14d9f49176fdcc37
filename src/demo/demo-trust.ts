import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { formatVerifierKey } from '#libs/tlog/verifier-key.js';
import type { KeyUse, ParticipantKeys } from '../catalogue/catalogue.js';
import type { KeySet, Trust } from '../verify/answer.js';
import type { Pki } from './pki.js';

/** The public keys that a verifier needs, straight from where they were made: no word of the node is in it. */
export async function demoTrust(pki: Pki, node: string, registers: readonly string[]): Promise<Trust> {
  const keysOf = (participant: string, uses: readonly KeyUse[]): KeySet =>
    keySet(
      pki.keys.find((it) => it.participant === participant),
      uses,
    );
  return {
    registers: Object.fromEntries(registers.map((id) => [id, keysOf(id, ['evidence'])])),
    node: keysOf(node, ['access-token', 'trigger', 'receipt']),
    log: await logVerifierKey(pki.logKeyFile(node)),
  };
}

/** The key's `kid` is the name of the log: the origin of its checkpoints (C2SP tlog-checkpoint). */
export async function logOrigin(logKeyFile: string): Promise<string> {
  const { kid }: { kid: string } = JSON.parse(await readFile(logKeyFile, 'utf8'));
  return kid;
}

async function logVerifierKey(logKeyFile: string): Promise<string> {
  const jwk = JSON.parse(await readFile(logKeyFile, 'utf8'));
  const publicKey = createPublicKey(createPrivateKey({ key: jwk, format: 'jwk' }));
  return formatVerifierKey(await logOrigin(logKeyFile), publicKey);
}

function keySet(owner: ParticipantKeys | undefined, uses: readonly KeyUse[]): KeySet {
  const keys = owner?.keys.filter(({ use }) => uses.includes(use)) ?? [];
  return { keys: keys.map(({ jwk, kid, alg }) => ({ ...jwk, kid, alg, use: 'sig' })) };
}
