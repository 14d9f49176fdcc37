import { randomBytes } from 'node:crypto';
import pg from 'pg';

export type DatabaseWish = Readonly<{
  name: string;
  /** Owns the database and what migrations make in it. */
  owner: string;
  /** Roles that may log in and use what the owner grants them: they own nothing. */
  logins: readonly string[];
}>;

export type Database = Readonly<{ name: string; ownerUrl: string; urlOf(login: string): string }>;

/**
 * Makes database and roles, or takes those that are there. Passwords are random, new each time and nowhere stored:
 * whoever starts the system hands them to the processes.
 */
export async function createDatabase(superuserUrl: string, { name, owner, logins }: DatabaseWish): Promise<Database> {
  const passwords = new Map([owner, ...logins].map((role) => [role, randomBytes(24).toString('base64url')]));
  await withClient(superuserUrl, async (client) => {
    const quote = (text: string) => client.escapeIdentifier(text);
    for (const [role, password] of passwords) {
      const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role]);
      const verb = rowCount === 0 ? 'create' : 'alter';
      await client.query(
        `${verb} role ${quote(role)} login nosuperuser nocreatedb nocreaterole password ${client.escapeLiteral(password)}`,
      );
    }
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${quote(name)} owner ${quote(owner)}`);
    await client.query(`revoke all on database ${quote(name)} from public`);
    for (const login of logins) await client.query(`grant connect on database ${quote(name)} to ${quote(login)}`);
  });
  const urlOf = (role: string): string => {
    const password = passwords.get(role);
    if (password === undefined) throw new Error(`no role ${role} was made for ${name}`);
    const url = new URL(superuserUrl);
    url.username = role;
    url.password = password;
    url.pathname = `/${name}`;
    return url.href;
  };
  return { name, ownerUrl: urlOf(owner), urlOf };
}

/** Runs work on one connection and ends it. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  // An idle connection that breaks must not end the process; the next query says so anyway.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
