import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { LogStore } from '../audit/log-store.js';
import { CosignatureStore, type Standing } from '../witnesses/cosignature-store.js';
import type { RecordedDispute } from '../witnesses/dispute.js';
import { LogDispute } from '../witnesses/log-dispute.js';
import { WitnessedCheckpoints } from '../witnesses/witnessed-checkpoints.js';
import { LogKey } from './log-key.js';
import { LogWitnesses } from './log-witnesses.js';

export type WitnessState = 'AGREED' | 'BEHIND' | 'UNREACHABLE' | 'INVALID' | 'INCONSISTENT';

export type WitnessStatus = Readonly<{
  witness: string;
  state: WitnessState;
  cosignedSize: number;
  lag: number;
  cosignedAtMs: number | undefined;
  answeredAtMs: number | undefined;
}>;

export type LogStatus = Readonly<{
  origin: string;
  treeSize: number;
  /** 0 where no checkpoint has a majority. */
  witnessedSize: number;
  quorum: number;
  witnesses: readonly WitnessStatus[];
  disputes: readonly RecordedDispute[];
  isStopped: boolean;
}>;

/** How many rounds a witness may miss while the log grows. */
const ROUNDS = 3;

/** What the witnesses say of the log. */
export class GetLogStatus extends Query<LogStatus> {}

@QueryHandler(GetLogStatus)
export class GetLogStatusHandler implements IQueryHandler<GetLogStatus> {
  constructor(
    private readonly log: LogStore,
    private readonly key: LogKey,
    private readonly named: LogWitnesses,
    private readonly store: CosignatureStore,
    private readonly witnessed: WitnessedCheckpoints,
    private readonly dispute: LogDispute,
  ) {}

  async execute(): Promise<LogStatus> {
    const [standings, nowMs, newest] = [
      await this.store.standings(),
      await this.store.now(),
      await this.witnessed.newest(),
    ];
    // Last: the log is never smaller than what was cosigned.
    const { size } = await this.log.head();
    const disputes = this.dispute.known;
    return {
      origin: this.key.origin,
      treeSize: size,
      witnessedSize: newest?.size ?? 0,
      quorum: this.witnessed.quorum,
      witnesses: this.named.names.map((witness): WitnessStatus => {
        const standing = standings.get(witness);
        const cosignedSize = standing?.cosignedSize ?? 0;
        const isDisputing = disputes.some((it) => it.witness === witness);
        return {
          witness,
          state: isDisputing ? 'INCONSISTENT' : this.stateOf(standing, size, nowMs),
          cosignedSize,
          lag: Math.max(size - cosignedSize, 0),
          cosignedAtMs: standing?.cosignedAtMs,
          answeredAtMs: standing?.answeredAtMs,
        };
      }),
      disputes,
      isStopped: this.dispute.isStopped,
    };
  }

  private stateOf(standing: Standing | undefined, size: number, nowMs: number): WitnessState {
    if (standing?.last === 'unreachable') return 'UNREACHABLE';
    if (standing?.last === 'unusable') return 'INVALID';
    const { cosignedSize = 0, cosignedAtMs = 0 } = standing ?? {};
    // Between two rounds the log may grow.
    const isRecent = nowMs - cosignedAtMs <= ROUNDS * this.named.intervalMs;
    return standing !== undefined && (cosignedSize === size || isRecent) ? 'AGREED' : 'BEHIND';
  }
}
