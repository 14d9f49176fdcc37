const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function isDay(value: unknown): value is string {
  return typeof value === 'string' && DAY.test(value);
}

/** Whether a record is one on that day; null where it has no first or last day. What is no day makes it none. */
export function isValidOn(day: string, from: unknown, until: unknown): boolean {
  return (from === null || (isDay(from) && from <= day)) && (until === null || (isDay(until) && until >= day));
}
