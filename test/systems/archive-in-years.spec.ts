import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair } from 'jose';
import { parse, stringify } from 'yaml';
import { type AuthorityConnection, connectAuthority, type TaskAnswer } from '../../src/client/authority-connection.js';
import { connectCatalogueChanges } from '../../src/client/catalogue-changes.js';
import { withClient } from '../../src/demo/database.js';
import { cast } from '../../src/demo/people/cast.js';
import { type RunningSystem, startSystem } from '../../src/demo/supervisor.js';
import { packageRoot } from '../../src/platform/paths.js';
import { importSigningKey } from '../../src/tokens/jws.js';
import type { Archive } from '../../src/verify/archive.js';
import { BREMEN } from '../support/e2e-consumer.js';
import { byAddress } from '../support/e2e-people.js';
import { verifyArchive } from '../verifier/second-verifier.js';

const run = promisify(execFile);
const REGISTER = 'gewerberegister-bremen';
const DATA = join(packageRoot, 'data', 'test-e2e-archive');
const LONG_MS = 240_000;

let system: RunningSystem;
let connection: AuthorityConnection;
let kept: Readonly<{ task: TaskAnswer; file: string; archive: Archive; vkey: string }>;

async function start(): Promise<void> {
  system = await startSystem({
    dataFolder: DATA,
    fresh: true,
    personCount: 200,
    only: [REGISTER, 'identity-directory', 'intermediary', 'node'],
  });
  connection = await connectAuthority(system.profile('ihk-bremen'));
}

async function stop(): Promise<void> {
  connection?.close();
  await system?.stop();
}

/** The register exchanges its key: two administrators change the catalogue, its operator the key and the own copy. */
async function rotate(number: number): Promise<void> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const named = { kid: `${REGISTER}-evidence-${number}`, alg: 'ES256' };
  const next = { ...named, use: 'evidence', jwk: await exportJWK(publicKey) };
  const changes = await connectCatalogueChanges(system.profile('pages'));
  try {
    const { files } = await changes.files();
    const { keys }: { keys: { participant: string; keys: { use: string }[] }[] } = parse(files['keys.yaml'] ?? '');
    for (const it of keys)
      if (it.participant === REGISTER) it.keys = it.keys.map((key) => (key.use === 'evidence' ? next : key));
    const changed = { 'keys.yaml': stringify({ keys }, { aliasDuplicateObjects: false }) };
    const { version, faults } = await changes.propose(await acting('administrator-1'), { files: changed, version: '' });
    expect(faults).toEqual([]);
    await changes.decide(await acting('administrator-2'), version, true, 'a new key');
    await writeFile(join(DATA, 'catalogue', 'keys.yaml'), changed['keys.yaml']);
  } finally {
    changes.close();
  }
  const file = join(system.pki.folderOf(REGISTER), 'signing', 'evidence.jwk.json');
  await writeFile(file, JSON.stringify({ ...(await exportJWK(privateKey)), ...named }));
  await system.process(REGISTER).restart();
}

async function acting(id: string) {
  const key = JSON.parse(await readFile(system.pki.administratorKeyFile(id), 'utf8'));
  return { id, key: await importSigningKey(key) };
}

async function ask() {
  const task = await connection.retrieve({
    purpose: 'gewerbeanzeige-aufgaben',
    evidenceType: 'gewerbeanzeige-anmeldung',
    subject: byAddress('trader', cast.father),
    fileReference: 'GA-7-2026',
    actingOfficial: 'Sachbearbeitung 12',
    assurance: 'substantial',
    ars: BREMEN,
  });
  return { task, archive: await connection.archive(task, system.trust.log) };
}

/** As anybody runs it, with nothing of the system but the file and the key of the log. */
async function verify(file: string, ...args: string[]): Promise<Readonly<{ code: number; out: string }>> {
  const command = ['dist/src/cli/main.js', 'verify', 'archive', file, ...args];
  const ended = await run(process.execPath, command, { env: { PATH: process.env.PATH } }).catch((error) => error);
  return { code: ended.code ?? 0, out: ended.stdout };
}

function thumbprintOf({ evidence }: Archive): unknown {
  return evidence[0]?.entry.opening.caller.key_thumbprint;
}

/** One story on a system of its own, in order. */
describe('an archive, in years', () => {
  beforeAll(async () => {
    await start();
    const { task, archive } = await ask();
    const file = join(DATA, 'answer.json');
    await writeFile(file, JSON.stringify(archive));
    kept = { task, archive, file, vkey: system.trust.log };
  }, LONG_MS);
  afterAll(stop, 60_000);

  it('holds when it is written', async () => {
    expect(await verify(kept.file, '--vkey', kept.vkey)).toMatchObject({
      code: 0,
      out: expect.stringContaining('It holds.'),
    });
  });

  it(
    'holds after two rotations of the issuer’s key, whose history the log tells',
    async () => {
      await rotate(2);
      const second = await ask();
      await rotate(3);
      const third = await ask();
      expect(new Set([kept, second, third].map(({ archive }) => thumbprintOf(archive))).size).toBe(3);
      expect(verifyArchive(third.archive, system.trust.log)).toEqual([]);
      expect(await verify(kept.file, '--vkey', kept.vkey)).toMatchObject({ code: 0 });
      // Too late for an archive of the second answer: the catalogue names its key no more.
      await expect(connection.archive(second.task, system.trust.log)).rejects.toThrow(
        'names the key of the register no more',
      );
    },
    LONG_MS,
  );

  it(
    'holds after the records of its entries are erased, which nobody opens any more (IDNrG § 9 Abs. 3)',
    async () => {
      const { answer } = kept.task;
      // The grant could be used again without its state: it is erased two hours later at the earliest.
      const entries = [answer.receipt, ...answer.evidence.map(({ receipt }) => receipt)];
      const environment = {
        PATH: process.env.PATH,
        EINMAL_PARTICIPANT: 'node',
        EINMAL_CATALOGUE: join(DATA, 'catalogue'),
        EINMAL_KEYS: system.pki.folderOf('node'),
        EINMAL_LOG_ORIGIN: system.trust.log.split('+')[0],
        EINMAL_CHECKPOINT_FILE: join(DATA, 'state', 'checkpoint'),
        DATABASE_URL: system.databases.urlOf('node'),
        EINMAL_PURGE_DATABASE_URL: system.databases.purgeUrlOf('node'),
      };
      const grounds = ['--reason', 'a test', '--file-reference', 'DS-1-2026', '--ordered-by', 'a test'];
      const indices = entries.map(({ log_index }) => String(log_index));
      await run(process.execPath, ['dist/src/cli/main.js', 'audit', 'erase', '--entry', ...indices, ...grounds], {
        env: environment,
      });
      await withClient(system.databases.ownerUrlOf('node'), async (client) => {
        const { rows } = await client.query('select from log.record where index = any ($1)', [indices]);
        expect(rows).toEqual([]);
      });
      expect(await verify(kept.file, '--vkey', kept.vkey)).toMatchObject({ code: 0 });
      expect(verifyArchive(JSON.parse(await readFile(kept.file, 'utf8')), kept.vkey)).toEqual([]);
    },
    LONG_MS,
  );

  it('holds when the whole system is gone', async () => {
    await stop();
    await rm(join(DATA, 'keys'), { recursive: true });
    expect(await verify(kept.file, '--vkey', kept.vkey)).toMatchObject({ code: 0 });
  });

  it('ends with 1 and names what was changed, with 2 and names what is missing', async () => {
    const other = join(DATA, 'other.json');
    const [piece] = kept.archive.evidence;
    await writeFile(other, JSON.stringify({ ...kept.archive, evidence: [{ ...piece, assurance: 'high' }] }));
    expect(await verify(other)).toMatchObject({
      code: 1,
      out: expect.stringContaining('first that does not hold: each piece of evidence is signed by its register'),
    });
    await writeFile(other, JSON.stringify({ ...kept.archive, entry: undefined }));
    expect(await verify(other)).toMatchObject({ code: 2, out: expect.stringContaining("required property 'entry'") });
    expect(await verify(join(DATA, 'nothing.json'))).toMatchObject({ code: 2 });
  });
});
