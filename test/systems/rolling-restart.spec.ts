import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDatabase, withClient } from '../../src/demo/database.js';
import { nodeMigrations } from '../../src/node-migrations.js';
import { migrate } from '../../src/platform/migrate.js';
import { Application } from '../support/faulty-application.js';
import { startTwoNodes, type TwoNodes } from '../support/two-nodes.js';

const CONSUMER = 'familienkasse-online';
const AT_ONCE = 3;
const ROUNDS = 2;

let running: TwoNodes;
beforeAll(async () => {
  running = await startTwoNodes('e2e-rolling');
}, 120_000);
afterAll(async () => {
  await running?.stop();
}, 120_000);

/**
 * What a later release may do to the database while nodes of this one run (expand, then contract in the release after): columns
 * and tables that this one does not know.
 */
async function expand(): Promise<void> {
  await withClient(running.system.databases.ownerUrlOf('node'), async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('log', 'app')`,
    );
    expect(rows.length).toBeGreaterThan(15);
    for (const { name } of rows)
      await client.query(`alter table ${name} add column if not exists of_later text default 'x'`);
    await client.query('create table if not exists app.of_later (id int primary key)');
  });
}

describe('two nodes, restarted one after the other while forms are filled', () => {
  it('lose no request: every form is answered, whole, also when the database is expanded meanwhile', async () => {
    const outcomes: string[] = [];
    let isOver = false;
    const fill = async () => {
      const application = await Application.open(running.profile(CONSUMER));
      while (!isOver)
        outcomes.push(
          await application.fill().then(
            ({ evidence, not_delivered }) =>
              evidence.length === 3 ? 'whole' : not_delivered.map(({ reason }) => reason).join(),
            (error: unknown) => String(error),
          ),
        );
      application.close();
    };
    const load = Promise.all(Array.from({ length: AT_ONCE }, fill));
    try {
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const node of running.nodes) {
          const before = outcomes.length;
          const pid = node.pid;
          await sleep(500);
          if (round === 1) await expand();
          await node.restart();
          expect(node.pid).not.toBe(pid);
          for (let tries = 0; tries < 300 && outcomes.length < before + 5; tries += 1) await sleep(50);
          expect(outcomes.length).toBeGreaterThanOrEqual(before + 5);
        }
      }
    } finally {
      isOver = true;
      await load;
    }
    expect(outcomes.filter((it) => it !== 'whole')).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(20);
    // Both took part: whoever is restarted loses its callers to the other.
    for (const { logFile } of running.nodes)
      expect(readFileSync(logFile, 'utf8').split('"msg":"ready"').length - 1).toBe(1 + ROUNDS);
  }, 180_000);
});

describe('a node of this release, on the database of one before', () => {
  const all = nodeMigrations();
  it.each(all.slice(-2).map(({ name }, i) => [name, all.length - 2 + i] as const))(
    'without %s: serves nothing, so that those which serve go on',
    async (_name, count) => {
      const name = `einmal_before_${count}`;
      const logins = [name, `${name}_purge`];
      const { postgres } = running.system;
      const database = await createDatabase(postgres.url, { name, owner: `${name}_owner`, logins });
      await migrate(database.ownerUrl, nodeMigrations(name).slice(0, count));
      const node = await running.another(database.urlOf(name));
      await expect(node.start()).rejects.toThrow('does not start');
      expect(readFileSync(node.logFile, 'utf8')).toContain('not started');
      await migrate(database.ownerUrl, nodeMigrations(name));
    },
  );
});
