import type { Pool } from 'pg';
import { type Diagnosis, failure, ok, warning } from './diagnosis.js';

const LEAST_VERSION = 180_000;
const CLOCK = { warnMs: 1000, failMs: 5000 };

/** Tables on which the login of a process may do none of these. */
export type Forbidden = Readonly<{ schema: string; table?: string; rights: readonly string[] }>;

/** Version, durability and encryption of the server, as far as a setting says it. */
export async function examineServer(pool: Pool, isProduction: boolean): Promise<readonly Diagnosis[]> {
  const { rows } = await pool.query<Readonly<Record<string, string | boolean>>>(
    `select current_setting('server_version_num') as version, current_setting('data_checksums') as checksums,
       current_setting('fsync') as fsync, current_setting('full_page_writes') as pages,
       current_setting('synchronous_commit') as commit, current_setting('synchronous_standby_names') as standby,
       inet_server_addr() is null or inet_server_addr() <<= '127.0.0.0/8' or inet_server_addr() = '::1' as local,
       coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as ssl`,
  );
  const [found = {}] = rows;
  const what = 'database server';
  const isDurable = found.fsync === 'on' && found.pages === 'on' && ['on', 'remote_apply'].includes(`${found.commit}`);
  return [
    Number(found.version) >= LEAST_VERSION
      ? ok(what, `version ${found.version}`)
      : failure(what, `version ${found.version}`, 'use PostgreSQL 18'),
    isDurable
      ? ok('database keeps what it confirms')
      : failure(
          'database keeps what it confirms',
          `fsync ${found.fsync}, full_page_writes ${found.pages}, synchronous_commit ${found.commit}`,
          'set all three to on',
        ),
    found.checksums === 'on'
      ? ok('database has checksums')
      : warning(
          'database has checksums',
          'data_checksums is off',
          'turn it on with pg_checksums: a page that rots is found then',
        ),
    ...(isProduction && found.standby === ''
      ? [
          warning(
            'database has a synchronous standby',
            'none is named',
            'set synchronous_standby_names: what has not reached another disk is lost with this one',
          ),
        ]
      : []),
    ...(isProduction && found.local !== true && found.ssl !== true
      ? [failure('connection to the database is encrypted', 'it is not', 'use sslmode=verify-full in DATABASE_URL')]
      : []),
  ];
}

/** Whether the login can do more than its process needs. */
export async function examineRights(pool: Pool, forbidden: readonly Forbidden[]): Promise<readonly Diagnosis[]> {
  const what = 'rights of the login';
  const todo = 'give the process the login that "einmal migrate" names, which owns nothing';
  const { rows } = await pool.query<{ attributes: string[]; owned: string; creates: boolean }>(
    `select array_remove(array[case when rolsuper then 'superuser' end, case when rolcreaterole then 'createrole' end,
         case when rolcreatedb then 'createdb' end, case when rolbypassrls then 'bypassrls' end,
         case when rolreplication then 'replication' end], null) as attributes,
       (select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and pg_has_role(c.relowner, 'USAGE')) as owned,
       has_database_privilege(current_database(), 'CREATE') as creates
     from pg_roles where rolname = current_user`,
  );
  const [role] = rows;
  const { rows: writable } = await pool.query<{ right: string }>(
    `select distinct p.name || ' on ' || n.nspname || '.' || c.relname as right
     from jsonb_to_recordset($1::jsonb) as f (schema text, "table" text, rights text[])
     join pg_namespace n on n.nspname = f.schema join pg_class c on c.relnamespace = n.oid and c.relkind in ('r', 'p')
     cross join lateral unnest(f.rights) as p (name)
     where (f."table" is null or f."table" = c.relname) and has_table_privilege(c.oid, p.name) order by 1`,
    [JSON.stringify(forbidden)],
  );
  const surplus = [
    ...(role?.attributes ?? []),
    ...(Number(role?.owned ?? 0) > 0 ? [`owner of ${role?.owned} tables`] : []),
    ...(role?.creates === true ? ['may create schemas'] : []),
    ...writable.map(({ right }) => right),
  ];
  return [surplus.length === 0 ? ok(what, 'as few as it needs') : failure(what, surplus.join(', '), todo)];
}

/** Which migrations were run, against those of this release. */
export async function examineMigrations(
  pool: Pool,
  whose: string,
  known: readonly string[],
): Promise<readonly Diagnosis[]> {
  const what = 'migrations';
  const { rows } = await pool.query<{ name: string }>('select name from ops.migration order by name');
  const run = rows.map(({ name }) => name.replace(/\.[jt]s$/, ''));
  const missing = known.filter((name) => !run.includes(name));
  const newer = run.filter((name) => !known.includes(name));
  if (missing.length > 0)
    return [failure(what, `not run: ${missing.join(', ')}`, `run "einmal migrate ${whose}" as the owner`)];
  if (newer.length > 0)
    return [
      warning(
        what,
        `not of this release: ${newer.join(', ')}`,
        'the database is that of a later release: upgrade this process',
      ),
    ];
  return [ok(what, `${run.length}, all of this release`)];
}

/** This machine's clock against that of the database, give or take half of what the question took. */
export async function examineClock(pool: Pool): Promise<readonly Diagnosis[]> {
  const what = 'clock';
  const before = Date.now();
  const { rows } = await pool.query<{ ms: string }>('select extract(epoch from clock_timestamp()) * 1000 as ms');
  const after = Date.now();
  const offMs = Math.round(Math.max(0, Math.abs(Number(rows[0]?.ms) - (before + after) / 2) - (after - before) / 2));
  const detail = `${offMs} ms from that of the database`;
  const todo = 'let NTP keep both clocks: registers refuse what seems too old or too young, the log what is not now';
  if (offMs >= CLOCK.failMs) return [failure(what, detail, todo)];
  return [offMs >= CLOCK.warnMs ? warning(what, detail, todo) : ok(what, detail)];
}
