import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { numericDate } from '../platform/clock.js';
import type { SigningKey } from './jws.js';

const RECEIPT_TYP = 'einmal-receipt+jwt';

/** That an entry is in the log, without personal data; hashes in base64url. */
export type ReceiptStatement = Readonly<{
  /** Participant whose entry it is. */
  participant: string;
  /** Exchange that the entry belongs to, where it belongs to one. */
  exchange: string | undefined;
  log_origin: string;
  log_index: number;
  leaf_hash: string;
  tree_size: number;
  root_hash: string;
  /** SHA-256 of the text of the checkpoint: what log and witnesses sign, whoever of them has signed yet. */
  checkpoint_hash: string;
  release_digest: string | undefined;
}>;

/** Unlike every other token it does not expire: it is for an archive, and says what stays true. */
export async function signReceipt(
  { participant, exchange, ...statement }: ReceiptStatement,
  by: Readonly<{ issuer: string; key: SigningKey; nowMs: number }>,
): Promise<string> {
  const claims = { iss: by.issuer, aud: participant, jti: exchange ?? randomUUID(), iat: numericDate(by.nowMs) };
  return new SignJWT({ ...claims, ...statement })
    .setProtectedHeader({ alg: by.key.alg, typ: RECEIPT_TYP, kid: by.key.kid })
    .sign(by.key.key);
}
