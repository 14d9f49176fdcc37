import type { NoteSigner } from '#libs/tlog/signed-note.js';
import { readSeal } from '../platform/secrets.js';
import { readSigningKey } from '../tokens/jws.js';
import type { TrustedKey } from './trust-state.js';

/** Each with one key at a time; whose turn it is shows in the key folder alone. */
const SIGNING = ['access-token', 'trigger', 'receipt', 'notice'] as const;

/** The private keys that a node works with, by names that tell nothing of them. */
export async function heldKeys(
  { participant, keyFolder }: Readonly<{ participant: string; keyFolder: string }>,
  log: NoteSigner,
): Promise<readonly TrustedKey[]> {
  const signing = SIGNING.map(async (use) => ({ use, id: (await readSigningKey(keyFolder, use)).kid }));
  const seal = (await readSeal(keyFolder)).id;
  const held = [
    ...(await Promise.all(signing)),
    { use: 'log' as const, id: log.vkey },
    { use: 'seal' as const, id: seal },
  ];
  return held.map((it) => ({ participant, held: true, ...it }));
}
