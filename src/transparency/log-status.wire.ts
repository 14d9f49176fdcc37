import { toTimestamp } from '../platform/clock.js';
import type { GetLogStatusResponse } from '../platform/rpc-types/einmal/broker/v1/GetLogStatusResponse.js';
import type { LogStatus } from './get-log-status.js';

export function logStatusToWire(status: LogStatus): GetLogStatusResponse {
  return {
    origin: status.origin,
    tree_size: status.treeSize,
    witnessed_size: status.witnessedSize,
    quorum: status.quorum,
    witnesses: status.witnesses.map((it) => ({
      witness: it.witness,
      state: `WITNESS_STATE_${it.state}` as const,
      cosigned_size: it.cosignedSize,
      lag: it.lag,
      ...(it.cosignedAtMs !== undefined && { cosigned_time: toTimestamp(it.cosignedAtMs) }),
      ...(it.answeredAtMs !== undefined && { answered_time: toTimestamp(it.answeredAtMs) }),
    })),
    disputes: status.disputes.map((it) => ({
      kind: `LOG_DISPUTE_KIND_${it.kind}` as const,
      witness: it.witness,
      tree_size: it.size,
      proven: it.isProven,
      reported_time: toTimestamp(it.reportedAtMs),
      ...(it.incidentIndex !== undefined && { log_index: it.incidentIndex }),
    })),
    stopped: status.isStopped,
  };
}

/** The same for anybody, as JSON; times in ISO 8601. */
export function logStatusToJson(status: LogStatus): object {
  const iso = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString());
  return {
    origin: status.origin,
    size: status.treeSize,
    witnessed_size: status.witnessedSize,
    quorum: status.quorum,
    stopped: status.isStopped,
    witnesses: status.witnesses.map((it) => ({
      witness: it.witness,
      state: it.state,
      cosigned_size: it.cosignedSize,
      lag: it.lag,
      cosigned_at: iso(it.cosignedAtMs),
      answered_at: iso(it.answeredAtMs),
    })),
    disputes: status.disputes.map((it) => ({
      kind: it.kind,
      witness: it.witness,
      size: it.size,
      proven: it.isProven,
      evidence: it.evidence,
      reported_at: iso(it.reportedAtMs),
      log_index: it.incidentIndex ?? null,
    })),
  };
}
