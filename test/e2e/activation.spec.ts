import { spawn } from 'node:child_process';
import { once } from 'node:events';
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
import { freePort } from '../../src/demo/free-port.js';
import { inheritedEnvironment } from '../../src/demo/inherited-environment.js';
import { packageRoot } from '../../src/platform/paths.js';
import { DirectoryKeyVault } from '../../src/vault/key-vault.directory.js';
import { logEntriesSince, logSize } from '../support/e2e-log.js';
import { e2eSystem, named } from '../support/e2e-system.js';

const EVENTS = /^(catalogue|participant|key)\./;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'einmal-activation-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Starts another node on the database of the system with its own copy of the catalogue, until it serves, and ends it. */
async function startNodeWith(catalogue: string): Promise<void> {
  const { keys, logins, trust } = e2eSystem();
  const http = await freePort();
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(packageRoot, 'dist/src/main.js')],
    {
      env: {
        ...inheritedEnvironment(),
        EINMAL_MODE: 'development',
        EINMAL_PARTICIPANT: 'node',
        EINMAL_CATALOGUE: catalogue,
        EINMAL_KEYS: named(keys, 'node'),
        DATABASE_URL: named(logins, 'node'),
        EINMAL_GRPC_PORT: String(await freePort()),
        EINMAL_HTTP_PORT: String(http),
        EINMAL_ISSUER: `https://localhost:${http}`,
        EINMAL_LOG_ORIGIN: trust.log.split('+')[0],
        EINMAL_CHECKPOINT_FILE: join(folder, 'checkpoint'),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const end = setTimeout(() => child.kill('SIGKILL'), 30_000);
  const closed = once(child, 'close');
  let said = '';
  child.stderr.on('data', (text: Buffer) => {
    said += text.toString();
    if (said.includes('"msg":"ready"')) child.kill('SIGTERM');
  });
  await closed;
  clearTimeout(end);
  expect(said).toContain('"msg":"ready"');
}

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
  await startNodeWith(changed);
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
  await startNodeWith(catalogue);
  expect((await activationsSince(back)).map(({ event }) => event)).toEqual([
    'catalogue.activated',
    'participant.changed',
    'key.removed',
  ]);
  const again = await logSize();
  await startNodeWith(catalogue);
  expect(await activationsSince(again)).toEqual([
    { event: 'catalogue.activated', consumer: 'node', activation: { version: before, previous: before } },
  ]);
}, 120_000);
