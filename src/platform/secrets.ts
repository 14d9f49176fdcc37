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
import { isSystemError } from './system-error.js';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** With which keys a seal works: the first of `sealing` closes, all of them open, `digest` keys what is compared with what is stored. */
export type SealKeys = Readonly<{ sealing: readonly Buffer[]; digest: Buffer }>;

/** Seals values that leave the process but must stay opaque and unaltered (AES-256-GCM), and keys indexes (HMAC-SHA-256). */
export class Seal {
  // A key as a Buffer costs Node 24 three times as much as the same one as a KeyObject.
  #sealing: readonly [KeyObject, ...KeyObject[]];
  readonly #digest: KeyObject;

  constructor(keys: Buffer | SealKeys) {
    const { sealing, digest } = Buffer.isBuffer(keys) ? { sealing: [keys], digest: keys } : keys;
    const [first, ...others] = sealing.map(secretKey);
    if (first === undefined) throw new Error('a seal has a key');
    this.#sealing = [first, ...others];
    this.#digest = secretKey(digest);
  }

  /** Names the key that closes; says nothing of it. */
  get id(): string {
    return idOf(this.#sealing[0]);
  }

  /**
   * Closes with another key from now on, and opens with the others beside it. What was closed until now must open then, what is
   * closed next must have opened before (replicas take it up one after the other), and digests must stay what they are.
   */
  rotate(next: Seal): void {
    this.demandFollowing(next);
    this.#sealing = next.#sealing;
  }

  /** @throws Error where `rotate` would */
  demandFollowing(next: Seal): void {
    const knows = (seal: Seal, id: string) => seal.#sealing.some((it) => idOf(it) === id);
    if (!next.#digest.equals(this.#digest)) throw new Error('the key of digests is another one');
    if (!knows(next, this.id)) throw new Error('the key that sealed until now is not there any more');
    if (!knows(this, next.id)) throw new Error('the key that is to seal was not there before');
  }

  /** base64url of IV ‖ ciphertext ‖ tag. `context` must be the same when it is opened. */
  close(value: Uint8Array, context: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#sealing[0], iv).setAAD(Buffer.from(context));
    return Buffer.concat([iv, cipher.update(value), cipher.final(), cipher.getAuthTag()]).toString('base64url');
  }

  /** Undefined when altered, sealed with another key or in another context. */
  open(sealed: string, context: string): Buffer | undefined {
    const bytes = Buffer.from(sealed, 'base64url');
    // Node passes over what is no base64url: such a text is not the one that was made.
    if (bytes.length < IV_BYTES + TAG_BYTES || bytes.toString('base64url') !== sealed) return undefined;
    for (const key of this.#sealing) {
      const opened = opens(key, bytes, context);
      if (opened !== undefined) return opened;
    }
    return undefined;
  }

  /** Keyed digest: equal inputs are recognised, nothing can be guessed without the key. base64url. */
  fingerprint(value: Uint8Array | string, context: string): string {
    return createHmac('sha256', this.#digest).update(`${context}\n`).update(value).digest('base64url');
  }
}

function opens(key: KeyObject, bytes: Buffer, context: string): Buffer | undefined {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES))
      .setAAD(Buffer.from(context))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
}

function secretKey(key: Buffer): KeyObject {
  if (key.length !== 32) throw new Error('a seal key has 32 bytes');
  return createSecretKey(key);
}

function idOf(key: KeyObject): string {
  return createHmac('sha256', key).update('einmal/seal-id/v1\n').digest('base64url');
}

/**
 * `seal.key`: base64, a key in each line; the first closes, all open. `digest.key`: what keys digests, absent as long as that is
 * the only key.
 */
export async function readSeal(keyFolder: string): Promise<Seal> {
  const sealing = await keysIn(join(keyFolder, 'seal.key'));
  const [digest] = (await keysIn(join(keyFolder, 'digest.key')).catch(absent)) ?? (sealing.length === 1 ? sealing : []);
  if (digest === undefined) throw new Error('beside several keys of seal.key there must be a digest.key');
  return new Seal({ sealing, digest });
}

async function keysIn(file: string): Promise<readonly Buffer[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').map((it) => it.trim());
  return lines.filter((it) => it !== '').map((it) => Buffer.from(it, 'base64'));
}

function absent(error: unknown): undefined {
  if (isSystemError(error, 'ENOENT')) return undefined;
  throw error;
}
