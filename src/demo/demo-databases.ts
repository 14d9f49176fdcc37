import { permissionLogMigrations } from '../intermediary/migrations/permission-log-migrations.js';
import { nodeMigrations } from '../node-migrations.js';
import { pagesMigrations } from '../pages/migrations/pages-migrations.js';
import { migrate } from '../platform/migrate.js';
import { edgeMigrations } from '../register-edge/migrations/edge-migrations.js';
import { createDatabase, type Database } from './database.js';
import type { RegisterKind } from './registers/register-schema.js';

/** The registers of the demo: participant, which is also the register's id, and what it keeps. */
export const DEMO_REGISTERS: readonly Readonly<{ id: string; kind: RegisterKind }>[] = [
  { id: 'melderegister-bremen', kind: 'melderegister' },
  { id: 'personenstand-bremen', kind: 'personenstandsregister' },
  { id: 'familienkasse-register', kind: 'familienkasse' },
  { id: 'hochschule-bremen', kind: 'hochschule' },
  { id: 'zfzr', kind: 'zfzr' },
  { id: 'gewerberegister-bremen', kind: 'gewerberegister' },
  { id: 'handelsregister', kind: 'handelsregister' },
  { id: 'dsrv', kind: 'entgelt' },
  { id: 'identity-directory', kind: 'identity-directory' },
];

/** Suffix of the login of the purge beside that of the node. */
const PURGE = '_purge';

/** One database per process and one per register's data; each login reaches its own alone. */
export type DemoDatabases = Readonly<{
  /** What a process logs in with, by participant. */
  urlOf(participant: string): string;
  /** The login that may erase records of a node's log after their term, and nothing else. */
  purgeUrlOf(node: string): string;
  /** Owner of the process's database: for tests that look behind the scenes. */
  ownerUrlOf(participant: string): string;
  /** The register's own data. */
  dataOf(register: string): Readonly<{ ownerUrl: string; reader: string; readerUrl: string }>;
}>;

export async function createDemoDatabases(superuserUrl: string): Promise<DemoDatabases> {
  const own = new Map<string, Readonly<{ database: Database; login: string }>>();
  const data = new Map<string, Readonly<{ database: Database; login: string }>>();
  const make = async (name: string, suffix = '', others: readonly string[] = []) => {
    const login = `${name}${suffix}`;
    const logins = [login, ...others.map((other) => `${name}${other}`)];
    return { login, database: await createDatabase(superuserUrl, { name, owner: `${name}_owner`, logins }) };
  };
  const made = async (
    participant: string,
    migrationsFor: (role: string) => Parameters<typeof migrate>[1],
    others: readonly string[] = [],
  ) => {
    const entry = await make(`einmal_${participant.replaceAll('-', '_')}`, '', others);
    await migrate(entry.database.ownerUrl, migrationsFor(entry.login));
    own.set(participant, entry);
  };
  await made('node', nodeMigrations, [PURGE]);
  await made('intermediary', permissionLogMigrations);
  await made('pages', pagesMigrations);
  for (const { id } of DEMO_REGISTERS) {
    await made(id, edgeMigrations);
    data.set(id, await make(`data_${id.replaceAll('-', '_')}`, '_reader'));
  }
  return {
    urlOf: (participant) => urlIn(own, participant),
    purgeUrlOf: (node) => {
      const { database, login } = entryOf(own, node);
      return database.urlOf(`${login}${PURGE}`);
    },
    ownerUrlOf: (participant) => entryOf(own, participant).database.ownerUrl,
    dataOf: (register) => {
      const { database, login } = entryOf(data, register);
      return { ownerUrl: database.ownerUrl, reader: login, readerUrl: database.urlOf(login) };
    },
  };
}

type Entries = ReadonlyMap<string, Readonly<{ database: Database; login: string }>>;

function urlIn(entries: Entries, participant: string): string {
  const { database, login } = entryOf(entries, participant);
  return database.urlOf(login);
}

function entryOf(entries: Entries, participant: string) {
  const entry = entries.get(participant);
  if (entry === undefined) throw new Error(`the demo has no database for ${participant}`);
  return entry;
}
