import type { StoredRecord } from '../audit/log-reader.js';
import { toTimestamp } from '../platform/clock.js';
import { isReason, wireReason } from '../platform/reasons.js';
import type { LogEntry } from '../platform/rpc-types/einmal/broker/v1/LogEntry.js';

export function entryToWire({ index, leaf, caller }: StoredRecord): LogEntry {
  const { reason = '' } = caller;
  return {
    log_index: index,
    log_time: toTimestamp(Date.parse(caller.log_time)),
    event: caller.event,
    exchange_id: caller.exchange_ref ?? '',
    consumer: caller.consumer,
    register: caller.register ?? '',
    evidence_type: caller.evidence_type ?? '',
    purpose: caller.purpose ?? '',
    legal_basis: caller.legal_basis ?? '',
    outcome: caller.outcome ?? '',
    reason: isReason(reason) ? wireReason(reason) : 'ERROR_REASON_UNSPECIFIED',
    leaf,
  };
}
