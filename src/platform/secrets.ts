import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Seals values that leave the process but must stay opaque and unaltered (AES-256-GCM), and keys indexes (HMAC-SHA-256). */
export class Seal {
  // A key as a Buffer costs Node 24 three times as much as the same one as a KeyObject.
  readonly #key: KeyObject;

  constructor(key: Buffer) {
    if (key.length !== 32) throw new Error('a seal key has 32 bytes');
    this.#key = createSecretKey(key);
  }

  /** base64url of IV ‖ ciphertext ‖ tag. `context` must be the same when it is opened. */
  close(value: Uint8Array, context: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv).setAAD(Buffer.from(context));
    return Buffer.concat([iv, cipher.update(value), cipher.final(), cipher.getAuthTag()]).toString('base64url');
  }

  /** Undefined when altered, sealed with another key or in another context. */
  open(sealed: string, context: string): Buffer | undefined {
    const bytes = Buffer.from(sealed, 'base64url');
    // Node passes over what is no base64url: such a text is not the one that was made.
    if (bytes.length < IV_BYTES + TAG_BYTES || bytes.toString('base64url') !== sealed) return undefined;
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, IV_BYTES))
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
    } catch {
      return undefined;
    }
  }

  /** Keyed digest: equal inputs are recognised, nothing can be guessed without the key. base64url. */
  fingerprint(value: Uint8Array | string, context: string): string {
    return createHmac('sha256', this.#key).update(`${context}\n`).update(value).digest('base64url');
  }
}

export async function readSeal(keyFolder: string): Promise<Seal> {
  const text = await readFile(join(keyFolder, 'seal.key'), 'utf8');
  return new Seal(Buffer.from(text.trim(), 'base64'));
}
