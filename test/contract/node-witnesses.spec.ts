import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withClient } from '../../src/demo/database.js';
import { PostgresCosignatureStore } from '../../src/witnesses/cosignature-store.postgres.js';
import { PostgresDisputeStore } from '../../src/witnesses/dispute-store.postgres.js';
import { createNodeDatabase, type NodeDatabase } from '../support/node-database.js';
import { cosignatureStoreContract, disputeStoreContract } from '../witnesses/stores.contract.js';

let database: NodeDatabase;
beforeAll(async () => {
  database = await createNodeDatabase();
});
afterAll(() => database.close());

describe('cosignatures in PostgreSQL', () => {
  cosignatureStoreContract(
    async () => {
      const origin = randomUUID();
      return [new PostgresCosignatureStore(database.pool, origin), new PostgresCosignatureStore(database.pool, origin)];
    },
    async (ms) => {
      await database.pool.query(
        `update app.witness_round set next_at = next_at - $1::float8 * interval '1 millisecond'`,
        [ms],
      );
    },
  );

  it('are those of one log', async () => {
    const [own, other] = [randomUUID(), randomUUID()].map((it) => new PostgresCosignatureStore(database.pool, it));
    await own!.keep({ witness: 'a', size: 3, note: 'note', lines: 'lines' });
    await other!.forgetBelow(9);
    expect(await other!.cosigned()).toEqual([]);
    expect((await other!.standings()).size).toBe(0);
    expect(await own!.cosigned()).toHaveLength(1);
  });
});

describe('disputes in PostgreSQL', () => {
  disputeStoreContract(async () => {
    const origin = randomUUID();
    return [new PostgresDisputeStore(database.pool, origin), new PostgresDisputeStore(database.pool, origin)];
  });

  it.each([
    'delete from app.log_dispute',
    'truncate app.log_dispute',
    'update app.log_dispute set is_proven = false',
    "update app.log_dispute set evidence = ''",
    'alter table app.log_dispute disable trigger all',
    'drop table app.log_dispute',
  ])('stay: the login of the node may not %s', async (sql) => {
    await expect(database.pool.query(sql)).rejects.toMatchObject({ code: '42501' });
  });

  it.each(['delete from app.log_dispute', 'truncate app.log_dispute'])(
    'stay: the owner does not %s by mistake, and is told why by a code of its own',
    async (sql) => {
      const asOwner = withClient(database.ownerUrl, (client) => client.query(sql));
      await expect(asOwner).rejects.toMatchObject({ code: 'EL007' });
    },
  );
});
