import type { StoredRecord } from '../audit/log-reader.js';
import type { ProtectedPart } from '../audit/record.js';
import { openRecord, RecordUnreadable } from '../audit/record-cipher.js';
import type { RetrievalRecords } from '../audit/retrieval-reader.js';
import { type Epoch, EpochDestroyed, type EpochKeys, type KeyVault } from '../vault/key-vault.js';
import type { OurRetrieval } from './compare.js';

/** A retrieval of ours with what an entry about it needs. */
export type LoggedRetrieval = OurRetrieval &
  Readonly<{ openedAtMs: number; opened: StoredRecord; subjects: ProtectedPart['subjects'] }>;

/**
 * What our log says of a retrieval at one register. Undefined where that cannot be told any more: a record of it was
 * erased, altered, or lost its key.
 */
export async function ourRetrieval(
  { opened, isClosed, closed, others }: RetrievalRecords,
  register: string,
  keysOf: FindKeys,
): Promise<LoggedRetrieval | undefined> {
  const [opening, ending, ...between] = await Promise.all(
    [opened, closed, ...others].map((record) => record && protectedPart(record, keysOf)),
  );
  const ref = opening?.register_refs?.[register];
  if (opening === undefined || ref === undefined || (isClosed && ending === undefined)) return undefined;
  // What was heard later, or before a crash, says more than that nothing was heard.
  const heard = [ending, ...between].find(
    (part) => part?.answered !== undefined && part.answered !== 'none' && part.answered !== 'not_asked',
  );
  const silence = isClosed ? (ending?.answered ?? 'unknown') : 'open';
  return {
    ref,
    consumer: opened.caller.consumer,
    evidenceType: opened.caller.evidence_type,
    purpose: opened.caller.purpose,
    ours: heard?.answered ?? silence,
    reason: heard?.register_reason,
    repeats: others.filter(({ caller }) => caller.event === 'retrieval.repeated').length,
    openedAtMs: Date.parse(opened.caller.log_time),
    opened,
    subjects: opening.subjects,
  };
}

export type FindKeys = (epoch: Epoch) => Promise<EpochKeys | undefined>;

/** Asks the vault once for each epoch: to be used for a page of records, not longer. */
export function keysOnce(vault: KeyVault): FindKeys {
  const found = new Map<string, Promise<EpochKeys | undefined>>();
  return (epoch) => {
    const name = `${epoch.retentionClass} ${epoch.month}`;
    const keys = found.get(name) ?? vault.find(epoch);
    found.set(name, keys);
    return keys;
  };
}

async function protectedPart({ sealed }: StoredRecord, keysOf: FindKeys): Promise<ProtectedPart | undefined> {
  try {
    const keys = await keysOf(sealed.epoch);
    return keys && openRecord(sealed, keys).part;
  } catch (error) {
    if (error instanceof EpochDestroyed || error instanceof RecordUnreadable) return undefined;
    throw error;
  }
}
