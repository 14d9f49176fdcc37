import crypto, { createCipheriv, createDecipheriv, createSecretKey, hash, randomBytes } from 'node:crypto';
import type { Epoch, EpochKeys } from '../vault/key-vault.js';
import { SALT_BYTES, saltedBytes } from './entry.js';
import type { ProtectedPart } from './record.js';

const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** The protected half at rest: `wrappedKey` and `ciphertext` are IV ‖ encrypted ‖ tag of AES-256-GCM. */
export type SealedRecord = Readonly<{ recordId: string; epoch: Epoch; wrappedKey: Buffer; ciphertext: Buffer }>;

/**
 * Wrong key, or the row is not what was written. Says nothing about the content.
 *
 * @public
 */
export class RecordUnreadable extends Error {
  override readonly name = 'RecordUnreadable';

  constructor(
    message: string,
    /** What did not open, where that is what failed. */
    readonly column?: 'wrapped_key' | 'ciphertext',
  ) {
    super(message);
  }
}

/**
 * Encrypts the protected half and its salt under a key of its own, wrapped by the epoch's. Record id and epoch are
 * bound to both, so that neither can be moved to another row.
 * @returns with `protectedHash` of what was encrypted, as `saltedHash` gives it: one text for both
 */
export function sealRecord(
  part: ProtectedPart,
  salt: Buffer,
  epoch: Epoch,
  keys: EpochKeys,
): SealedRecord & Readonly<{ protectedHash: Buffer }> {
  // In the order of time (RFC 9562 § 5.7), which the log tells anyway: the index of them grows at its end alone.
  const recordId = crypto.randomUUIDv7();
  const context = boundTo(recordId, epoch);
  // One call for all: asking for randomness costs more than the bytes.
  const random = randomBytes(KEY_BYTES + 2 * IV_BYTES);
  const recordKey = random.subarray(0, KEY_BYTES);
  const [iv, wrapIv] = [random.subarray(KEY_BYTES, KEY_BYTES + IV_BYTES), random.subarray(KEY_BYTES + IV_BYTES)];
  const plain = saltedBytes(salt, part);
  const ciphertext = encrypt(recordKey, iv, plain, context);
  const wrappedKey = encrypt(keys.wrapKey, wrapIv, recordKey, context);
  return { recordId, epoch, wrappedKey, ciphertext, protectedHash: hash('sha256', plain, 'buffer') };
}

/** Opens what {@link sealRecord} made. Throws {@link RecordUnreadable}. */
export function openRecord(sealed: SealedRecord, keys: EpochKeys): { salt: Buffer; part: ProtectedPart } {
  const context = boundTo(sealed.recordId, sealed.epoch);
  const recordKey = decrypt(keys.wrapKey, sealed.wrappedKey, context, 'wrapped_key');
  const plain = decrypt(recordKey, sealed.ciphertext, context, 'ciphertext');
  // Authenticated by GCM: it has the shape in which sealRecord took it.
  const part = JSON.parse(plain.toString('utf8', SALT_BYTES)) as ProtectedPart;
  return { salt: plain.subarray(0, SALT_BYTES), part };
}

function boundTo(recordId: string, { retentionClass, month }: Epoch): Buffer {
  return Buffer.from(`einmal/record/v1\n${recordId}\n${retentionClass}\n${month}\n`);
}

// A key as a Buffer costs Node 24 three times as much as the same one as a KeyObject.
function encrypt(key: Buffer, iv: Buffer, plain: Buffer, context: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', createSecretKey(key), iv).setAAD(context);
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Buffer, sealed: Buffer, context: Buffer, column: RecordUnreadable['column']): Buffer {
  try {
    const tag = sealed.subarray(-TAG_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', createSecretKey(key), sealed.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(context).setAuthTag(tag);
    return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    throw new RecordUnreadable('the record does not open with this key', column);
  }
}
