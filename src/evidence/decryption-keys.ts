import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CryptoKey, importJWK, type JWK } from 'jose';
import { openEvidence } from '../tokens/evidence-jwe.js';
import { TokenFault } from '../tokens/jws.js';

type DecryptionKey = CryptoKey | Uint8Array;
/** By consumer; several while one replaces another. */
export type KeysByConsumer = ReadonlyMap<string, readonly DecryptionKey[]>;

/** Private encryption keys of those consumers that commissioned this node. */
export class DecryptionKeys {
  constructor(private keys: KeysByConsumer) {}

  rotate(next: KeysByConsumer): void {
    this.keys = next;
  }

  /** False: the consumer keeps its key and gets ciphertext through. */
  holdsKeyOf(consumer: string): boolean {
    return this.keys.has(consumer);
  }

  /** @throws TokenFault */
  async decrypt(jwe: string, consumer: string): Promise<string> {
    const keys = this.keys.get(consumer);
    if (keys === undefined) throw new TokenFault('KEY_UNKNOWN');
    for (const key of keys) {
      try {
        return await openEvidence(jwe, key);
      } catch (error) {
        // Encrypted to another one, or to none of them.
        if (!(error instanceof TokenFault)) throw error;
      }
    }
    throw new TokenFault('MALFORMED');
  }
}

/** `<consumer>.jwk.json`, and `<consumer>.<anything>.jwk.json` while one key replaces another. */
export async function readDecryptionKeys(keyFolder: string): Promise<KeysByConsumer> {
  const folder = join(keyFolder, 'encryption');
  const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.jwk.json'));
  const keys = new Map<string, DecryptionKey[]>();
  for (const name of files.sort()) {
    const consumer = name.slice(0, name.indexOf('.'));
    const jwk = JSON.parse(await readFile(join(folder, name), 'utf8')) as JWK;
    keys.set(consumer, [...(keys.get(consumer) ?? []), await importJWK(jwk, 'ECDH-ES', { extractable: true })]);
  }
  return keys;
}
