import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { SystemClock } from '../../src/platform/clock.js';
import { openSource } from '../../src/register-edge/open-source.js';
import { SourcePool } from '../../src/register-edge/source-pool.js';
import {
  keepsTheContractOfAnEvidenceSource,
  PROBE_ROWS,
  type ProbedSource,
} from '../register-edge/evidence-source.contract.js';
import {
  type Cell,
  COLUMNS,
  type ColumnType,
  PROBE_TYPES,
  probeConfig,
  type TableName,
} from '../register-edge/probe-tables.js';
import { SilentLog } from '../support/silent-log.js';

const TYPES: Readonly<Record<ColumnType, string>> = {
  text: 'text',
  day: 'date',
  truth: 'boolean',
  moment: 'timestamptz',
  list: 'text[]',
  object: 'jsonb',
};

keepsTheContractOfAnEvidenceSource('PostgreSQL', async (): Promise<ProbedSource> => {
  const suffix = randomBytes(4).toString('hex');
  const [database, reader] = [`probe_${suffix}`, `probe_reader_${suffix}`];
  const urlOf = (user?: string) => {
    const url = new URL(process.env.EINMAL_TEST_PG ?? '');
    if (user !== undefined) [url.username, url.password] = [user, suffix];
    return url;
  };
  const admin = new pg.Client({ connectionString: urlOf().href });
  await admin.connect();
  await admin.query(`create role ${reader} login password '${suffix}'`);
  await admin.query(`create database ${database}`);
  const ownerUrl = urlOf();
  ownerUrl.pathname = `/${database}`;
  const owner = new pg.Client({ connectionString: ownerUrl.href });
  await owner.connect();
  await owner.query(`create schema register; create schema nachweis; grant usage on schema nachweis to ${reader}`);
  for (const table of Object.keys(COLUMNS) as TableName[]) {
    await fill(owner, table);
    await owner.query(viewOf(table, Object.keys(COLUMNS[table])));
  }
  await owner.query(`grant select on all tables in schema nachweis to ${reader}`);
  const readerUrl = urlOf(reader);
  readerUrl.pathname = `/${database}`;
  const log = new SilentLog();
  const config = probeConfig({ url_env: 'DATA_URL', statement_timeout_ms: 2000 }, (it) => `nachweis.${it}`);
  const opening = { url: readerUrl.href, types: PROBE_TYPES, log, clock: new SystemClock() };
  const opened = await openSource(config, opening);
  const patient = await openSource(
    { ...config, data_source: { url_env: 'DATA_URL', statement_timeout_ms: 60_000 } },
    opening,
  );
  // Its login may write: that it reads only is what keeps it from it.
  const same = new SourcePool(ownerUrl.href, log);
  return {
    opened,
    patient,
    isReading: async () => {
      const { rows } = await admin.query(
        `select 1 from pg_stat_activity where usename = $1 and state = 'active' and query like '%a_slow%'`,
        [reader],
      );
      return rows.length > 0;
    },
    log,
    keepsFormer: false,
    without: [],
    dropColumn: async (column) => {
      await owner.query('drop view nachweis.person_row');
      const left = Object.keys(COLUMNS.person_row).filter((it) => it !== column);
      await owner.query(`${viewOf('person_row', left)}; grant select on nachweis.person_row to ${reader}`);
    },
    takeAway: async () => {
      await admin.query(`alter role ${reader} nologin`);
      await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename = '${reader}'`);
    },
    bringBack: async () => void (await admin.query(`alter role ${reader} login`)),
    writes: [
      `insert into register.local_row (local_key) values ('x')`,
      `update register.person_row set name = 'x'`,
      'delete from register.person_row',
      'drop table register.person_row cascade',
    ].map((text) => () => same.query({ text })),
    end: async () => {
      await opened.close();
      await patient.close();
      await same.end();
      await owner.end();
      await admin.query(`drop database ${database} with (force)`);
      await admin.query(`drop role ${reader}`);
      await admin.end();
    },
  };
});

async function fill(owner: pg.Client, table: TableName): Promise<void> {
  const columns = Object.entries(COLUMNS[table]);
  await owner.query(
    `create table register.${table} (${columns.map(([name, type]) => `${name} ${TYPES[type]}`).join(', ')})`,
  );
  const places = columns.map((_, at) => `$${at + 1}`).join(', ');
  for (const row of PROBE_ROWS[table])
    await owner.query(
      `insert into register.${table} values (${places})`,
      columns.map(([name, type]) => stored(type, row[name] ?? null)),
    );
}

function stored(type: ColumnType, cell: Cell): unknown {
  return type === 'object' && cell !== null ? JSON.stringify(cell) : cell;
}

function viewOf(table: TableName, columns: readonly string[]): string {
  const more =
    table === 'person_row'
      ? `, (length(name) / (length(idnr) - 11))::text as faulty,
          (with recursive n(i) as (select 1::bigint union all select i + 1 from n where i < 100000000000)
           select max(i)::text from n) as slow`
      : '';
  return `create view nachweis.${table} as select ${columns.join(', ')}${more} from register.${table}`;
}
