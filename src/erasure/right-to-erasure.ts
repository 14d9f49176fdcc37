import type { LogReader } from '../audit/log-reader.js';
import type { CallerPart, EventType } from '../audit/record.js';
import { isLine } from '../platform/decode.js';
import { StartFault } from '../platform/run-process.js';
import { ATTESTATION_MAX_LIFETIME_S } from '../tokens/attestation.js';

/** Single records are to go before their time (DSGVO Art. 17): the entries, why, under which file reference, and who decided it. */
export type SingleErasure = Readonly<{
  entries: readonly number[];
  reason: string;
  fileReference: string;
  orderedBy: string;
}>;

/** Nothing is erased: the order names what cannot be. Quotes nothing of a record. */
export class ErasureImpossible extends StartFault {
  override readonly name = 'ErasureImpossible';
}

/** They say what became of other records, and of the log itself; no person has a right to have them gone. */
const STAYING: readonly EventType[] = ['erasure', 'log.opened'];

/** Without its state the same decision could be granted again. */
const USED_UP_AFTER_MS = 2 * ATTESTATION_MAX_LIFETIME_S * 1000;

function mayBeUsed({ event, log_time }: CallerPart, nowMs: number): boolean {
  return event === 'trigger.granted' && Date.parse(log_time) + USED_UP_AFTER_MS > nowMs;
}

/** The random ids of the records that the order names, all of them or none. @throws ErasureImpossible */
export async function recordsOf(order: SingleErasure, reader: LogReader): Promise<readonly string[]> {
  const entries = [...new Set(order.entries)];
  if (entries.length === 0) throw new ErasureImpossible('no entry is named');
  const lines = {
    reason: order.reason,
    'file reference': order.fileReference,
    'name of who ordered it': order.orderedBy,
  };
  for (const [what, line] of Object.entries(lines))
    if (!isLine(line)) throw new ErasureImpossible(`the ${what} must be a line of at most 200 characters`);
  const ids: string[] = [];
  const faults: string[] = [];
  const open = new Set(await reader.stillOpen(entries));
  const now = await reader.now();
  for (const index of entries) {
    const record = await reader.record(index);
    if (record === undefined)
      faults.push(`entry ${index} has no record: it is erased already, or there is no such entry`);
    else if (STAYING.includes(record.caller.event))
      faults.push(`entry ${index} states what became of the log and stays`);
    else if (open.has(index))
      faults.push(`entry ${index} opened a retrieval that has no outcome yet: erase it once it has`);
    else if (mayBeUsed(record.caller, now))
      faults.push(`entry ${index} grants a decision that may still be used: erase it two hours after it was granted`);
    else ids.push(record.sealed.recordId);
  }
  if (faults.length > 0) throw new ErasureImpossible(faults.join('\n'));
  return ids;
}
