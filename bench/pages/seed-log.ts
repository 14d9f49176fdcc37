import type pg from 'pg';
import { frontier, restoreRange, root } from '#libs/merkle/compact-range.js';
import { signCheckpoint } from '#libs/tlog/checkpoint.js';
import type { NoteSigner } from '#libs/tlog/signed-note.js';
import { nodeAt, seedTree, withoutIndexes } from '../log/seeded-tree.js';

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
  await client.query('delete from log.node');
  await seedTree(client, first, size);
  await withoutIndexes(client, () => seedRecords(client, first, size));
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

async function seedRecords(client: pg.ClientBase, first: number, size: number): Promise<void> {
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
}
