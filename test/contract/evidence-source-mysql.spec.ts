import { spawnSync } from 'node:child_process';
import { describe, it } from '@jest/globals';
import { createPool, type Pool, type RowDataPacket } from 'mysql2/promise';
import { SystemClock } from '../../src/platform/clock.js';
import { openSource } from '../../src/register-edge/open-source.js';
import { MysqlDatabase } from '../../src/register-edge/sql-database.mysql.js';
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
import { startMariadb } from '../support/mariadb.js';
import { SilentLog } from '../support/silent-log.js';

const isThere = spawnSync('mariadbd', ['--version']).status === 0;

if (isThere) keepsTheContractOfAnEvidenceSource('MariaDB', probe);
else
  describe('MariaDB as a register\u2019s own data', () => {
    it.skip('is not tried here: there is no `mariadbd` on the path', () => undefined);
  });

/** Collations that do not tell `a` from `A`: what MariaDB does where nobody chooses. */
const TYPES: Readonly<Record<ColumnType, string>> = {
  text: 'varchar(200) character set utf8mb4 collate utf8mb4_general_ci',
  day: 'date',
  truth: 'boolean',
  moment: 'timestamp null',
  list: 'json',
  object: 'json',
};

async function probe(): Promise<ProbedSource> {
  const server = await startMariadb();
  const owner = createPool({ uri: server.ownerUrl, timezone: 'Z', charset: 'utf8mb4', connectionLimit: 1 });
  await owner.query(`set time_zone = '+00:00'`);
  for (const table of Object.keys(COLUMNS) as TableName[]) await fill(owner, table);
  await owner.query(viewOf(Object.keys(COLUMNS.person_row)));
  await owner.query(`create user reader@'%' identified by 'reader'`);
  await owner.query(`grant select on register.* to reader@'%'`);
  const log = new SilentLog();
  const config = probeConfig({ kind: 'mysql', url_env: 'DATA_URL', statement_timeout_ms: 2000 }, (it) =>
    it === 'person_row' ? 'register.person_view' : it,
  );
  const url = new URL(server.ownerUrl);
  url.username = url.password = 'reader';
  const opening = { url: url.href, types: PROBE_TYPES, log, clock: new SystemClock() };
  const opened = await openSource(config, opening);
  const patient = await openSource(
    { ...config, data_source: { kind: 'mysql', url_env: 'DATA_URL', statement_timeout_ms: 60_000 } },
    opening,
  );
  // Its login may write: that it reads only is what keeps it from it.
  const same = new MysqlDatabase(server.ownerUrl);
  return {
    opened,
    patient,
    isReading: async () => {
      const [rows] = await owner.query<RowDataPacket[]>(
        `select 1 from information_schema.processlist where user = 'reader' and info like '%a_slow%'`,
      );
      return rows.length > 0;
    },
    log,
    keepsFormer: false,
    without: [],
    dropColumn: async (column) =>
      void (await owner.query(viewOf(Object.keys(COLUMNS.person_row).filter((it) => it !== column)))),
    takeAway: async () => {
      await owner.end();
      await server.stop();
    },
    bringBack: () => server.start(),
    writes: [
      `insert into local_row (local_key) values ('x')`,
      `update person_row set name = 'x'`,
      'delete from person_row',
      'drop table person_row',
    ].map((text) => () => same.query(text, [])),
    end: async () => {
      await opened.close();
      await patient.close();
      await same.close();
      await server.end();
    },
  };
}

async function fill(owner: Pool, table: TableName): Promise<void> {
  const columns = Object.entries(COLUMNS[table]);
  await owner.query(
    `create table ${table} (${columns.map(([name, type]) => `\`${name}\` ${TYPES[type]}`).join(', ')})`,
  );
  const places = columns.map(() => '?').join(', ');
  for (const row of PROBE_ROWS[table])
    await owner.execute(
      `insert into ${table} values (${places})`,
      columns.map(([name, type]) => stored(type, row[name] ?? null)),
    );
}

function stored(type: ColumnType, cell: Cell): string | number | null {
  if (cell === null) return null;
  if (type === 'moment') return String(cell).slice(0, 19).replace('T', ' ');
  if (typeof cell === 'boolean') return Number(cell);
  return typeof cell === 'string' ? cell : JSON.stringify(cell);
}

function viewOf(columns: readonly string[]): string {
  return `create or replace view person_view as select ${columns.map((it) => `\`${it}\``).join(', ')},
    (select i.name from person_row i where i.idnr <= p.idnr or i.idnr > p.idnr) as faulty,
    concat(name, sleep(30)) as slow from person_row p`;
}
