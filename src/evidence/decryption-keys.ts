import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CryptoKey, importJWK, type JWK } from 'jose';
import { openEvidence } from '../tokens/evidence-jwe.js';
import { TokenFault } from '../tokens/jws.js';

/** Private encryption keys of those consumers that commissioned this node. */
export class DecryptionKeys {
  constructor(private readonly keys: ReadonlyMap<string, CryptoKey | Uint8Array>) {}

  /** False: the consumer keeps its key and gets ciphertext through. */
  holdsKeyOf(consumer: string): boolean {
    return this.keys.has(consumer);
  }

  /** @throws TokenFault */
  async decrypt(jwe: string, consumer: string): Promise<string> {
    const key = this.keys.get(consumer);
    if (key === undefined) throw new TokenFault('KEY_UNKNOWN');
    return openEvidence(jwe, key);
  }
}

export async function readDecryptionKeys(keyFolder: string): Promise<DecryptionKeys> {
  const folder = join(keyFolder, 'encryption');
  const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.jwk.json'));
  const keys = await Promise.all(
    files.map(async (name): Promise<[string, CryptoKey | Uint8Array]> => {
      const jwk = JSON.parse(await readFile(join(folder, name), 'utf8')) as JWK;
      return [name.slice(0, -'.jwk.json'.length), await importJWK(jwk, 'ECDH-ES')];
    }),
  );
  return new DecryptionKeys(new Map(keys));
}
