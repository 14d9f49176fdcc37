import { randomBytes } from 'node:crypto';
import { defineEntity, MikroORM, p } from '@mikro-orm/postgresql';
import type pg from 'pg';
import { leafHash } from '#libs/merkle/hash.js';
import type { Draft } from '../../src/audit/append-batch.js';
import { CALLER_DETAILS } from '../../src/audit/record.js';

/** The tables of the log with the same columns, checks and indexes, and without anything that makes it a log. */
const TABLES = `
drop schema if exists plain cascade;
create schema plain;
create table plain.entry (like log.entry including all);
create table plain.record (like log.record including all);
create table plain.subject_index (like log.subject_index including all);
create table plain.bare (bytes bytea not null);
create sequence plain.place;
`;

/** Columns of a record, and their types where they are not text. */
const COLUMNS = [
  ...['event', 'log_time', 'consumer', ...CALLER_DETAILS],
  ...['caller_salt', 'protected_hash', 'record_id', 'retention_class', 'epoch', 'wrapped_key', 'ciphertext'],
];
const TYPES: Readonly<Record<string, string>> = {
  log_time: 'timestamptz',
  record_id: 'uuid',
  ...Object.fromEntries(['caller_salt', 'protected_hash', 'wrapped_key', 'ciphertext'].map((name) => [name, 'bytea'])),
};

/** One event as plain rows: what the log writes of it, but tree, head, effects and receipt. */
export type PlainRow = Readonly<{
  leaf: Buffer;
  leafHash: Buffer;
  record: Readonly<Record<string, unknown>>;
  key: Buffer;
  capacity: string;
}>;

export function plainRow({ entry, callerSalt, protectedHash, sealed, subjects }: Draft): PlainRow {
  const leaf = Buffer.concat([Buffer.of(1), randomBytes(32)]);
  const [subject] = subjects;
  if (subject === undefined) throw new Error('a sample entry has one subject');
  return {
    leaf,
    leafHash: leafHash(leaf),
    record: {
      event: entry.caller.event,
      log_time: new Date(),
      consumer: entry.caller.consumer,
      ...Object.fromEntries(CALLER_DETAILS.map((name) => [name, entry.caller[name] ?? null])),
      caller_salt: callerSalt,
      protected_hash: protectedHash,
      record_id: sealed.recordId,
      retention_class: sealed.epoch.retentionClass,
      epoch: sealed.epoch.month,
      wrapped_key: sealed.wrappedKey,
      ciphertext: sealed.ciphertext,
    },
    key: subject.key,
    capacity: subject.as,
  };
}

export async function createPlainTables(owner: pg.Pool): Promise<void> {
  await owner.query(TABLES);
}

// One statement, one round trip, one transaction: plain SQL at its best.
const INSERT = `
with placed as (insert into plain.entry (index, leaf, leaf_hash) values (nextval('plain.place'), $1, $2) returning index),
recorded as (
  insert into plain.record (index, ${COLUMNS.join(', ')})
  select index, ${COLUMNS.map((name, i) => `$${i + 3}::${TYPES[name] ?? 'text'}`).join(', ')} from placed
)
insert into plain.subject_index (key, index, capacity)
select $${COLUMNS.length + 3}::bytea, index, $${COLUMNS.length + 4}::text from placed`;

/** One event in one transaction through `pg`. */
export async function insertPlain(pool: pg.Pool, row: PlainRow): Promise<void> {
  const values = [row.leaf, row.leafHash, ...COLUMNS.map((name) => row.record[name]), row.key, row.capacity];
  await pool.query({ name: 'insert_plain', text: INSERT, values });
}

const Entry = defineEntity({
  name: 'Entry',
  schema: 'plain',
  tableName: 'entry',
  properties: { index: p.integer().primary(), leaf: p.blob(), leaf_hash: p.blob() },
});
const Record = defineEntity({
  name: 'Record',
  schema: 'plain',
  tableName: 'record',
  properties: {
    index: p.integer().primary(),
    ...Object.fromEntries(
      COLUMNS.map((name) => {
        const type = TYPES[name];
        if (type === 'bytea') return [name, p.blob()];
        if (type === 'timestamptz') return [name, p.datetime()];
        return [name, type === 'uuid' ? p.uuid() : p.text().nullable()];
      }),
    ),
  },
});
const SubjectRow = defineEntity({
  name: 'SubjectRow',
  schema: 'plain',
  tableName: 'subject_index',
  properties: { key: p.blob().primary(), index: p.integer().primary(), capacity: p.text().primary() },
});

/** The same rows through MikroORM, one persist and flush for each event. */
export class PlainOrm {
  // Beyond what the sequence of the other baseline gives.
  #index = 1_000_000_000;

  private constructor(private readonly orm: MikroORM) {}

  static async open(url: string, connections: number): Promise<PlainOrm> {
    const orm = await MikroORM.init({
      clientUrl: url,
      entities: [Entry, Record, SubjectRow],
      pool: { min: connections, max: connections },
    });
    return new PlainOrm(orm);
  }

  async insert(row: PlainRow): Promise<void> {
    const em = this.orm.em.fork();
    const index = this.#index++;
    em.create(Entry, { index, leaf: row.leaf, leaf_hash: row.leafHash });
    em.create(Record, { index, ...row.record } as never);
    em.create(SubjectRow, { key: row.key, index, capacity: row.capacity });
    await em.flush();
  }

  close(): Promise<void> {
    return this.orm.close(true);
  }
}
