const FORMAT = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin', dateStyle: 'short' });
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Day of a moment as registers in Germany count it, ISO 8601. */
export function germanDay(ms: number): string {
  return FORMAT.format(ms);
}

export function isDay(value: unknown): value is string {
  return typeof value === 'string' && DAY.test(value);
}

/** Whether a record is one on that day; null where it has no first or last day. What is no day makes it none. */
export function isValidOn(day: string, from: unknown, until: unknown): boolean {
  return (from === null || (isDay(from) && from <= day)) && (until === null || (isDay(until) && until >= day));
}
