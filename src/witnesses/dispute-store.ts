import type { Dispute, RecordedDispute } from './dispute.js';

/**
 * Disputes about one log, durable, shared by its nodes, and never taken back.
 *
 * - `record` keeps the first report of a kind by a witness; one that proves it is another one than its mere word.
 * - `recorded` gives all, in the order in which they came.
 * - `logIncidents` lets `write` make the entry of each that has none yet, and keeps its index. Nodes that do so at the
 *   same moment write one entry; a node that dies in between leaves a second one rather than none.
 */
export abstract class DisputeStore {
  abstract record(dispute: Dispute): Promise<void>;
  abstract recorded(): Promise<readonly RecordedDispute[]>;
  abstract logIncidents(write: (dispute: RecordedDispute) => Promise<number>): Promise<void>;
}
