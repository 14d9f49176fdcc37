/** One line of a cell: a bar would end it. */
function cell(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** A table, or a sentence where it would be empty. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return 'None.';
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export const code = (text: string): string => `\`${text}\``;

/** Nobody shall take an assumption for the law. */
export function mark(verified: boolean): string {
  return verified ? 'verified' : '⚠ not verified';
}

/** Blocks of a page, one blank line between them. */
export function blocks(...parts: readonly string[]): string {
  return parts.filter((it) => it !== '').join('\n\n');
}
