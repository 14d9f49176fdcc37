import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SystemClock } from '../../src/platform/clock.js';
import { openSource } from '../../src/register-edge/open-source.js';
import { SqliteDatabase } from '../../src/register-edge/sql-database.sqlite.js';
import { SilentLog } from '../support/silent-log.js';
import { keepsTheContractOfAnEvidenceSource, PROBE_ROWS, type ProbedSource } from './evidence-source.contract.js';
import { type Cell, COLUMNS, PROBE_TYPES, probeConfig, type TableName } from './probe-tables.js';

keepsTheContractOfAnEvidenceSource('A file of SQLite', async (): Promise<ProbedSource> => {
  const folder = await mkdtemp(join(tmpdir(), 'einmal-sqlite-'));
  const file = join(folder, 'register.sqlite');
  const owner = new DatabaseSync(file);
  for (const table of Object.keys(COLUMNS) as TableName[]) fill(owner, table);
  view(owner, Object.keys(COLUMNS.person_row));
  owner.close();
  const log = new SilentLog();
  const config = probeConfig({ kind: 'sqlite', url_env: 'DATA_URL', statement_timeout_ms: 2000 }, (it) =>
    it === 'person_row' ? 'person_view' : it,
  );
  const opening = { url: file, types: PROBE_TYPES, log, clock: new SystemClock() };
  const opened = await openSource(config, opening);
  const patient = await openSource(
    { ...config, data_source: { kind: 'sqlite', url_env: 'DATA_URL', statement_timeout_ms: 60_000 } },
    opening,
  );
  const same = new SqliteDatabase(file);
  return {
    opened,
    patient,
    log,
    keepsFormer: false,
    without: [],
    dropColumn: async (column) => {
      const changed = new DatabaseSync(file);
      changed.exec('drop view person_view');
      view(
        changed,
        Object.keys(COLUMNS.person_row).filter((it) => it !== column),
      );
      changed.close();
    },
    takeAway: () => rename(file, `${file}.away`),
    bringBack: () => rename(`${file}.away`, file),
    writes: [
      `insert into local_row (local_key) values ('x')`,
      `update person_row set name = 'x'`,
      'delete from person_row',
      'drop table person_row',
      `attach database '${join(folder, 'other.sqlite')}' as other`,
      'pragma query_only = off',
      'pragma writable_schema = on',
    ].map((text) => () => same.query(text, [])),
    end: async () => {
      await opened.close();
      await patient.close();
      await same.close();
      await rm(folder, { recursive: true });
    },
  };
});

function fill(database: DatabaseSync, table: TableName): void {
  const columns = Object.entries(COLUMNS[table]);
  const types = columns.map(([name, type]) => `"${name}" ${type === 'truth' ? 'integer' : 'text'}`);
  database.exec(`create table ${table} (${types.join(', ')})`);
  const insert = database.prepare(`insert into ${table} values (${columns.map(() => '?').join(', ')})`);
  for (const row of PROBE_ROWS[table]) insert.run(...columns.map(([name]) => stored(row[name] ?? null)));
}

function stored(cell: Cell): string | number | null {
  if (cell === null || typeof cell === 'string') return cell;
  return typeof cell === 'boolean' ? Number(cell) : JSON.stringify(cell);
}

function view(database: DatabaseSync, columns: readonly string[]): void {
  database.exec(`create view person_view as select ${columns.map((it) => `"${it}"`).join(', ')},
    json('{' || name) as faulty,
    (with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000000000) select max(i) from n) as slow
    from person_row`);
}
