import {
  type Discrepancy,
  type DiscrepancyStanding,
  type DiscrepancyState,
  DiscrepancyStore,
} from '../../src/register-edge/discrepancy-store.js';
import { canonicalDigest } from '../../src/tokens/digest.js';

export class MemoryDiscrepancyStore extends DiscrepancyStore {
  readonly #reports = new Map<string, Discrepancy & DiscrepancyStanding>();

  override async put(report: Discrepancy, acceptedAt: number): ReturnType<DiscrepancyStore['put']> {
    const known = this.#reports.get(report.reportId);
    if (known === undefined) {
      const standing = { state: 'received', acceptedAt, changedAt: acceptedAt, explanation: '' } as const;
      this.#reports.set(report.reportId, { ...report, ...standing });
      return { acceptedAt };
    }
    const { state: _, acceptedAt: at, changedAt: __, explanation: ___, ...same } = known;
    return canonicalDigest(same) === canonicalDigest(report) ? { acceptedAt: at } : 'other';
  }

  override async find(caller: string, reportId: string): Promise<DiscrepancyStanding | undefined> {
    const known = this.#reports.get(reportId);
    if (known?.caller !== caller) return undefined;
    const { state, acceptedAt, changedAt, explanation } = known;
    return { state, acceptedAt, changedAt, explanation };
  }

  override async list(states: readonly DiscrepancyState[]): Promise<readonly (Discrepancy & DiscrepancyStanding)[]> {
    return [...this.#reports.values()].filter(({ state }) => states.includes(state));
  }

  override async settle(reportId: string, state: DiscrepancyState, explanation: string, at: number): Promise<boolean> {
    const known = this.#reports.get(reportId);
    if (known === undefined) return false;
    this.#reports.set(reportId, { ...known, state, explanation, changedAt: at });
    return true;
  }
}
