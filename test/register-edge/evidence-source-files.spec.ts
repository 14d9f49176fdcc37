import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../src/platform/clock.js';
import { FilesEvidenceSource } from '../../src/register-edge/evidence-source.files.js';
import { openSource } from '../../src/register-edge/open-source.js';
import { RecordFolder } from '../../src/register-edge/record-folder.js';
import type { EvidenceTables } from '../../src/register-edge/register-config.js';
import { eventually } from '../support/eventually.js';
import { SilentLog } from '../support/silent-log.js';
import { keepsTheContractOfAnEvidenceSource, PROBE_ROWS, type ProbedSource } from './evidence-source.contract.js';
import { type Cell, COLUMNS, PROBE_TYPES, type ProbeRow, probeConfig, type TableName } from './probe-tables.js';

type Format = 'csv' | 'ndjson';

for (const format of ['csv', 'ndjson'] as const)
  keepsTheContractOfAnEvidenceSource(`A folder of ${format} files`, async (): Promise<ProbedSource> => {
    const folder = await mkdtemp(join(tmpdir(), 'einmal-files-'));
    const fileOf = (table: TableName) => `${table}.${format}`;
    const write = async (table: TableName, without?: string) => {
      const columns = [...Object.keys(COLUMNS[table]), ...(table === 'person_row' ? ['faulty', 'slow'] : [])];
      const rows = PROBE_ROWS[table].map((row) => ({ ...row, faulty: 'not a list', slow: 'at once' }));
      const text = fileText(
        format,
        columns.filter((it) => it !== without),
        rows,
      );
      await writeFile(join(folder, 'being-written'), text);
      await rename(join(folder, 'being-written'), join(folder, fileOf(table)));
    };
    for (const table of Object.keys(COLUMNS) as TableName[]) await write(table);
    const log = new SilentLog();
    const config = probeConfig({ kind: 'files', url_env: 'DATA_URL' }, fileOf);
    const opened = await openSource(config, { url: folder, types: PROBE_TYPES, log, clock: new SystemClock() });
    return {
      opened,
      log,
      keepsFormer: true,
      without: ['time limit'],
      dropColumn: (column) => write('person_row', column),
      takeAway: () => rename(join(folder, fileOf('person_row')), join(folder, 'away')),
      bringBack: () => rename(join(folder, 'away'), join(folder, fileOf('person_row'))),
      writes: [],
      end: async () => {
        await opened.close();
        await rm(folder, { recursive: true });
      },
    };
  });

function fileText(format: Format, columns: readonly string[], rows: readonly ProbeRow[]): string {
  const line = (cells: readonly string[]) => `${cells.join(format === 'csv' ? ',' : '')}\n`;
  if (format === 'ndjson')
    return rows
      .map((row) => line([JSON.stringify(Object.fromEntries(columns.map((it) => [it, row[it] ?? null])))]))
      .join('');
  return [line(columns), ...rows.map((row) => line(columns.map((it) => csvCell(row[it] ?? null))))].join('');
}

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  const text = typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
  return `"${text.replaceAll('"', '""')}"`;
}

describe('new files of a register', () => {
  const tables: EvidenceTables = {
    evidence: {
      local: {
        view: 'a.csv',
        person: { idnr: 'idnr', birth_date: 'born', blocked: 'blocked' },
        as_of: 'as_of',
        attributes: { name: 'name' },
      },
    },
  };
  const HEADER = 'idnr,born,blocked,as_of,name\n';
  const line = (name: string, as_of = '2026-01-01T00:00:00Z') => `02476291358,1992-08-12,false,${as_of},${name}\n`;
  let folder: string;
  let source: FilesEvidenceSource;
  let log: SilentLog;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'einmal-files-'));
    await write(HEADER + line('Erste'));
    log = new SilentLog();
    source = new FilesEvidenceSource(new RecordFolder(folder, ','), tables, PROBE_TYPES, log, new SystemClock());
    await source.check();
  });
  afterAll(async () => {
    await source.close();
    await rm(folder, { recursive: true });
  });

  const write = (text: string | Uint8Array) => writeFile(join(folder, 'a.csv'), text);
  const name = async () => {
    const found = await source.find('local', { idnr: '02476291358', birthDate: '1992-08-12' }, ['name']);
    return found.kind === 'one' ? found.record.attributes.name : found.kind;
  };

  it('come into force by themselves', async () => {
    expect(await name()).toBe('Erste');
    await write(HEADER + line('Zweite'));
    expect(await eventually(name, (it) => it !== 'Erste')).toBe('Zweite');
    expect(log.lines).toEqual([]);
  });

  it.each([
    ['half a line', HEADER + line('Dritte').slice(0, -8), 'does not end with a whole line'],
    ['nothing at all', '', 'does not end with a whole line'],
    ['a column less', 'idnr,born,blocked,as_of\n02476291358,1992-08-12,false,2026-01-01T00:00:00Z\n', 'column: name'],
    ['a cell less', `${HEADER}02476291358,1992-08-12,false\n`, 'line 2: CSV_RECORD_INCONSISTENT'],
    ['a quote that does not end', `${HEADER}"02476291358,1992-08-12,false,x,Dritte\n`, 'CSV_QUOTE_NOT_CLOSED'],
    ['a column twice', `name,${HEADER}x,${line('Dritte')}`, 'names a column twice'],
    ['a moment without zone', HEADER + line('Dritte', '2026-01-01 00:00'), 'is not so in record 1'],
    ['a block that is neither', (HEADER + line('Dritte')).replace('false', 'nein'), 'is not so in record 1'],
    ['bytes that are not UTF-8', Buffer.from(HEADER + line('M\u00fcller'), 'latin1'), 'is not UTF-8'],
  ])('with %s leave the former in force, and are reported once, without a value', async (_what, text, fault) => {
    const reported = log.lines.length;
    await write(text);
    await eventually(
      async () => log.lines.length,
      (it) => it > reported,
    );
    await source.look();
    await source.look();
    expect(log.lines.slice(reported)).toEqual([expect.stringContaining(fault)]);
    expect(log.lines.join('\n')).not.toMatch(/Dritte|0247/);
    expect(await name()).toBe('Zweite');
  });

  it('are read once the faulty ones are mended', async () => {
    await write(HEADER + line('Vierte'));
    expect(await eventually(name, (it) => it !== 'Zweite')).toBe('Vierte');
  });
});
