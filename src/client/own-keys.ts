import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CryptoKey, importJWK, type JWK } from 'jose';

/** Private decryption keys of a consumer that keeps them itself, by `kid`: several while one replaces another. */
export type OwnKeys = ReadonlyMap<string, CryptoKey | Uint8Array>;

/** @param keyFolder its `encryption` holds them as private JWKs (`*.jwk.json`), on P-256 or X25519, with their `kid` */
export async function readOwnKeys(keyFolder: string): Promise<OwnKeys> {
  const folder = join(keyFolder, 'encryption');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.jwk.json'));
  const keys = await Promise.all(
    files.map(async (name) => {
      const jwk: JWK = JSON.parse(await readFile(join(folder, name), 'utf8'));
      if (jwk.kid === undefined) throw new Error(`${name} needs a kid`);
      return [jwk.kid, await importJWK(jwk, 'ECDH-ES', { extractable: true })] as const;
    }),
  );
  return new Map(keys);
}
