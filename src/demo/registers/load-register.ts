import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Household } from '../people/person.js';
import { copyLine } from './copy-text.js';
import { entgelt } from './entgelt.js';
import { familienkasse } from './familienkasse.js';
import { gewerberegister } from './gewerberegister.js';
import { handelsregister } from './handelsregister.js';
import { hochschule } from './hochschule.js';
import { identityDirectory } from './identity-directory.js';
import { melderegister } from './melderegister.js';
import { personenstandsregister } from './personenstandsregister.js';
import type { RegisterKind, RegisterSchema } from './register-schema.js';
import { zfzr } from './zfzr.js';

export type LoadOptions = Readonly<{
  /** Logged in as the role that is to own the register, which needs CREATE on its database. */
  connection: ClientBase;
  register: RegisterKind;
  people: Iterable<Household>;
  /** An existing role. It gets SELECT on the views of the schema `nachweis`, and nothing else. */
  reader: string;
  /** Region key prefixes of the households that this register keeps; all when absent. */
  competence?: readonly string[];
  /** Called with the number of persons passed so far. */
  onProgress?: (persons: number) => void;
}>;

export type Loaded = Readonly<{ persons: number; rows: Readonly<Record<string, number>> }>;

const schemas: Readonly<Record<RegisterKind, RegisterSchema>> = {
  'identity-directory': identityDirectory,
  melderegister,
  personenstandsregister,
  familienkasse,
  hochschule,
  entgelt,
  zfzr,
  gewerberegister,
  handelsregister,
};

/** How much text is gathered before it is sent; it bounds the memory of a load of any size. */
const BATCH_CHARACTERS = 4_000_000;

/** Makes the register anew and fills it, in one transaction: a reader sees the old register or the whole new one. */
export async function loadRegister(options: LoadOptions): Promise<Loaded> {
  const { connection, reader } = options;
  const register = schemas[options.register];
  await connection.query('begin');
  try {
    await connection.query(`
      drop schema if exists nachweis cascade;
      drop schema if exists ${register.schema} cascade;
      create schema ${register.schema};
      create schema nachweis;
      ${register.definition}`);
    const loaded = await fill(register, options);
    const role = connection.escapeIdentifier(reader);
    await connection.query(`
      ${register.indexes}
      grant usage on schema nachweis to ${role};
      grant select on all tables in schema nachweis to ${role};`);
    await connection.query('commit');
    await analyse(register, connection);
    return loaded;
  } catch (error) {
    await connection.query('rollback');
    throw error;
  }
}

async function fill(
  register: RegisterSchema,
  { connection, people, competence, onProgress }: LoadOptions,
): Promise<Loaded> {
  const recordHousehold = register.recorder();
  const batches = new Map(register.tables.map((table) => [table.name, { table, text: '', rows: 0 }]));
  let persons = 0;
  let waiting = 0;

  const send = async (): Promise<void> => {
    for (const batch of batches.values()) {
      if (batch.text === '') continue;
      const columns = batch.table.columns.join(', ');
      const target = copyFrom(`copy ${register.schema}.${batch.table.name} (${columns}) from stdin (freeze)`);
      await pipeline(Readable.from([batch.text]), connection.query(target));
      batch.text = '';
    }
    waiting = 0;
    onProgress?.(persons);
  };

  for (const household of people) {
    persons += household.persons.length;
    if (competence && !competence.some((prefix) => household.ars.startsWith(prefix))) continue;
    recordHousehold(household, (name, row) => {
      const batch = batches.get(name);
      if (!batch) throw new TypeError('a register records only into its own tables');
      const line = copyLine(batch.table.columns, row);
      batch.text += line;
      batch.rows += 1;
      waiting += line.length;
    });
    if (waiting >= BATCH_CHARACTERS) await send();
  }
  await send();
  return { persons, rows: Object.fromEntries([...batches].map(([name, { rows }]) => [name, rows])) };
}

/** Without statistics the planner would scan a register that has just been filled. */
async function analyse(register: RegisterSchema, connection: ClientBase): Promise<void> {
  for (const table of register.tables) await connection.query(`analyze ${register.schema}.${table.name}`);
}
