import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { permissionLogMigrations } from '../../src/intermediary/migrations/permission-log-migrations.js';
import type { PermissionCheck } from '../../src/intermediary/permission-check.js';
import { DuplicateCheck } from '../../src/intermediary/permission-log.js';
import { PostgresPermissionLog } from '../../src/intermediary/permission-log.postgres.js';

const suffix = randomBytes(4).toString('hex');
const database = `einmal_permission_${suffix}`;
const [owner, role] = [`einmal_owner_${suffix}`, `einmal_intermediary_${suffix}`];

function urlFor(user?: string, name = database): string {
  const url = new URL(process.env.EINMAL_TEST_PG ?? '');
  if (user !== undefined) [url.username, url.password, url.pathname] = [user, suffix, `/${name}`];
  return url.href;
}

const aCheck = (over: Partial<PermissionCheck> = {}): PermissionCheck => ({
  checkId: randomUUID(),
  checkedAt: Date.parse('2026-11-23T12:00:00.123Z'),
  caller: 'node',
  consumer: 'familienkasse-online',
  provider: 'personenstand-bremen',
  evidenceType: 'geburt',
  purpose: 'kindergeld-antrag',
  legalBasis: 'egovg-5-1-1',
  decision: 'ALLOWED',
  reason: null,
  ruleIds: ['kindergeld-geburt'],
  fields: ['birth_date', 'birth_place'],
  tokenId: randomUUID(),
  requestDigest: randomBytes(32).toString('base64url'),
  catalogueVersion: randomBytes(32).toString('base64url'),
  ...over,
});

describe('the permission log on a real PostgreSQL', () => {
  let admin: pg.Client;
  let pool: pg.Pool;
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
    pool = new pg.Pool({ connectionString: urlFor(role), max: 2 });
    // The last test drops the database under whatever connection is still idle.
    pool.on('error', () => {});
    log = new PostgresPermissionLog(pool);
  }, 30_000);

  afterAll(async () => {
    await pool?.end();
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

  test('takes a check once, and knows the difference to an outage', async () => {
    const check = aCheck();
    await log.append(check);
    await expect(log.append({ ...check, tokenId: randomUUID() })).rejects.toBeInstanceOf(DuplicateCheck);
    const unreachable = new PostgresPermissionLog(new pg.Pool({ connectionString: urlFor(role, 'no_such_database') }));
    await expect(unreachable.append(aCheck())).rejects.not.toBeInstanceOf(DuplicateCheck);
  });

  test.each([
    'update log.permission_check set consumer = null',
    'delete from log.permission_check',
    'truncate log.permission_check',
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
