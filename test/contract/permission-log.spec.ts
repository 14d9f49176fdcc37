import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { permissionLogMigrations } from '../../src/intermediary/migrations/permission-log-migrations.js';
import { DuplicateCheck } from '../../src/intermediary/permission-log.js';
import { PostgresPermissionLog } from '../../src/intermediary/permission-log.postgres.js';
import { PostgresPermissionLogReader } from '../../src/intermediary/permission-log-reader.postgres.js';
import { aCheck, permissionLogContract } from '../intermediary/permission-log.contract.js';
import { permissionLogReaderContract } from '../intermediary/permission-log-reader.contract.js';

const suffix = randomBytes(4).toString('hex');
const database = `einmal_permission_${suffix}`;
const [owner, role] = [`einmal_owner_${suffix}`, `einmal_intermediary_${suffix}`];

function urlFor(user?: string, name = database): string {
  const url = new URL(process.env.EINMAL_TEST_PG ?? '');
  if (user !== undefined) [url.username, url.password, url.pathname] = [user, suffix, `/${name}`];
  return url.href;
}

describe('the permission log on a real PostgreSQL', () => {
  let admin: pg.Client;
  let pool: pg.Pool;
  /** Of a second process of the intermediary on the same database. */
  let other: pg.Pool;
  let log: PostgresPermissionLog;

  beforeAll(async () => {
    admin = new pg.Client({ connectionString: urlFor() });
    await admin.connect();
    await admin.query(
      `create role ${owner} login password '${suffix}'; create role ${role} login password '${suffix}'`,
    );
    await admin.query(`create database ${database} owner ${owner}`);
    const orm = await MikroORM.init({
      clientUrl: urlFor(owner),
      entities: [],
      discovery: { warnWhenNoEntities: false },
      extensions: [Migrator],
      migrations: {
        migrationsList: permissionLogMigrations(role),
        tableName: 'migration',
        schema: 'ops',
        snapshot: false,
      },
    });
    await orm.migrator.up();
    await orm.close();
    pool = new pg.Pool({ connectionString: urlFor(role), max: 8 });
    other = new pg.Pool({ connectionString: urlFor(role), max: 8 });
    // The last test drops the database under whatever connection is still idle.
    for (const it of [pool, other]) it.on('error', () => {});
    log = new PostgresPermissionLog(pool);
  }, 30_000);

  afterAll(async () => {
    await pool?.end();
    await other?.end();
    await admin.query(`drop database if exists ${database} with (force)`);
    await admin.query(`drop role if exists ${role}; drop role if exists ${owner}`);
    await admin.end();
  });

  test('keeps every member of a check', async () => {
    const check = aCheck();
    await log.append(check);
    const { rows } = await pool.query('select * from log.permission_check where check_id = $1', [check.checkId]);
    expect(rows).toEqual([
      {
        entry: expect.any(String),
        check_id: check.checkId,
        checked_at: new Date(check.checkedAt),
        caller: check.caller,
        consumer: check.consumer,
        provider: check.provider,
        evidence_type: check.evidenceType,
        purpose: check.purpose,
        legal_basis: check.legalBasis,
        asked_fields: check.askedFields,
        decision: 'ALLOWED',
        reason: null,
        rule_ids: check.ruleIds,
        fields: check.fields,
        token_id: check.tokenId,
        request_digest: check.requestDigest,
        catalogue_version: check.catalogueVersion,
      },
    ]);
  });

  test('takes a refusal about something that the catalogue does not list', async () => {
    const refused = { decision: 'REFUSED', reason: 'PURPOSE_NOT_REGISTERED', ruleIds: [], fields: [] } as const;
    await log.append(aCheck({ ...refused, consumer: null, purpose: null, tokenId: null, requestDigest: null }));
  });

  describe('keeps the contract of PermissionLog, over two processes', () => {
    permissionLogContract(async () => {
      const logs = [log, new PostgresPermissionLog(other)];
      let turn = 0;
      const append: PostgresPermissionLog['append'] = (...entry) => logs[turn++ % 2]!.append(...entry);
      const count = async (consumer: string) => {
        const { rows } = await pool.query('select 1 from log.permission_check where consumer = $1', [consumer]);
        return rows.length;
      };
      return { log: { append } as PostgresPermissionLog, count };
    });
  });

  describe('keeps the contract of PermissionLogReader', () => {
    permissionLogReaderContract(async () => ({ log, reader: new PostgresPermissionLogReader(other) }));
  });

  test('forgets how often rules were used in periods that are long over', async () => {
    const consumer = 'consumer-that-goes-on';
    const take = (startsAt: number) =>
      log.append(aCheck({ consumer }), {
        uses: [{ consumer, rule: 'rule', per: 'minute', max: 9, startsAt, endsAt: startsAt + 60_000 }],
        taken: true,
      });
    const now = Date.parse('2026-11-23T12:00:00Z');
    for (const days of [5, 4, 3, 1, 0]) await take(now - days * 86_400_000);
    const { rows } = await pool.query('select starts_at from log.rule_use where consumer = $1 order by 1', [consumer]);
    expect(rows).toHaveLength(2);
  });

  test('knows the difference between a check that is on record and an outage', async () => {
    const unreachable = new PostgresPermissionLog(new pg.Pool({ connectionString: urlFor(role, 'no_such_database') }));
    await expect(unreachable.append(aCheck())).rejects.not.toBeInstanceOf(DuplicateCheck);
  });

  test.each([
    'update log.permission_check set consumer = null',
    'delete from log.permission_check',
    'truncate log.permission_check',
    'update log.rule_use set used = 0',
    'delete from log.rule_use',
    `insert into log.rule_use values ('a', 'b', 'hour', now(), 0)`,
  ])('the intermediary may not: %s', async (sql) => {
    await expect(pool.query(sql)).rejects.toMatchObject({ code: '42501' });
  });

  test('not even its owner alters or removes what is younger than two years (IDNrG § 9 Abs. 3)', async () => {
    const asOwner = new pg.Client({ connectionString: urlFor(owner) });
    await asOwner.connect();
    const old = aCheck({ checkedAt: Date.now() - 3 * 366 * 86_400_000 });
    await log.append(old);
    for (const sql of [
      'update log.permission_check set consumer = null',
      'delete from log.permission_check',
      'truncate log.permission_check',
    ]) {
      await expect(asOwner.query(sql)).rejects.toMatchObject({ message: 'the permission log is append-only' });
    }
    const { rowCount } = await asOwner.query('delete from log.permission_check where check_id = $1', [old.checkId]);
    expect(rowCount).toBe(1);
    await asOwner.end();
  });
});
