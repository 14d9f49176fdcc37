const GERMAN = new Intl.DateTimeFormat('sv-SE', {
  ...({ year: 'numeric', month: '2-digit', day: '2-digit' } as const),
  ...({ hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: 'Europe/Berlin' } as const),
});

/** Date and time in Germany, to the second, as inputs of browsers have them. */
export function germanTime(atMs: number): string {
  return GERMAN.format(atMs).replace(' ', 'T');
}

/**
 * The moment that a clock in Germany shows like this (`2026-11-23T12:00`, with or without seconds); of the two in the hour that
 * comes twice in autumn the second. @returns undefined for what is none
 */
export function germanMoment(local: string): number | undefined {
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc)) return undefined;
  const aheadAt = (ms: number) => Date.parse(`${germanTime(ms)}Z`) - Math.trunc(ms / 1000) * 1000;
  return asUtc - aheadAt(asUtc - aheadAt(asUtc));
}
