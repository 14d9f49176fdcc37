import type { AuditLog } from '../audit/audit-log.js';
import type { Clock } from '../platform/clock.js';
import { describeError, type OperationalLog } from '../platform/operational-log.js';
import { type Dispute, isSame } from './dispute.js';
import type { DisputeStore } from './dispute-store.js';
import type { LogDispute } from './log-dispute.js';

/** True causes of the incidents, in the protected half of their entries. */
const CAUSES: Readonly<Record<Dispute['kind'], string>> = {
  BEHIND: 'WITNESS_SAW_MORE',
  FORKED: 'WITNESS_SAW_ANOTHER_HISTORY',
  CONTRADICTED: 'WITNESS_CONTRADICTS',
};

/** Where disputes about the log come in: the node stops first, then all is put on record. */
export class DisputeDesk {
  private logging: Promise<void> = Promise.resolve();

  constructor(
    private readonly state: LogDispute,
    private readonly store: DisputeStore,
    /** Of the log itself, which takes this entry also when the node has stopped. */
    private readonly audit: AuditLog,
    private readonly node: string,
    private readonly clock: Clock,
    private readonly log: OperationalLog,
  ) {}

  /** Takes over what other nodes reported, and writes the entries that are due. */
  async refresh(): Promise<void> {
    const recorded = await this.store.recorded();
    this.change(() => this.state.take(recorded));
    if (recorded.some(({ incidentIndex }) => incidentIndex === undefined)) await this.logIncidents();
  }

  /** The same report again changes nothing. */
  async raise(dispute: Dispute): Promise<void> {
    this.change(() => this.state.add(dispute, this.clock.now()));
    await this.store.record(dispute);
    await this.refresh();
  }

  private change(act: () => void): void {
    const [before, wasStopped] = [this.state.known, this.state.isStopped];
    act();
    const added = this.state.known.filter((it) => !before.some((other) => isSame(it, other)));
    for (const { witness, kind, size, isProven } of added)
      this.log.error({ witness, kind, size, isProven }, 'a witness disputes the log');
    if (this.state.isStopped && !wasStopped)
      this.log.error({}, 'nothing is appended and no exchange is served; run "einmal audit recover"');
  }

  /** One after the other: each holds a connection while the log takes another one. */
  private logIncidents(): Promise<void> {
    this.logging = this.logging.then(() => this.logThem());
    return this.logging;
  }

  private async logThem(): Promise<void> {
    try {
      await this.store.logIncidents(async ({ witness, kind, size, isProven }) => {
        const { index } = await this.audit.incident({
          caller: { consumer: this.node },
          protected: { cause: CAUSES[kind], note: `${witness}, ${size} entries, ${isProven ? 'proven' : 'its word'}` },
        });
        return index;
      });
      this.state.take(await this.store.recorded());
    } catch (error) {
      this.log.error(describeError(error), 'a dispute about the log has no entry yet');
    }
  }
}
