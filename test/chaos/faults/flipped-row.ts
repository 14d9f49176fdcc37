import type { Pool } from 'pg';

const flippedBit = (column: string, bit: number) => `set_bit(${column}, ${bit}, 1 - get_bit(${column}, ${bit}))`;

/** One bit of a leaf as a bad disk flips it: its hash stays, and nobody compares the two. */
export const flipLeaf = (index: number, bit: number): readonly string[] => [
  `do $$ declare of_hash text; begin
    select conname into strict of_hash from pg_constraint
    where conrelid = 'log.entry'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%sha256%';
    execute format('alter table log.entry drop constraint %I', of_hash);
  end $$`,
  `update log.entry set leaf = ${flippedBit('leaf', bit)} where index = ${index}`,
  `alter table log.entry add constraint entry_check check (leaf_hash = sha256('\\x00'::bytea || leaf)) not valid`,
];

/** The same by somebody who wants to hide it: the hash goes with the leaf. */
export const flipEntry = (index: number, bit: number): readonly string[] => [
  `update log.entry set leaf = ${flippedBit('leaf', bit)},
     leaf_hash = sha256('\\x00'::bytea || ${flippedBit('leaf', bit)}) where index = ${index}`,
];

export const flipNode = (level: number, index: number, bit: number): readonly string[] => [
  `update log.node set hash = ${flippedBit('hash', bit)} where level = ${level} and index = ${index}`,
];

/** As the superuser past all triggers, in one transaction. Exactly one row is to be changed; the same again undoes a flip. */
export async function changeRow(superuser: Pool, statements: readonly string[]): Promise<void> {
  const client = await superuser.connect();
  try {
    await client.query('begin; set local session_replication_role = replica');
    const counts: number[] = [];
    for (const statement of statements) {
      const { command, rowCount } = await client.query(statement);
      if (command === 'UPDATE') counts.push(rowCount ?? 0);
    }
    if (counts.length !== 1 || counts[0] !== 1) throw new Error('the row to be changed is not there');
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
