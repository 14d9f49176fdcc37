import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import type { Row } from './sql-database.js';

/** What is wrong with a file; names lines and columns, never a value. */
export class RecordFileFault extends Error {
  override readonly name = 'RecordFileFault';
}

export type Records = Readonly<{
  /** Of CSV: the columns that the first line names. */
  header?: readonly string[];
  rows: readonly Row[];
}>;

const CHUNK_CHARACTERS = 65_536;
const LINES_AT_ONCE = 1000;

/**
 * Rows of a CSV file (RFC 4180, first line names the columns) or of a file with one JSON object per line. Lets others work
 * meanwhile. @throws RecordFileFault
 */
export async function parseRecords(name: string, content: Uint8Array, delimiter: string): Promise<Records> {
  const text = utf8(content);
  // A writer that has not finished leaves its last line open.
  if (!text.endsWith('\n')) throw new RecordFileFault('does not end with a whole line');
  return name.endsWith('.csv') ? csv(text, delimiter) : ndjson(text);
}

function utf8(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw new RecordFileFault('is not UTF-8');
  }
}

async function csv(text: string, delimiter: string): Promise<Records> {
  let header: readonly string[] = [];
  const parser = parse({
    delimiter,
    columns: (names: string[]) => {
      header = names;
      return names;
    },
    cast: (value, { header: isHeader }) => (isHeader || value !== '' ? value : null),
  });
  const rows: Row[] = [];
  try {
    for await (const row of Readable.from(chunks(text)).compose(parser)) rows.push(row);
  } catch (error) {
    const { lines = 0, code = 'is not CSV' } =
      error instanceof CsvError ? (error as { lines?: number; code?: string }) : {};
    throw new RecordFileFault(`line ${lines}: ${code}`);
  }
  if (new Set(header).size < header.length) throw new RecordFileFault('names a column twice');
  return { header, rows };
}

function* chunks(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += CHUNK_CHARACTERS) yield text.slice(at, at + CHUNK_CHARACTERS);
}

async function ndjson(text: string): Promise<Records> {
  const rows: Row[] = [];
  for (const line of text.split('\n').slice(0, -1)) {
    const row = rowOf(line);
    if (row === undefined) throw new RecordFileFault(`line ${rows.length + 1}: is not a JSON object`);
    if (rows.push(row) % LINES_AT_ONCE === 0) await setImmediate();
  }
  return { rows };
}

function rowOf(line: string): Row | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isRow(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
