import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Household, Person } from './person.js';
import { people } from './population.js';

export type PeopleOptions = Readonly<{
  count: number;
  seed: number;
  /** A file; standard output when absent or `-`. */
  out?: string;
  format: 'ndjson' | 'csv';
}>;

const PROGRESS_FROM = 100_000;
const CHUNK = 64 * 1_024;

const columns = [
  'number',
  'household',
  'idnr',
  'retiredIdnrs',
  'familyName',
  'birthName',
  'givenNames',
  'doctorate',
  'birthDate',
  'birthPlace',
  'sex',
  'nationalities',
  'street',
  'houseNumber',
  'postcode',
  'town',
  'ars',
  'country',
  'movedInOn',
  'maritalStatus',
  'dateOfDeath',
  'blocked',
] as const;

/** Writes the synthetic population: a household per line as NDJSON, or a person per line as CSV (RFC 4180). */
export async function peopleCommand(options: PeopleOptions): Promise<void> {
  const toStdout = options.out === undefined || options.out === '-';
  const target: Writable = toStdout ? process.stdout : createWriteStream(options.out ?? '');
  await pipeline(lines(options), target, { end: !toStdout });
}

function* lines({ count, seed, format }: PeopleOptions): Generator<string> {
  const report = progress(count);
  let chunk = format === 'csv' ? `${columns.join(',')}\r\n` : '';
  let written = 0;
  for (const household of people({ count, seed })) {
    chunk += format === 'csv' ? csvRows(household) : `${JSON.stringify(household)}\n`;
    written += household.persons.length;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
    report(written);
  }
  if (chunk) yield chunk;
  report(written, true);
}

function csvRows(household: Household): string {
  return household.persons.map((person) => `${csvRow(household, person)}\r\n`).join('');
}

function csvRow(household: Household, person: Person): string {
  const cells: Readonly<Record<string, unknown>> = { ...person, ...person.address, household: household.number };
  return columns.map((column) => csvCell(cells[column])).join(',');
}

function csvCell(value: unknown): string {
  const text = Array.isArray(value) ? value.join(' ') : String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line on standard error, rewritten in place; nothing when that is no terminal or the population is small. */
function progress(count: number): (written: number, done?: boolean) => void {
  if (count < PROGRESS_FROM || !process.stderr.isTTY) return () => {};
  const width = 30;
  return (written, done = false) => {
    const filled = Math.min(width, Math.round((width * written) / count));
    const bar = `${'█'.repeat(filled)}${'░'.repeat(width - filled)}`;
    process.stderr.write(`\r${bar} ${written} of ${count} persons${done ? '\n' : ''}`);
  };
}
