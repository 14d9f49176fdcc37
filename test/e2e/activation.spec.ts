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
import { type CatalogueChanges, connectCatalogueChanges } from '../../src/client/catalogue-changes.js';
import { importSigningKey } from '../../src/tokens/jws.js';
import { DirectoryKeyVault } from '../../src/vault/key-vault.directory.js';
import { consumer } from '../support/e2e-consumer.js';
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

/** Changes what is in force, by the two administrators of the system. */
async function change(changes: CatalogueChanges, files: Readonly<Record<string, string>>, version = '') {
  const acting = async (id: string) => ({
    id,
    key: await importSigningKey(
      JSON.parse(await readFile(join(e2eSystem().dataFolder, 'keys', 'administrators', `${id}.jwk.json`), 'utf8')),
    ),
  });
  const proposed = await changes.propose(await acting('administrator-1'), { files, version });
  expect(proposed.faults).toEqual([]);
  await changes.decide(await acting('administrator-2'), proposed.version, true, 'agreed');
  return proposed.version;
}

it('a node writes down what comes into force changes: versions, participants, keys, before it works by it', async () => {
  const pages = await consumer('pages');
  pages.close();
  const changes = await connectCatalogueChanges(pages.profile);
  const { version: before, files } = await changes.files();
  const { keys }: { keys: ParticipantKeys[] } = parse(files['keys.yaml'] ?? '');
  const added = 'A'.repeat(43);
  const rotated = keys.map((it) =>
    it.participant === 'elterngeld-online' ? { ...it, certificates: [...it.certificates, added] } : it,
  );

  const from = await logSize();
  const after = await change(changes, {
    'participants.yaml': (files['participants.yaml'] ?? '').replace(
      'Onlinedienst Elterngeld (Demo)',
      'Onlinedienst Elterngeld',
    ),
    'keys.yaml': stringify({ keys: rotated }),
  });
  const facts = { kind: 'online-service', area: 'arbeit-soziales', decryption_by: 'node' };
  const certificate = { use: 'certificate', held: false, id: added };
  expect((await activationsSince(from)).filter(({ proposal }) => proposal === undefined)).toEqual([
    {
      event: 'catalogue.activated',
      consumer: 'node',
      activation: { version: after, previous: before, proposal: expect.any(String) },
    },
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
  await change(changes, {}, before);
  expect((await activationsSince(back)).map(({ event }) => event)).toEqual([
    'catalogue.proposed',
    'catalogue.approved',
    'catalogue.activated',
    'participant.changed',
    'key.removed',
  ]);
  changes.close();
}, 120_000);

it('a node that starts writes down what it starts with; files that say otherwise count no more', async () => {
  const { catalogue } = e2eSystem();
  const changed = join(folder, 'catalogue');
  await cp(catalogue, changed, { recursive: true });
  const settings = await readFile(join(changed, 'settings.yaml'), 'utf8');
  await writeFile(
    join(changed, 'settings.yaml'),
    settings.replace('check_inside_areas: true', 'check_inside_areas: false'),
  );
  const [inForce, inFiles] = [catalogue, changed].map((it) => loadCatalogue({ folder: it }).version);
  expect(inFiles).not.toBe(inForce);
  const from = await logSize();
  await (await secondNode(folder, { catalogue: changed })).stop();
  expect(await activationsSince(from)).toEqual([
    { event: 'catalogue.activated', consumer: 'node', activation: { version: inForce, previous: inForce } },
  ]);
}, 120_000);
