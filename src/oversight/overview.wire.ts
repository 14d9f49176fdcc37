import { toTimestamp } from '../platform/clock.js';
import type { GetOverviewResponse } from '../platform/rpc-types/einmal/broker/v1/GetOverviewResponse.js';
import type { LogCheckpoint } from '../platform/rpc-types/einmal/broker/v1/LogCheckpoint.js';
import type { NamedCount } from '../platform/rpc-types/einmal/broker/v1/NamedCount.js';
import type { Trend } from '../platform/rpc-types/einmal/broker/v1/Trend.js';
import { logStatusToWire } from '../transparency/log-status.wire.js';
import type { Count, Step } from './activity.js';
import type { Overview, SeenCheckpoint } from './get-overview.js';
import { CASE_EVENTS } from './oversight-case.js';

/** What gave something away. */
const RELEASING: readonly string[] = ['released', 'partly_released'];

export function overviewToWire(overview: Overview): GetOverviewResponse {
  const { period, counts, steps, stepMs, standing, kept, oldestMs, isErasureDue, log } = overview;
  const { newest, witnessed } = overview;
  const ended = counts.filter(({ event }) => event === 'retrieval.closed');
  const exchanges = counts.filter(({ event }) => event === 'exchange.closed');
  // A refusal is an entry of its own, or how an exchange or one of its retrievals ended.
  const refused = counts.filter(
    ({ event, reason }) => reason !== '' && (event === 'refused' || event.endsWith('.closed')),
  );
  const alarms = counts.filter(({ event }) => CASE_EVENTS.some((it) => it === event));
  return {
    exchanges: sum(exchanges),
    outcomes: byName(ended, ({ outcome }) => outcome),
    refusals: byName(refused, ({ reason }) => reason),
    alarms: byName(alarms, ({ event }) => event),
    open_retrievals: standing.openRetrievals,
    reconciled: standing.reconciled.map(({ register, toMs, unreconciled, hasMore }) => ({
      ...{ register, reconciled_to_time: toTimestamp(toMs), unreconciled, unreconciled_more: hasMore },
    })),
    erased_records: kept.reduce((total, { erased }) => total + erased, 0),
    ...(oldestMs !== undefined && { oldest_record_time: toTimestamp(oldestMs) }),
    erasure_due: isErasureDue,
    consumers: trends(steps, ({ consumer }) => consumer),
    registers: trends(steps, ({ register }) => register),
    ...(stepMs !== undefined && { step_seconds: stepMs / 1000 }),
    flows: flowsOf(ended),
    log: logStatusToWire(log),
    retention: kept.map((it) => ({
      ...{ retention_class: it.retentionClass, months: it.months, erased_records: it.erased },
      ...{ due_records: it.due, due_records_more: it.hasMoreDue },
      ...(it.oldestMs !== undefined && { oldest_record_time: toTimestamp(it.oldestMs) }),
      ...(it.nextDueMs !== undefined && { next_due_time: toTimestamp(it.nextDueMs) }),
    })),
    ...(newest !== undefined && { newest_checkpoint: checkpointToWire(newest) }),
    ...(witnessed !== undefined && { witnessed_checkpoint: checkpointToWire(witnessed) }),
    from_time: toTimestamp(period.fromMs),
    to_time: toTimestamp(period.toMs),
  };
}

function checkpointToWire({ size, root, atMs, witnesses }: SeenCheckpoint): LogCheckpoint {
  return { tree_size: size, root_hash: root, time: toTimestamp(atMs), witnesses: [...witnesses] };
}

function sum(counts: readonly Readonly<{ entries: number }>[]): number {
  return counts.reduce((total, { entries }) => total + entries, 0);
}

function grouped<T>(items: readonly T[], nameOf: (item: T) => string | undefined): ReadonlyMap<string, T[]> {
  const named = items.filter((it) => nameOf(it) !== undefined);
  return Map.groupBy(named, (it) => nameOf(it) ?? '');
}

/** The most frequent first. */
function byName(counts: readonly Count[], nameOf: (count: Count) => string): NamedCount[] {
  return [...grouped(counts, nameOf)]
    .map(([name, group]) => ({ name, count: sum(group) }))
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name));
}

function trends(steps: readonly Step[], nameOf: (step: Step) => string | undefined): Trend[] {
  return [...grouped(steps, nameOf)]
    .filter(([name]) => name !== '')
    .map(([name, group]) => ({
      name,
      points: group.map(({ atMs, entries }) => ({ time: toTimestamp(atMs), count: entries })),
      total: sum(group),
    }))
    .sort((a, b) => b.total - a.total || a.name.localeCompare(b.name))
    .map(({ name, points }) => ({ name, points }));
}

function flowsOf(ended: readonly Count[]): NonNullable<GetOverviewResponse['flows']> {
  return [...grouped(ended, ({ consumer, register }) => `${consumer}\n${register}`)]
    .map(([name, group]) => {
      const [consumer = '', register = ''] = name.split('\n');
      const released = sum(group.filter(({ outcome }) => RELEASING.includes(outcome)));
      return { consumer, register, retrievals: sum(group), released };
    })
    .sort((a, b) => b.retrievals - a.retrievals);
}
