const PARTLY_KNOWN = /^\d{4}(-\d{2}(-\d{2})?)?$/;
const GERMAN = /^(?:(?:(\d{1,2})\.)?(\d{1,2})\.)?(\d{4})$/;

/** For an input: how a date of birth may be written, wholly or partly known. */
export const WRITTEN_DATE = String.raw`\d{4}(-\d{2}(-\d{2})?)?|((\d{1,2}\.)?\d{1,2}\.)?\d{4}`;

/** A date of which the day, or day and month, may be unknown, as it is written in Germany or by ISO 8601. @returns ISO 8601 */
export function writtenDate(text: string): string | undefined {
  if (PARTLY_KNOWN.test(text)) return text;
  const [, day, month, year] = GERMAN.exec(text) ?? [];
  if (year === undefined) return undefined;
  return [year, month, day].flatMap((it) => it?.padStart(2, '0') ?? []).join('-');
}
