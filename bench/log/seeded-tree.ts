import type pg from 'pg';

/** Entries from `first` to before `size`, and every inner node of the whole tree; there is none yet. */
export async function seedTree(client: pg.ClientBase, first: number, size: number): Promise<void> {
  await client.query(
    `insert into log.entry (index, leaf, leaf_hash) select i, leaf, sha256('\\x00'::bytea || leaf)
     from (select i, '\\x01'::bytea || sha256(int8send(i)) as leaf from generate_series($1::bigint, $2::bigint - 1) as i) as seeded`,
    [first, size],
  );
  const pairs = (from: string, hash: string, level: number) =>
    client.query(
      `insert into log.node (level, index, hash) select ${level}, index / 2, sha256('\\x01'::bytea || before || hash)
       from (select index, ${hash} as hash, lag(${hash}) over (order by index) as before from ${from}) as pair
       where index % 2 = 1`,
    );
  await pairs('log.entry', 'leaf_hash', 1);
  for (let level = 2; size >= 2 ** level; level++) await pairs(`log.node where level = ${level - 1}`, 'hash', level);
}

/** Seeds records without indexes, which are made anew afterwards: row by row they cost most of the seeding. */
export async function withoutIndexes(client: pg.ClientBase, seed: () => Promise<void>): Promise<void> {
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index i
     where indrelid in ('log.record'::regclass, 'log.subject_index'::regclass)
       and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`,
  );
  for (const { name } of indexes) await client.query(`drop index ${name}`);
  await seed();
  for (const { definition } of indexes) await client.query(definition);
}

/** Of a tree that was seeded. */
export async function nodeAt(client: pg.ClientBase, level: number, index: number): Promise<Buffer> {
  const { rows } = await client.query<{ hash: Buffer }>(
    level === 0
      ? { text: 'select leaf_hash as hash from log.entry where index = $1', values: [index] }
      : { text: 'select hash from log.node where level = $1 and index = $2', values: [level, index] },
  );
  if (rows[0] === undefined) throw new Error('the seeded tree lacks a node');
  return rows[0].hash;
}
