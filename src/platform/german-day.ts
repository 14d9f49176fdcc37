const FORMAT = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin', dateStyle: 'short' });

/** Day of a moment as registers in Germany count it, ISO 8601. */
export function germanDay(ms: number): string {
  return FORMAT.format(ms);
}
