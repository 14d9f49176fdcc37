import type { Reason } from '../platform/reasons.js';
import type { Cause } from './check.js';

/** One line of a register's own log: about the exchange, never its content. Of the person a keyed index and nothing else. */
export type EdgeLogEntry = Readonly<{
  /** `subject-read`: the person asked for the lines about them; `discrepancy`: a report about what was given. Absent: an exchange. */
  event?: 'exchange' | 'subject-read' | 'discrepancy';
  /** Milliseconds since the epoch. */
  at: number;
  caller: string;
  /** The four below: null where the caller named what the catalogue does not have, so that no foreign text gets in. */
  consumer: string | null;
  evidenceType: string | null;
  purpose: string | null;
  legalBasis: string | null;
  /** Null where it could not be read. */
  retrievalId: string | null;
  /** Ids of the tokens, once they are proven. */
  permission: string | null;
  trigger: string | null;
  attestation: string | null;
  /** Names of the attributes that were released. */
  attributes: readonly string[];
  outcome: 'answered' | 'repeated' | 'refused' | 'failed' | 'deferred';
  /** What the caller was told. */
  reason: Reason | null;
  cause: Cause | null;
  /** Keyed digest of the identification number or of the company's key, the key being this register's own. */
  subject: string | null;
  /** The person is not told of this line before then: milliseconds since the epoch, and by which norm. Absent: at once. */
  delayedNotice?: Readonly<{ norm: string; until: number }>;
}>;

/** Milliseconds since the epoch; `toMs` is the first moment after it. */
export type Period = Readonly<{ fromMs: number; toMs: number }>;

/** One line about somebody who reads this log. */
export type LogRead = Readonly<{
  at: number;
  caller: string;
  /** Null where the request could not be read. */
  period: Period | null;
  outcome: 'answered' | 'refused';
  reason: Reason | null;
  cause: Cause | null;
}>;

/**
 * This register's own log (IDNrG § 9). `append` and `appendRead` resolve once the entry is durable; before that nothing
 * is answered. An entry is never changed or removed by this process: its database role has no right to.
 */
export abstract class EdgeLog {
  abstract append(entry: EdgeLogEntry): Promise<void>;
  abstract appendRead(read: LogRead): Promise<void>;
}
