/** RFC 4180, separated by semicolons as spreadsheets in Germany have it; the first line names the columns. */
export function csvOf<Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, string | number | readonly string[]>>[],
): string {
  const lines = rows.map((row) => columns.map((name) => cell(row[name])).join(';'));
  return `${[columns.join(';'), ...lines].join('\r\n')}\r\n`;
}

/** A spreadsheet must not take a value for a formula, nor a separator for one. */
function cell(value: string | number | readonly string[]): string {
  const text = String(value);
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
