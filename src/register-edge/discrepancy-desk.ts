import type { Clock } from '../platform/clock.js';
import type { Seal } from '../platform/secrets.js';
import type { Discrepancy, DiscrepancyStanding, DiscrepancyState, DiscrepancyStore } from './discrepancy-store.js';
import { DISCREPANCY_STATES } from './discrepancy-store.js';
import type { EdgeLog } from './edge-log.js';
import { subjectDigest } from './subject-digest.js';

export type FiledDiscrepancy = Discrepancy & DiscrepancyStanding;

const OPEN: readonly DiscrepancyState[] = ['received', 'in-review'];

/** Where the staff of a register see what was reported, and say what became of it. What they say is a line of the log before. */
export class DiscrepancyDesk {
  constructor(
    private readonly reports: DiscrepancyStore,
    private readonly log: EdgeLog,
    private readonly seal: Seal,
    private readonly clock: Clock,
    /** Participant that keeps the register. */
    private readonly keeper: string,
  ) {}

  list(withClosed: boolean): Promise<readonly FiledDiscrepancy[]> {
    return this.reports.list(withClosed ? DISCREPANCY_STATES : OPEN);
  }

  /** Whether there is such a report. */
  async settle(reportId: string, state: DiscrepancyState, explanation: string): Promise<boolean> {
    const found = (await this.list(true)).find((it) => it.reportId === reportId);
    if (found === undefined) return false;
    const { consumer, evidenceType, retrievalId, attribute, idnr } = found;
    const at = this.clock.now();
    await this.log.append({
      event: 'discrepancy',
      at,
      caller: this.keeper,
      ...{ consumer, evidenceType, retrievalId, purpose: null, legalBasis: null },
      ...{ permission: null, trigger: null, attestation: null },
      attributes: [attribute],
      outcome: 'answered',
      ...{ reason: null, cause: null },
      subject: subjectDigest(this.seal, idnr),
    });
    return this.reports.settle(reportId, state, explanation, at);
  }
}
