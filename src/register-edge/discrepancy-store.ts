export const DISCREPANCY_STATES = ['received', 'in-review', 'corrected', 'not-confirmed'] as const;
export type DiscrepancyState = (typeof DISCREPANCY_STATES)[number];

/** That a datum which this register gave seems to be wrong (IDNrG § 10). */
export type Discrepancy = Readonly<{
  reportId: string;
  /** Node that passed it on. */
  caller: string;
  /** To whom the datum was given. */
  consumer: string;
  evidenceType: string;
  attribute: string;
  retrievalId: string;
  reporter: 'subject' | 'consumer';
  idnr: string;
  /** Empty where the reporter does not know it. */
  evidenceId: string;
  remark: string;
}>;

/** Milliseconds since the epoch. */
export type DiscrepancyStanding = Readonly<{
  state: DiscrepancyState;
  acceptedAt: number;
  changedAt: number;
  /** For who reported it; may be empty. */
  explanation: string;
}>;

/**
 * Reports for the staff of this register. `put` stores one; the same id with the same content again changes nothing, with
 * another content, or of another node, it is `other`. `find` gives the standing of a report of one node. `list` gives the
 * reports of a state, the oldest first. `settle` changes the state of one, and says whether there is such a report.
 */
export abstract class DiscrepancyStore {
  abstract put(report: Discrepancy, acceptedAt: number): Promise<Readonly<{ acceptedAt: number }> | 'other'>;
  abstract find(caller: string, reportId: string): Promise<DiscrepancyStanding | undefined>;
  abstract list(states: readonly DiscrepancyState[]): Promise<readonly (Discrepancy & DiscrepancyStanding)[]>;
  abstract settle(reportId: string, state: DiscrepancyState, explanation: string, at: number): Promise<boolean>;
}
