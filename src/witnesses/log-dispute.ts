import type { NodeId } from '#libs/merkle/tree-shape.js';
import { type AuditReceipt, LogDisputed, type LogHead, LogStore, type NewEntry } from '../audit/log-store.js';
import { type Dispute, isSame, type RecordedDispute } from './dispute.js';

/** What becomes of a node whose log a witness disputes. */
export type OnDispute = 'stop' | 'serve';

/**
 * What this node knows of disputes about its log, and whether it goes on. What the log's own signatures prove counts
 * for good; the mere word of a witness as long as the catalogue names that witness.
 */
export class LogDispute {
  #known: readonly RecordedDispute[] = [];

  constructor(
    private readonly onDispute: OnDispute,
    private readonly witnesses: ReadonlySet<string>,
  ) {}

  get known(): readonly RecordedDispute[] {
    return this.#known;
  }

  get isStopped(): boolean {
    return this.onDispute === 'stop' && this.#known.some((it) => it.isProven || this.witnesses.has(it.witness));
  }

  /** Takes what is on record; what is known here alone, since it could not be recorded yet, stays. */
  take(recorded: readonly RecordedDispute[]): void {
    const isRecorded = (dispute: Dispute) => recorded.some((it) => isSame(it, dispute));
    this.#known = [...recorded, ...this.#known.filter((it) => !isRecorded(it))];
  }

  add(dispute: Dispute, reportedAtMs: number): void {
    if (this.#known.some((it) => isSame(it, dispute))) return;
    this.#known = [...this.#known, { ...dispute, reportedAtMs, incidentIndex: undefined }];
  }
}

/** The log, which takes nothing more once a dispute has stopped the node: no log, no data (FZV § 68). */
export class DisputableLog extends LogStore {
  constructor(
    private readonly log: LogStore,
    private readonly dispute: LogDispute,
  ) {
    super();
  }

  override async append(entries: readonly NewEntry[]): Promise<AuditReceipt[]> {
    if (this.dispute.isStopped) throw new LogDisputed('a witness disputes the log');
    return this.log.append(entries);
  }

  override head(): Promise<LogHead> {
    return this.log.head();
  }

  override readNodes(ids: readonly NodeId[]): Promise<Buffer[]> {
    return this.log.readNodes(ids);
  }
}
