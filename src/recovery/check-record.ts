import { commitment, leafBytes, saltedHash } from '../audit/entry.js';
import { callerPart, EntryInvalid, type ProtectedPart } from '../audit/record.js';
import { openRecord, RecordUnreadable } from '../audit/record-cipher.js';
import { subjectKey } from '../audit/subject-index.js';
import type { EpochKeys } from '../vault/key-vault.js';
import { firstDifference, LogDamaged } from './finding.js';
import type { IndexRow, RecordRow } from './log-snapshot.js';

const MICROS_A_MILLISECOND = 1000n;

/** The leaf that a record commits to, and its protected half where the keys are there. */
export type CheckedRecord = Readonly<{ committed: Buffer; part: ProtectedPart | undefined }>;

/** Recomputes a record's leaf. @throws LogDamaged */
export function checkRecord(row: RecordRow, keys: EpochKeys | undefined): CheckedRecord {
  const { logTimeMicros } = row;
  if (logTimeMicros % MICROS_A_MILLISECOND !== 0n) throw damaged(row, 'log_time', 'no entry has such a time');
  const opened = keys && openHalf(row, keys);
  const protectedHash = opened === undefined ? row.protectedHash : saltedHash(opened.salt, opened.part);
  // What the keys open is authenticated: where the two differ, the hash is wrong.
  if (!protectedHash.equals(row.protectedHash))
    throw damaged(
      row,
      'protected_hash',
      'it is not what it must be',
      firstDifference(protectedHash, row.protectedHash),
    );
  const committed = leafBytes(commitment(saltedHash(row.callerSalt, caller(row)), protectedHash));
  return { committed, part: opened?.part };
}

/** The rows of the index against the persons of the protected half. Deciders are in no half: their rows cannot be told. */
export function checkIndex(row: RecordRow, part: ProtectedPart, keys: EpochKeys, rows: readonly IndexRow[]): void {
  const found = rows.filter(({ capacity }) => capacity === 'subject').map(({ key }) => key);
  const expected = (part.subjects ?? []).map(({ person }) => subjectKey(keys.indexKey, person));
  const missing = expected.find((key) => !found.some((it) => it.equals(key)));
  const surplus = found.find((key) => !expected.some((it) => it.equals(key)));
  const at = { table: 'log.subject_index', row: `index ${row.index}`, column: 'key' };
  if (missing !== undefined && surplus !== undefined) {
    const byte = firstDifference(missing, surplus);
    throw new LogDamaged({ ...at, byte, what: 'it is not the key of a person of this entry' });
  }
  if (missing !== undefined) throw new LogDamaged({ ...at, what: 'there is no row for a person of this entry' });
  // Who reads a record is indexed by the persons of that record, which its own half does not name.
  if (surplus !== undefined && expected.length > 0)
    throw new LogDamaged({ ...at, what: 'there is a row for somebody who is not in this entry' });
}

function openHalf(row: RecordRow, keys: EpochKeys) {
  try {
    return openRecord(row.sealed, keys);
  } catch (error) {
    if (!(error instanceof RecordUnreadable)) throw error;
    if (error.column === 'ciphertext') throw damaged(row, 'ciphertext', 'it does not open with its key');
    throw damaged(
      row,
      'wrapped_key, record_id, retention_class or epoch',
      'the key does not open with that of the epoch',
    );
  }
}

function caller(row: RecordRow) {
  try {
    const log_time = new Date(Number(row.logTimeMicros / MICROS_A_MILLISECOND)).toISOString();
    return callerPart({ ...row.caller, log_time });
  } catch (error) {
    if (error instanceof EntryInvalid) throw damaged(row, error.member, 'no entry has such a value');
    if (error instanceof RangeError) throw damaged(row, 'log_time', 'no entry has such a time');
    throw error;
  }
}

function damaged({ index }: RecordRow, column: string, what: string, byte?: number): LogDamaged {
  return new LogDamaged({
    table: 'log.record',
    row: `index ${index}`,
    column,
    what,
    ...(byte !== undefined && { byte }),
  });
}
