import { isoTime } from '../platform/clock.js';
import type { ListSubjectEntriesResponse__Output } from '../platform/rpc-types/einmal/broker/v1/ListSubjectEntriesResponse.js';
import type { LogEntry__Output } from '../platform/rpc-types/einmal/broker/v1/LogEntry.js';

/** Clear columns of one entry; what it does not have is empty. Times are ISO 8601, UTC. */
export type ListedEntry = Readonly<{
  log_index: number;
  log_time: string;
  event: string;
  exchange_id: string;
  consumer: string;
  register: string;
  evidence_type: string;
  purpose: string;
  legal_basis: string;
  outcome: string;
  reason: string;
  /** Whether the entry is about the person, or the person decided; or both. */
  capacities: readonly string[];
  /** For officers: from when on the person is told of it, where that is later. */
  told_from?: string;
}>;

export type ListedEntries = Readonly<{
  entries: readonly ListedEntry[];
  /** What was logged about the person since then is listed; empty for an empty log. */
  reaches_back_to: string;
  /** Continues the list; empty at its end. */
  next: string;
}>;

export function toListedEntries(wire: ListSubjectEntriesResponse__Output): ListedEntries {
  const { entries = [], reaches_back_to_time, next_page_token = '' } = wire;
  return { entries: entries.map(toListedEntry), reaches_back_to: isoTime(reaches_back_to_time), next: next_page_token };
}

export function toListedEntry(wire: LogEntry__Output): ListedEntry {
  const { event = '', exchange_id = '', consumer = '', register = '', evidence_type = '', purpose = '' } = wire;
  return {
    log_index: Number(wire.log_index ?? 0),
    log_time: isoTime(wire.log_time),
    event,
    exchange_id,
    consumer,
    register,
    evidence_type,
    purpose,
    legal_basis: wire.legal_basis ?? '',
    outcome: wire.outcome ?? '',
    reason: (wire.reason ?? '').replace(/^ERROR_REASON_(UNSPECIFIED$)?/, ''),
    capacities: (wire.capacities ?? []).map((it) => String(it).replace('PERSON_CAPACITY_', '').toLowerCase()),
    ...(wire.told_from_time ? { told_from: isoTime(wire.told_from_time) } : {}),
  };
}
