import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { parse, stringify } from 'yaml';
import { PostgresLogReader } from '../../src/audit/log-reader.postgres.js';
import { openRecord } from '../../src/audit/record-cipher.js';
import type { ParticipantKeys } from '../../src/catalogue/catalogue.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { DirectoryKeyVault } from '../../src/vault/key-vault.directory.js';
import { logEntriesSince, logSize } from '../support/e2e-log.js';
import { e2eSystem, named } from '../support/e2e-system.js';
import { secondNode } from '../support/second-node.js';

const EVENTS = /^(catalogue|participant|key)\./;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'einmal-activation-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Entries of activations since an index, with their protected halves as the keys of the node open them. */
async function activationsSince(index: number) {
  const { keys, logins } = e2eSystem();
  const pool = new pg.Pool({ connectionString: named(logins, 'node'), max: 1 });
  const vault = new DirectoryKeyVault(join(named(keys, 'node'), 'vault'));
  try {
    const entries = (await logEntriesSince(index)).filter(({ event }) => EVENTS.test(event));
    return await Promise.all(
      entries.map(async ({ index, event, consumer }) => {
        const record = await new PostgresLogReader(pool).record(index);
        const { part } = openRecord(record!.sealed, (await vault.find(record!.sealed.epoch))!);
        return { event, consumer, ...part };
      }),
    );
  } finally {
    await pool.end();
  }
}

it('a node that starts with another catalogue writes down what it changes: versions, participants, keys, before it serves', async () => {
  const { catalogue } = e2eSystem();
  const changed = join(folder, 'catalogue');
  await cp(catalogue, changed, { recursive: true });
  const participants = await readFile(join(changed, 'participants.yaml'), 'utf8');
  await writeFile(
    join(changed, 'participants.yaml'),
    participants.replace('Onlinedienst Elterngeld (Demo)', 'Onlinedienst Elterngeld'),
  );
  const { keys }: { keys: ParticipantKeys[] } = parse(await readFile(join(changed, 'keys.yaml'), 'utf8'));
  const added = 'A'.repeat(43);
  const rotated = keys.map((it) =>
    it.participant === 'elterngeld-online' ? { ...it, certificates: [...it.certificates, added] } : it,
  );
  await writeFile(join(changed, 'keys.yaml'), stringify({ keys: rotated }));
  const [before, after] = [catalogue, changed].map((it) => loadCatalogue({ folder: it }).version);

  const from = await logSize();
  await (await secondNode(folder, { catalogue: changed })).stop();
  const facts = { kind: 'online-service', area: 'arbeit-soziales', decryption_by: 'node' };
  const certificate = { use: 'certificate', held: false, id: added };
  expect(await activationsSince(from)).toEqual([
    { event: 'catalogue.activated', consumer: 'node', activation: { version: after, previous: before } },
    {
      event: 'participant.changed',
      consumer: 'node',
      change: {
        participant: 'elterngeld-online',
        before: { ...facts, title: 'Onlinedienst Elterngeld (Demo)' },
        after: { ...facts, title: 'Onlinedienst Elterngeld' },
      },
    },
    { event: 'key.added', consumer: 'node', change: { participant: 'elterngeld-online', key: certificate } },
  ]);

  const back = await logSize();
  await (await secondNode(folder)).stop();
  expect((await activationsSince(back)).map(({ event }) => event)).toEqual([
    'catalogue.activated',
    'participant.changed',
    'key.removed',
  ]);
  const again = await logSize();
  await (await secondNode(folder)).stop();
  expect(await activationsSince(again)).toEqual([
    { event: 'catalogue.activated', consumer: 'node', activation: { version: before, previous: before } },
  ]);
}, 120_000);
