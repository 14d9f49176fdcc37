import { toTimestamp } from '../platform/clock.js';
import type { RegisterLogEntry } from '../platform/rpc-types/einmal/register/v1/RegisterLogEntry.js';
import type { EdgeLogLine } from './edge-log-reader.js';

export function lineToWire(line: EdgeLogLine): RegisterLogEntry {
  return {
    sequence: String(line.sequence),
    retrieval_id: line.retrievalId ?? '',
    log_time: toTimestamp(line.at),
    consumer: line.consumer ?? '',
    evidence_type: line.evidenceType ?? '',
    purpose: line.purpose ?? '',
    outcome: line.outcome,
    reason: line.reason ?? '',
  };
}
