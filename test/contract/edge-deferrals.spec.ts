import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createDatabase, type Database, withClient } from '../../src/demo/database.js';
import { migrate } from '../../src/platform/migrate.js';
import { PostgresDeferralStore } from '../../src/register-edge/deferral-store.postgres.js';
import { edgeMigrations } from '../../src/register-edge/migrations/edge-migrations.js';
import { PostgresReplayStore } from '../../src/register-edge/replay-store.postgres.js';
import { deferralStoreContract } from '../register-edge/deferral-store.contract.js';

const SUPERUSER = process.env.EINMAL_TEST_PG ?? '';
const name = `deferrals_${randomBytes(5).toString('hex')}`;
const [owner, login] = [`${name}_owner`, `${name}_login`];

let database: Database;
let pool: pg.Pool;
let owned: pg.Pool;
beforeAll(async () => {
  database = await createDatabase(SUPERUSER, { name, owner, logins: [login] });
  await migrate(database.ownerUrl, edgeMigrations(login));
  [pool, owned] = [database.urlOf(login), database.ownerUrl].map((connectionString) => {
    const made = new pg.Pool({ connectionString, max: 2 });
    made.on('error', () => undefined);
    return made;
  }) as [pg.Pool, pg.Pool];
});
afterAll(async () => {
  await pool.end();
  await owned.end();
  await withClient(SUPERUSER, async (client) => {
    await client.query(`drop database "${name}" with (force)`);
    await client.query(`drop role "${owner}", "${login}"`);
  });
});

describe('PostgresDeferralStore of an edge keeps the contract of DeferralStore', () => {
  deferralStoreContract(async () => new PostgresDeferralStore(pool));

  const announced = async () => {
    const deferral = { attester: 'a', attestation: randomUUID(), caller: 'n', content: 'c', deferredAt: Date.now() };
    await new PostgresDeferralStore(pool).put(deferral);
    return deferral.attestation;
  };
  const daysLeft = async (attestation: string) => {
    const sql = `select extract(epoch from expires_at - now()) / 86400 as days from edge.deferral where attestation_jti = $1`;
    return Number((await owned.query<{ days: string }>(sql, [attestation])).rows[0]?.days);
  };

  it('keeps it for 90 days, and a day after it was answered', async () => {
    const attestation = await announced();
    expect(Math.round(await daysLeft(attestation))).toBe(90);
    await new PostgresDeferralStore(pool).answered('a', attestation);
    expect(Math.round(await daysLeft(attestation))).toBe(1);
  });

  it('forgets what may not be fetched any more, and gives it to nobody before', async () => {
    const [old, young] = [await announced(), await announced()];
    await owned.query("update edge.deferral set expires_at = now() - interval '1 s' where attestation_jti = $1", [old]);
    expect(await new PostgresDeferralStore(pool).find('a', old)).toBeUndefined();
    await new PostgresReplayStore(pool).forgetExpired();
    const { rows } = await owned.query(
      'select attestation_jti as it from edge.deferral where attestation_jti = any ($1)',
      [[old, young]],
    );
    expect(rows).toEqual([{ it: young }]);
  });

  it('is changed by the edge in nothing but its end (design 5)', async () => {
    const attestation = await announced();
    for (const change of ['delete from edge.deferral', "update edge.deferral set content = 'x'"])
      await expect(pool.query(`${change} where attestation_jti = $1`, [attestation])).rejects.toMatchObject({
        code: '42501',
      });
  });
});
