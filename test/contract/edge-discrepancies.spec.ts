import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createDatabase, type Database, withClient } from '../../src/demo/database.js';
import { migrate } from '../../src/platform/migrate.js';
import { Seal } from '../../src/platform/secrets.js';
import { PostgresDiscrepancyStore } from '../../src/register-edge/discrepancy-store.postgres.js';
import type { EdgeLogEntry } from '../../src/register-edge/edge-log.js';
import { PostgresEdgeLog } from '../../src/register-edge/edge-log.postgres.js';
import { edgeMigrations } from '../../src/register-edge/migrations/edge-migrations.js';
import { PostgresSubjectLines } from '../../src/register-edge/subject-lines.postgres.js';
import { aReport, discrepancyStoreContract } from '../register-edge/discrepancy-store.contract.js';
import { anEdgeLine } from '../register-edge/edge-lines.js';

const SUPERUSER = process.env.EINMAL_TEST_PG ?? '';
const name = `discrepancies_${randomBytes(5).toString('hex')}`;
const [owner, login] = [`${name}_owner`, `${name}_login`];
const seal = new Seal(randomBytes(32));
const NOW = Date.parse('2026-11-27T10:00:00Z');

let database: Database;
let pool: pg.Pool;
beforeAll(async () => {
  database = await createDatabase(SUPERUSER, { name, owner, logins: [login] });
  await migrate(database.ownerUrl, edgeMigrations(login));
  pool = new pg.Pool({ connectionString: database.urlOf(login), max: 2 });
  pool.on('error', () => undefined);
});
afterAll(async () => {
  await pool.end();
  await withClient(SUPERUSER, async (client) => {
    await client.query(`drop database "${name}" with (force)`);
    await client.query(`drop role "${owner}", "${login}"`);
  });
});

describe('PostgresDiscrepancyStore keeps the contract of DiscrepancyStore', () => {
  discrepancyStoreContract(async () => new PostgresDiscrepancyStore(pool, seal));

  it('has neither person nor text in the clear, and opens nothing with another key', async () => {
    const report = aReport();
    const store = new PostgresDiscrepancyStore(pool, seal);
    await store.put(report, NOW);
    await store.settle(report.reportId, 'corrected', 'Der Name ist berichtigt.', NOW);
    const { rows } = await pool.query('select * from edge.discrepancy where report_id = $1', [report.reportId]);
    expect(JSON.stringify(rows)).not.toMatch(/02476291358|Urkunde|berichtigt/);
    const other = new PostgresDiscrepancyStore(pool, new Seal(randomBytes(32)));
    expect(await other.list(['corrected'])).toEqual([]);
  });

  it('lets the edge change state and explanation, and nothing else of a report', async () => {
    for (const statement of ["update edge.discrepancy set content = ''", 'delete from edge.discrepancy'])
      await expect(pool.query(statement)).rejects.toThrow('permission denied');
  });
});

describe('PostgresSubjectLines keeps the sentences of SubjectLines', () => {
  const entry = (deviation: Partial<EdgeLogEntry> = {}) =>
    anEdgeLine({ at: NOW, retrievalId: randomUUID(), ...deviation });

  it('gives the lines about one person before a sequence, newest first, and how far back the log reaches', async () => {
    const [log, lines] = [new PostgresEdgeLog(pool), new PostgresSubjectLines(pool)];
    expect(await lines.reachesBackTo()).toBeUndefined();
    await log.append(entry());
    await log.append(entry({ subject: 'somebody-else' }));
    await log.append(entry({ event: 'subject-read', at: NOW + 1000, attributes: [] }));
    const found = await lines.about('somebody', Number.MAX_SAFE_INTEGER, 10);
    expect(found.map(({ event, attributes }) => [event, attributes])).toEqual([
      ['subject-read', []],
      ['exchange', ['family_name']],
    ]);
    expect(await lines.about('somebody', found[0]?.sequence ?? 0, 10)).toEqual(found.slice(1));
    expect(await lines.about('somebody', Number.MAX_SAFE_INTEGER, 1)).toEqual(found.slice(0, 1));
    expect(await lines.reachesBackTo()).toBe(NOW);
  });

  it('does not give a line of which the person is told later, until then (BDSG § 34 Abs. 1 Nr. 1)', async () => {
    const [log, lines] = [new PostgresEdgeLog(pool), new PostgresSubjectLines(pool)];
    const norm = 'BDSG § 33 Abs. 1 Nr. 1 Buchst. a, § 34 Abs. 1 Nr. 1';
    const kept = (until: number) => entry({ subject: 'whoever-is-searched', delayedNotice: { norm, until } });
    await log.append(kept(Date.now() + 60_000));
    await log.append(kept(Date.now() - 1000));
    const found = await lines.about('whoever-is-searched', Number.MAX_SAFE_INTEGER, 10);
    expect(found).toHaveLength(1);
    const { rows } = await pool.query(
      "select told_later_by from edge.log where subject_index = 'whoever-is-searched' order by sequence",
    );
    expect(rows.map(({ told_later_by }) => told_later_by)).toEqual([norm, norm]);
  });

  it('gives what was given of this person under a retrieval of this caller, and nothing that was refused', async () => {
    const [log, lines] = [new PostgresEdgeLog(pool), new PostgresSubjectLines(pool)];
    const [answered, refused] = [
      entry(),
      entry({ outcome: 'refused', reason: 'SUBJECT_NOT_AVAILABLE', attributes: [] }),
    ];
    await log.append(answered);
    await log.append(refused);
    expect(await lines.given('node', answered.retrievalId ?? '', 'somebody')).toMatchObject({
      ...{ subject: 'somebody', attributes: ['family_name'], consumer: 'familienkasse-online' },
    });
    expect(await lines.given('node', answered.retrievalId ?? '', 'somebody-else')).toBeUndefined();
    expect(await lines.given('other-node', answered.retrievalId ?? '', 'somebody')).toBeUndefined();
    expect(await lines.given('node', refused.retrievalId ?? '', 'somebody')).toBeUndefined();
  });
});
