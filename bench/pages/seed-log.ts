import type pg from 'pg';
import { frontier, restoreRange, root } from '#libs/merkle/compact-range.js';
import { signCheckpoint } from '#libs/tlog/checkpoint.js';
import type { NoteSigner } from '#libs/tlog/signed-note.js';

/** Settings of the seeding session alone: a crash costs a new seeding, nothing else. */
const FAST = ['session_replication_role = replica', 'synchronous_commit = off', "maintenance_work_mem = '512MB'"];
/** Over so many days, so that trends have something to show. */
const DAYS = 30;

/** A log goes on to a size by entries that were never appended: leaves, tree, clear columns and index of persons, set-wise by SQL. */
export async function seedLog(client: pg.ClientBase, size: number, signer: NoteSigner): Promise<void> {
  for (const setting of FAST) await client.query(`set ${setting}`);
  await client.query('begin');
  const { rows } = await client.query<{ size: string }>('select size from log.head for update');
  const first = Number(rows[0]?.size ?? 0);
  await seedTree(client, first, size);
  await seedRecords(client, first, size);
  const nodes: Buffer[] = [];
  for (const { level, index } of frontier(size)) nodes.push(await nodeAt(client, level, index));
  const rootHash = root(restoreRange(size, nodes));
  await client.query('update log.head set size = $1, root = $2, frontier = $3, checkpoint = $4, log_time = now()', [
    size,
    rootHash,
    nodes,
    signCheckpoint({ origin: signer.name, size, root: rootHash }, [signer]),
  ]);
  await client.query('commit');
  await client.query('vacuum analyze');
}

/** The inner nodes are all made anew. */
async function seedTree(client: pg.ClientBase, first: number, size: number): Promise<void> {
  await client.query(
    `insert into log.entry (index, leaf, leaf_hash) select i, leaf, sha256('\\x00'::bytea || leaf)
     from (select i, '\\x01'::bytea || sha256(int8send(i)) as leaf from generate_series($1::bigint, $2::bigint - 1) as i) as seeded`,
    [first, size],
  );
  await client.query('delete from log.node');
  const pairs = (from: string, hash: string, level: number) =>
    client.query(
      `insert into log.node (level, index, hash) select ${level}, index / 2, sha256('\\x01'::bytea || before || hash)
       from (select index, ${hash} as hash, lag(${hash}) over (order by index) as before from ${from}) as pair
       where index % 2 = 1`,
    );
  await pairs('log.entry', 'leaf_hash', 1);
  for (let level = 2; size >= 2 ** level; level++) await pairs(`log.node where level = ${level - 1}`, 'hash', level);
}

/** Indexes are made anew afterwards: row by row they cost most of the seeding. */
async function seedRecords(client: pg.ClientBase, first: number, size: number): Promise<void> {
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index i
     where indrelid in ('log.record'::regclass, 'log.subject_index'::regclass)
       and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`,
  );
  for (const { name } of indexes) await client.query(`drop index ${name}`);
  await client.query(
    `insert into log.record (index, event, log_time, exchange_ref, consumer, register, evidence_type, purpose, legal_basis, outcome, reason,
       caller_salt, protected_hash, record_id, retention_class, epoch, wrapped_key, ciphertext)
     select i, case when i % 2 = 0 then 'retrieval.opened' else 'retrieval.closed' end,
       now() - interval '${DAYS} days' + (i - $1) * interval '${DAYS} days' / ($2::bigint - $1), 'exchange-' || i / 8,
       (array['familienkasse-online', 'elterngeld-online', 'standesamt-online', 'bafoeg-online', 'kfz-online'])[1 + i % 5],
       (array['melderegister-bremen', 'personenstand-bremen', 'familienkasse-register', 'gewerberegister-bremen'])[1 + (i / 2) % 4],
       'meldedaten', 'kindergeld-antrag', 'estg-67',
       case when i % 2 = 0 then null when i % 1001 = 0 then 'unknown' when i % 101 = 0 then 'refused' else 'released' end,
       case when i % 2 = 1 and i % 101 = 0 and i % 1001 <> 0 then 'REGISTER_REFUSED' end,
       sha256(int8send(i)), sha256(int8send(-i)), md5(i::text)::uuid, 'standard', to_char(now(), 'YYYY-MM'), '\\x00', '\\x00'
     from generate_series($1::bigint, $2::bigint - 1) as i`,
    [first, size],
  );
  await client.query(
    `insert into log.subject_index (key, index, capacity)
     select sha256(int8send(i % (($2::bigint - $1) / 10))), i, 'subject' from generate_series($1::bigint, $2::bigint - 1) as i order by 1, 2`,
    [first, size],
  );
  for (const { definition } of indexes) await client.query(definition);
}

async function nodeAt(client: pg.ClientBase, level: number, index: number): Promise<Buffer> {
  const { rows } = await client.query<{ hash: Buffer }>(
    level === 0
      ? { text: 'select leaf_hash as hash from log.entry where index = $1', values: [index] }
      : { text: 'select hash from log.node where level = $1 and index = $2', values: [level, index] },
  );
  if (rows[0] === undefined) throw new Error('the seeded tree lacks a node');
  return rows[0].hash;
}
