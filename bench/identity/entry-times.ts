type Row = Readonly<{ exchange_ref: string; event: string; log_time: Date; trigger_id: string | null }>;

/** Asks the database of the node's log. */
export type LogQuery = (text: string, values: readonly unknown[]) => Promise<readonly Row[]>;

const ENTRIES = `select exchange_ref, event, log_time, trigger_id from log.record
  where exchange_ref in (select exchange_ref from log.record where trigger_id = any ($1)) order by index`;

/**
 * How long after one entry of an exchange the next was written, as its caller reads it (`ListEntries`): for each step the
 * milliseconds by kind.
 * @param asked kind → a decision that each exchange of this kind used
 */
export async function entryTimes(
  query: LogQuery,
  asked: ReadonlyMap<string, readonly string[]>,
): Promise<ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>> {
  const kinds = new Map([...asked].flatMap(([kind, triggers]) => triggers.map((trigger) => [trigger, kind] as const)));
  const rows = await query(ENTRIES, [[...kinds.keys()]]);
  const steps = new Map<string, Map<string, number[]>>();
  for (const entries of Map.groupBy(rows, ({ exchange_ref }) => exchange_ref).values()) {
    const kind = entries.map(({ trigger_id }) => kinds.get(trigger_id ?? '')).find((it) => it !== undefined) ?? '';
    for (const [at, entry] of entries.entries()) {
      const before = entries[at - 1];
      if (before === undefined) continue;
      const step = `${at}: ${before.event} to ${entry.event}`;
      const samples = steps.get(step) ?? new Map<string, number[]>();
      steps.set(step, samples);
      const taken = samples.get(kind) ?? [];
      samples.set(kind, taken);
      taken.push(entry.log_time.getTime() - before.log_time.getTime());
    }
  }
  return steps;
}
