import { commitment, leafBytes, saltedHash } from '../audit/entry.js';
import type { StoredRecord } from '../audit/log-reader.js';
import type { ProtectedPart } from '../audit/record.js';
import { openRecord, RecordUnreadable } from '../audit/record-cipher.js';
import type { OperationalLog } from '../platform/operational-log.js';
import { EpochDestroyed, type KeyVault } from '../vault/key-vault.js';

export type ProtectedHalf = Readonly<{ salt: Buffer; part: ProtectedPart }>;

/** The protected half of a record; `undefined` where its key is destroyed. @throws RecordUnreadable */
export async function protectedHalf(vault: KeyVault, record: StoredRecord): Promise<ProtectedHalf | undefined> {
  const keys = await vault.find(record.sealed.epoch).catch((error: unknown) => {
    if (error instanceof EpochDestroyed) return undefined;
    throw error;
  });
  if (keys === undefined) return undefined;
  const hidden = openRecord(record.sealed, keys);
  const { caller, callerSalt, leaf, index } = record;
  const computed = leafBytes(commitment(saltedHash(callerSalt, caller), saltedHash(hidden.salt, hidden.part)));
  // Nobody is shown what was not logged.
  if (!computed.equals(leaf)) throw new RecordUnreadable(`record ${index} is not what its leaf commits to`);
  return hidden;
}

/**
 * For whoever reads many: `undefined` also where somebody altered the record, so that it hides no other; fsck names it. Where nobody
 * sees what is missing, `log` tells the operator which record it is.
 */
export async function readableHalf(
  vault: KeyVault,
  record: StoredRecord,
  log?: OperationalLog,
): Promise<ProtectedHalf | undefined> {
  try {
    return await protectedHalf(vault, record);
  } catch (error) {
    if (!(error instanceof RecordUnreadable)) throw error;
    log?.error({ index: record.index }, 'a record does not open; run "einmal audit fsck"');
    return undefined;
  }
}
