import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { PostgresLogReader } from '../../src/audit/log-reader.postgres.js';
import { openRecord } from '../../src/audit/record-cipher.js';
import { issueLeaf } from '../../src/demo/certificates.js';
import { DirectoryKeyVault } from '../../src/vault/key-vault.directory.js';
import { consumer, peerOf } from '../support/e2e-consumer.js';
import { logSize, queryNode } from '../support/e2e-log.js';
import { expectRefusal } from '../support/e2e-refusal.js';
import { developmentAuthority, e2eSystem, named } from '../support/e2e-system.js';
import { NodeWire } from '../support/e2e-wire.js';
import { type SecondNode, secondNode } from '../support/second-node.js';

let folder: string;
let node: SecondNode;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'einmal-security-'));
  node = await secondNode(folder);
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

it('refusals before authentication are counted in one entry, which names nobody; a node that ends writes what it counted (design 6)', async () => {
  const familienkasse = await consumer('familienkasse-online');
  const stranger = await issueLeaf(developmentAuthority(), {
    commonName: 'familienkasse-online',
    participant: 'familienkasse-online',
  });
  const wire = new NodeWire({ ...peerOf(familienkasse.profile), address: node.grpc }, stranger);
  const from = await logSize();
  for (let i = 0; i < 3; i++)
    await expectRefusal(wire.call('CatalogueService/DescribeService', { service: 'kindergeld' }), {
      reason: 'CALLER_UNKNOWN',
    });
  wire.close();
  familienkasse.close();
  await node.stop();
  const summaries = await queryNode<{ index: string; consumer: string }>(
    "select index, consumer from log.record where index >= $1 and event = 'authentication.failed'",
    [from],
  );
  const { keys, logins } = e2eSystem();
  const vault = new DirectoryKeyVault(join(named(keys, 'node'), 'vault'));
  const pool = new pg.Pool({ connectionString: named(logins, 'node'), max: 1 });
  const counted = await Promise.all(
    summaries.map(async ({ index }) => {
      const record = await new PostgresLogReader(pool).record(Number(index));
      return openRecord(record!.sealed, (await vault.find(record!.sealed.epoch))!).part;
    }),
  ).finally(() => pool.end());
  // The node of the system may have summarised an earlier test meanwhile.
  const own = counted.filter(({ failures }) => failures?.counts['grpc CALLER_UNKNOWN'] === 3);
  expect(own).toEqual([
    { failures: { from: expect.any(String), to: expect.any(String), counts: { 'grpc CALLER_UNKNOWN': 3 } } },
  ]);
  expect(summaries.every((it) => it.consumer === 'node')).toBe(true);
}, 60_000);
