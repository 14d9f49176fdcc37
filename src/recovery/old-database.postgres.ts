import type { Pool, PoolClient } from 'pg';
import { OldDatabase } from './old-database.js';

/** Whoever else may call a function of the log, or write a table beside it. */
const REVOKE = `
do $$
declare
  given record;
begin
  for given in
    select p.oid::regprocedure as routine, coalesce(r.rolname, 'public') as grantee
    from pg_proc p cross join aclexplode(p.proacl) as a left join pg_roles r on r.oid = a.grantee
    where p.pronamespace = 'log'::regnamespace and a.grantee <> p.proowner
  loop
    execute format('revoke all on function %s from %s', given.routine,
      case when given.grantee = 'public' then 'public' else quote_ident(given.grantee) end);
  end loop;
  for given in
    select c.oid::regclass as relation, coalesce(r.rolname, 'public') as grantee
    from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join aclexplode(c.relacl) as a
      left join pg_roles r on r.oid = a.grantee
    where n.nspname in ('log', 'app') and a.grantee <> c.relowner and c.relkind = 'r' and a.privilege_type <> 'SELECT'
  loop
    execute format('revoke insert, update, delete, truncate, references, trigger on %s from %s', given.relation,
      case when given.grantee = 'public' then 'public' else quote_ident(given.grantee) end);
  end loop;
end $$`;

/** Evidence that waited for a preview, repeats, decisions, who was asked about: no evidence of what the log was. */
const PASSING = [
  ...['app.deferral', 'app.held_exchange', 'app.answer', 'app.trigger_salt', 'app.trigger'],
  ...['app.person_count', 'app.session', 'app.reconcile_line'],
];

/** Logged in as the owner. */
export class PostgresOldDatabase extends OldDatabase {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async seal(buried: readonly string[]): Promise<void> {
    const client = await this.pool.connect();
    try {
      // Said here, for the second time that somebody seals it.
      await client.query('begin read write');
      await client.query(REVOKE);
      await forget(client, buried);
      const { rows } = await client.query<{ sql: string }>(
        "select format('alter database %I set default_transaction_read_only = on', current_database()) as sql",
      );
      await client.query(rows[0]?.sql ?? '');
      await client.query('commit');
      client.release();
    } catch (error) {
      client.release(true);
      throw error;
    }
  }
}

async function forget(client: PoolClient, buried: readonly string[]): Promise<void> {
  // Minutes or hours were promised, and no node tidies here any more; nobody uses these decisions again.
  for (const table of PASSING) {
    const { rows } = await client.query<{ there: string | null }>('select to_regclass($1) as there', [table]);
    if (rows[0]?.there != null) await client.query(`delete from ${table}`);
  }
  if (buried.length === 0) return;
  // No entry can state it any more: the row stays, so that its leaf can be checked, and what it hides goes.
  for (const table of ['log.subject_index', 'log.record'])
    await client.query(`alter table ${table} disable trigger user`);
  await client.query(
    'delete from log.subject_index i using log.record r where r.index = i.index and r.record_id = any ($1::uuid[])',
    [buried],
  );
  await client.query("update log.record set wrapped_key = '', ciphertext = '' where record_id = any ($1::uuid[])", [
    buried,
  ]);
  for (const table of ['log.subject_index', 'log.record'])
    await client.query(`alter table ${table} enable trigger user`);
}
