import type { AnomalyStatement } from '../audit/record.js';
import type { OversightThresholds } from '../catalogue/catalogue.js';

export type Thresholds = Readonly<Required<OversightThresholds>>;

/** No norm gives numbers; these count where the catalogue names none. */
export const DEFAULT_THRESHOLDS: Thresholds = {
  volume_deviations: 6,
  volume_min: 50,
  refusals_per_hour: 30,
  consumers_per_person: 5,
  off_hours_retrievals: 5,
  unused_percent: 50,
};

/** Below this many a share says nothing. */
const SHARE_OF_AT_LEAST = 20;
const HISTORY_HOURS = 28 * 24;
const NIGHT = { from: 22, to: 6 } as const;
const GERMAN_HOUR = new Intl.DateTimeFormat('de-DE', { timeZone: 'Europe/Berlin', hour: 'numeric', hourCycle: 'h23' });

/** What one consumer did in one hour that is over. Milliseconds since 1970. */
export type ConsumerHour = Readonly<{
  consumer: string;
  atMs: number;
  retrievals: number;
  refusals: number;
  unused: number;
}>;

export type ObservedDay = Readonly<{
  hour: Readonly<{ fromMs: number; toMs: number }>;
  /** Of the last 28 days, that hour included; hours in which nothing happened are missing. */
  hours: readonly ConsumerHour[];
  /** When each consumer that did something in that hour was seen first, as far back as the log reaches; milliseconds since 1970. */
  since: ReadonlyMap<string, number>;
  /** Consumers that are authorities: their officials work in office hours. */
  authorities: ReadonlySet<string>;
}>;

/** What is unusual about the last hour, each with the numbers that say why. */
export function unusual(
  { hour, hours, since, authorities }: ObservedDay,
  thresholds: Thresholds,
): readonly AnomalyStatement[] {
  return [...Map.groupBy(hours, ({ consumer }) => consumer)].flatMap(([consumer, own]) => {
    const now = own.find(({ atMs }) => atMs === hour.fromMs);
    const between = { consumer, from: isoOf(hour.fromMs), to: isoOf(hour.toMs) };
    return [
      ...(now === undefined ? [] : volume(now, own, since.get(consumer), thresholds, between)),
      ...(now !== undefined && now.refusals >= thresholds.refusals_per_hour
        ? [statement('REFUSALS', between, now.refusals, 0, thresholds.refusals_per_hour)]
        : []),
      ...(now !== undefined &&
      authorities.has(consumer) &&
      isNight(hour.fromMs) &&
      now.retrievals >= thresholds.off_hours_retrievals
        ? [statement('OFF_HOURS', between, now.retrievals, 0, thresholds.off_hours_retrievals)]
        : []),
      ...unused(own, hour, consumer, thresholds),
    ];
  });
}

type Between = Pick<AnomalyStatement, 'consumer' | 'from' | 'to'>;

/** Against the consumer's own history: a large office is no anomaly. */
function volume(
  now: ConsumerHour,
  own: readonly ConsumerHour[],
  sinceMs: number | undefined,
  thresholds: Thresholds,
  between: Between,
) {
  const { atMs } = now;
  const before = own.filter((it) => it.atMs < atMs);
  const begun = Math.min(...before.map((it) => it.atMs), sinceMs ?? atMs, atMs);
  // Hours without an exchange count as such, however many, and so do days before a consumer's first one not.
  const known = Math.min(HISTORY_HOURS, Math.round((atMs - begun) / 3_600_000));
  if (known < 24) return [];
  const mean = before.reduce((sum, it) => sum + it.retrievals, 0) / known;
  const squares = before.reduce((sum, it) => sum + it.retrievals ** 2, 0) / known;
  const deviation = Math.sqrt(Math.max(0, squares - mean ** 2));
  const threshold = Math.max(thresholds.volume_min, mean + thresholds.volume_deviations * deviation);
  return now.retrievals >= threshold ? [statement('VOLUME', between, now.retrievals, mean, threshold)] : [];
}

/** Asked, got and left: nobody used it. Of the day that ends with the hour. */
function unused(
  own: readonly ConsumerHour[],
  { toMs }: ObservedDay['hour'],
  consumer: string,
  { unused_percent }: Thresholds,
) {
  const day = own.filter((it) => it.atMs >= toMs - 24 * 3_600_000 && it.atMs < toMs);
  const asked = day.reduce((sum, it) => sum + it.retrievals, 0);
  const left = day.reduce((sum, it) => sum + it.unused, 0);
  if (asked < SHARE_OF_AT_LEAST || (100 * left) / asked < unused_percent) return [];
  const between = { consumer, from: isoOf(toMs - 24 * 3_600_000), to: isoOf(toMs) };
  return [statement('NEVER_USED', between, left, 0, (asked * unused_percent) / 100)];
}

function statement(
  kind: string,
  between: Between,
  observed: number,
  expected: number,
  threshold: number,
): AnomalyStatement {
  return { kind, ...between, observed, expected: rounded(expected), threshold: rounded(threshold) };
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

function isNight(ms: number): boolean {
  const hour = Number(GERMAN_HOUR.formatToParts(ms).find(({ type }) => type === 'hour')?.value);
  return hour >= NIGHT.from || hour < NIGHT.to;
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
