import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ed25519Verifier, type NoteSigner } from '#libs/tlog/signed-note.js';
import { CheckpointGuard } from '../../src/audit/checkpoint-guard.js';
import { checkState } from '../../src/audit/known-state.js';
import { PostgresLogReader } from '../../src/audit/log-reader.postgres.js';
import { readLogSigner } from '../../src/audit/log-signer.js';
import { openRecord } from '../../src/audit/record-cipher.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { withClient } from '../../src/demo/database.js';
import { writeCatalogue } from '../../src/demo/deployment.js';
import { createPki, type Pki } from '../../src/demo/pki.js';
import { fsck } from '../../src/recovery/fsck.js';
import { PostgresLogSnapshot } from '../../src/recovery/log-snapshot.postgres.js';
import { NextLogKey } from '../../src/recovery/next-log-key.js';
import { PostgresOldDatabase } from '../../src/recovery/old-database.postgres.js';
import { startOpening, startProposal, startSignature } from '../../src/recovery/start-opening.js';
import { FileCheckpointStore } from '../../src/vault/checkpoint-store.file.js';
import { DirectoryKeyVault } from '../../src/vault/key-vault.directory.js';
import { DirectoryKnownLogs } from '../../src/vault/known-logs.directory.js';
import { DirectoryTombstones } from '../../src/vault/tombstones.directory.js';
import { anEntry } from '../audit/entries.js';
import { createLogDatabase, type LogDatabase } from '../audit/log-database.js';
import { FixedClock } from '../audit/log-keys.js';
import { MemoryLogStore } from '../audit/memory-log-store.js';
import { fill } from '../recovery/logged.js';
import { begunHistory } from '../support/begun-history.js';

const ORIGIN = 'log.test.example/node';
const NEXT = 'log.test.example/next';

let folder: string;
let pki: Pki;
let keys: string;
let signer: NoteSigner;
/** What was acknowledged is 8 entries; the database that was put back has 5. */
let restored: LogDatabase;
let fresh: LogDatabase;
let environment: Record<string, string>;

async function setUp(): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'einmal-open-'));
  const bare = loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' });
  pki = await createPki(join(folder, 'keys'), bare.participants);
  await writeCatalogue(join(folder, 'catalogue'), { ...pki, endpoints: bare.endpoints });
  keys = pki.folderOf('node');
  signer = await readLogSigner(keys, ORIGIN);
  [restored, fresh] = [await createLogDatabase(), await createLogDatabase()];
  await fill(storeOf(restored), 1);
  const lost = new MemoryLogStore(signer, vault(), new FixedClock());
  await fill(lost, 2);
  await new CheckpointGuard(checkpoints('checkpoint'), verifier()).check(lost);
  environment = {
    EINMAL_PARTICIPANT: 'node',
    EINMAL_CATALOGUE: join(folder, 'catalogue'),
    EINMAL_KEYS: keys,
    EINMAL_LOG_ORIGIN: ORIGIN,
    EINMAL_CHECKPOINT_FILE: join(folder, 'checkpoint'),
    DATABASE_URL: restored.urlOf(restored.nodeRole),
    EINMAL_DATABASE_OWNER_URL: restored.owner.options.connectionString ?? '',
    EINMAL_NEW_DATABASE_URL: fresh.urlOf(fresh.nodeRole),
    EINMAL_NEW_CHECKPOINT_FILE: join(folder, 'new-checkpoint'),
  };
}

async function tearDown(): Promise<void> {
  await Promise.all([restored.close(), fresh.close()]);
  await rm(folder, { recursive: true, force: true });
}

const vault = () => new DirectoryKeyVault(join(keys, 'vault'));
const tombstones = () => new DirectoryTombstones(join(keys, 'vault', 'tombstones'));
const logs = () => new DirectoryKnownLogs(join(keys, 'vault', 'logs'));
const checkpoints = (name: string) => new FileCheckpointStore(join(folder, name));
const verifier = () => ed25519Verifier(signer.vkey);
const storeOf = (database: LogDatabase, by = signer) =>
  database.store({ signer: by, vault: vault(), clock: new FixedClock() });

async function signed(
  administrators = ['administrator-1', 'administrator-2'],
  statement?: unknown,
  holders = pki,
): Promise<string[]> {
  const file = join(folder, 'statement.json');
  await writeFile(file, JSON.stringify(statement ?? (await startProposal(NEXT, environment))));
  const tokens = [];
  for (const id of administrators)
    tokens.push((await startSignature({ statement: file, key: holders.administratorKeyFile(id) }, id)).token);
  return tokens;
}

const refused = (message: string) =>
  expect.objectContaining({ name: 'RecoveryRefused', message: expect.stringContaining(message) });

function stateOf(database: LogDatabase, by: NoteSigner, checkpoint: string) {
  return {
    store: storeOf(database, by),
    reader: new PostgresLogReader(database.pool),
    guard: new CheckpointGuard(checkpoints(checkpoint), ed25519Verifier(by.vkey)),
    logs: logs(),
    origin: by.name,
    backupMaxAgeDays: 31,
  };
}

async function firstOf(database: LogDatabase) {
  const record = (await new PostgresLogReader(database.pool).record(0))!;
  return { event: record.caller.event, ...openRecord(record.sealed, (await vault().find(record.sealed.epoch))!).part };
}

describe('a proposal', () => {
  beforeAll(setUp, 60_000);
  afterAll(tearDown);

  it('names both logs, what was acknowledged, what is there and what is lost', async () => {
    const statement = await startProposal(NEXT, environment);
    const { root } = await storeOf(restored).head();
    expect(statement).toMatchObject({
      node: 'node',
      old_log: signer.vkey,
      new_log: expect.stringMatching(/^log\.test\.example\/next\+/),
      cause: 'BEHIND',
      kept: { size: 8 },
      database: { size: 5, root: root.toString('base64') },
      lost: { from: 5, to: 8 },
    });
    expect((await stat(join(keys, 'signing', 'log-next.jwk.json'))).mode & 0o777).toBe(0o600);
    expect(await startProposal(NEXT, environment)).toEqual(statement);
    expect((await readLogSigner(keys, ORIGIN)).vkey).toBe(signer.vkey);
  });

  it('names everything as lost where the database has another history', async () => {
    const other = new MemoryLogStore(signer, vault(), new FixedClock());
    await other.append([anEntry(), anEntry()]);
    await new CheckpointGuard(checkpoints('forked'), verifier()).check(other);
    const forked = { ...environment, EINMAL_CHECKPOINT_FILE: join(folder, 'forked') };
    expect(await startProposal(NEXT, forked)).toMatchObject({
      cause: 'FORKED',
      kept: { size: 2 },
      database: { size: 5 },
      lost: { from: 0, to: 2 },
    });
  });

  it('is not made of a healthy log', async () => {
    const healthy = { ...environment, EINMAL_CHECKPOINT_FILE: join(folder, 'other-checkpoint') };
    await expect(startProposal(NEXT, healthy)).rejects.toMatchObject({ name: 'NothingToRecover' });
  });

  it.each([ORIGIN, 'a b', 'a+b', ''])('is not made for a new log named %j', async (name) => {
    await expect(startProposal(name, environment)).rejects.toEqual(refused('a name of its own'));
  });

  it('is signed by nobody who reads something else than a proposal', async () => {
    await expect(signed(['administrator-1'], { anything: true })).rejects.toEqual(refused('no statement'));
  });

  it('is not made where the kept checkpoint itself cannot be trusted', async () => {
    await writeFile(join(folder, 'checkpoint.8'), 'nothing');
    await expect(startProposal(NEXT, environment)).rejects.toMatchObject({ code: 'FILE_INVALID' });
  });
});

describe('a log that two persons end', () => {
  beforeEach(setUp, 60_000);
  afterEach(tearDown);

  it('goes on in another one, whose first entry names what is lost and both of them', async () => {
    const tokens = await signed();
    const { statement, newOrigin } = await startOpening(tokens, environment);
    expect(newOrigin).toBe(NEXT);
    expect(await firstOf(fresh)).toEqual({
      event: 'log.opened',
      recovery: { statement, by: ['administrator-1', 'administrator-2'], signed: tokens },
    });
    const next = await readLogSigner(keys, NEXT);
    expect(next.vkey).toBe(statement.new_log);
    expect(await checkState(stateOf(fresh, next, 'new-checkpoint'))).toBe('held');
    expect((await storeOf(fresh, next).append([anEntry()]))[0]!.index).toBe(1);
  });

  it('signs nothing any more: its key is gone, its node is told so, its database takes no entry', async () => {
    await startOpening(await signed(), environment);
    expect(await readFile(join(keys, 'signing', 'log.jwk.json'), 'utf8')).toContain(NEXT);
    await expect(checkState(stateOf(restored, signer, 'checkpoint'))).rejects.toMatchObject({ name: 'LogEnded' });
    await expect(storeOf(restored).append([anEntry()])).rejects.toMatchObject({
      name: 'LogUnavailable',
      written: 'no',
    });
    const node = restored.poolOfNode();
    await expect(node.query("select log.lock_head('{}', '{}', '{}', '{}', '{}')")).rejects.toMatchObject({
      code: '42501',
    });
    await expect(restored.purge.query("select log.erase_records(0, '{}', '')")).rejects.toMatchObject({
      code: '42501',
    });
    const later = restored.urlOf(restored.nodeRole);
    await withClient(later, async (client) => {
      const { rows } = await client.query("select current_setting('default_transaction_read_only') as value");
      expect(rows).toEqual([{ value: 'on' }]);
      expect((await client.query('select from log.entry')).rowCount).toBe(5);
    });
  });

  it('stays as evidence that can be checked, without what was erased from it one by one (DSGVO Art. 17)', async () => {
    const reader = new PostgresLogReader(restored.pool);
    const gone = (await reader.record(1))!;
    await tombstones().bury([gone.sealed.recordId]);
    await startOpening(await signed(), environment);
    const left = (await reader.record(1))!;
    expect({ ...left, sealed: undefined }).toEqual({ ...gone, sealed: undefined });
    expect([left.sealed.wrappedKey.length, left.sealed.ciphertext.length]).toEqual([0, 0]);
    const { rowCount } = await restored.pool.query('select from log.subject_index where index = 1');
    expect(rowCount).toBe(0);
    const parts = { log: verifier(), vault: { keys: vault(), tombstones: tombstones() }, hasEnded: true };
    const result = await withClient(restored.urlOf(restored.nodeRole), async (client) =>
      fsck({ ...parts, snapshot: await PostgresLogSnapshot.open(client) }),
    );
    expect(result).toMatchObject({ size: 5, opened: 4 });
    expect(result.fault).toBeUndefined();
  });

  it('is not ended a second time, by the same signatures or others', async () => {
    const tokens = await signed();
    await startOpening(tokens, environment);
    const before = await storeOf(fresh).head();
    await startOpening(tokens, environment);
    expect(await storeOf(fresh).head()).toEqual(before);
    await expect(startProposal('log.test.example/third', environment)).rejects.toMatchObject({ name: 'LogEnded' });
  });
});

describe('a log is not opened', () => {
  beforeAll(setUp, 60_000);
  afterAll(tearDown);
  afterEach(async () => {
    expect(await logs().find(ORIGIN)).not.toHaveProperty('successor');
    expect((await readLogSigner(keys, ORIGIN)).vkey).toBe(signer.vkey);
  });

  it('by persons whom the folder names and nobody decided on', async () => {
    const catalogue = join(folder, 'catalogue');
    const before = await readFile(join(catalogue, 'administrators.yaml'), 'utf8');
    await begunHistory(restored.pool, catalogue);
    const bare = loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' });
    const others = await createPki(join(folder, 'other-keys'), bare.participants);
    await writeFile(join(catalogue, 'administrators.yaml'), JSON.stringify({ administrators: others.administrators }));
    const tokens = await signed(undefined, undefined, others);
    await expect(startOpening(tokens, environment)).rejects.toEqual(refused('a signature is refused'));
    await writeFile(join(catalogue, 'administrators.yaml'), before);
  });

  it('by one person', async () => {
    const [one] = await signed();
    await expect(startOpening([one!, one!], environment)).rejects.toEqual(refused('two persons'));
  });

  it('where the log is healthy by now, as after its WAL was found', async () => {
    const tokens = await signed();
    const found = { ...environment, EINMAL_CHECKPOINT_FILE: join(folder, 'other-checkpoint') };
    await expect(startOpening(tokens, found)).rejects.toMatchObject({ name: 'NothingToRecover' });
  });

  it('about another log', async () => {
    const statement = await startProposal(NEXT, environment);
    const old_log = (await new NextLogKey(keys).find('log.test.example/other'))!.vkey;
    const tokens = await signed(undefined, { ...statement, old_log });
    await expect(startOpening(tokens, environment)).rejects.toEqual(refused('about another log'));
  });

  it('without the settings that it needs, all of which are named', async () => {
    const tokens = await signed();
    const { EINMAL_NEW_DATABASE_URL: _, EINMAL_DATABASE_OWNER_URL: _owner, ...less } = environment;
    await expect(startOpening(tokens, less)).rejects.toMatchObject({
      faults: [
        expect.stringContaining('EINMAL_DATABASE_OWNER_URL'),
        expect.stringContaining('EINMAL_NEW_DATABASE_URL'),
      ],
    });
    const same = { ...environment, EINMAL_NEW_CHECKPOINT_FILE: environment.EINMAL_CHECKPOINT_FILE! };
    await expect(startOpening(tokens, same)).rejects.toMatchObject({
      faults: [expect.stringContaining('EINMAL_NEW_CHECKPOINT_FILE')],
    });
  });

  it('in a database that has entries', async () => {
    const tokens = await signed();
    const used = { ...environment, EINMAL_NEW_DATABASE_URL: environment.DATABASE_URL! };
    await expect(startOpening(tokens, used)).rejects.toEqual(refused('not empty'));
  });

  it('with another key than the two saw', async () => {
    const tokens = await signed();
    await rm(join(keys, 'signing', 'log-next.jwk.json'));
    await new NextLogKey(keys).make(NEXT);
    await expect(startOpening(tokens, environment)).rejects.toEqual(refused('not the key'));
  });

  it('where the database is not as the two saw it', async () => {
    const tokens = await signed();
    await storeOf(restored).append([anEntry()]);
    await expect(startOpening(tokens, environment)).rejects.toEqual(refused('not as the statement says'));
  });
});

describe('an opening that dies', () => {
  beforeEach(setUp, 60_000);
  afterEach(tearDown);

  it.each([
    ['before the old database is sealed', () => dyingSeal()],
    ['before the key is in use', () => dyingUse()],
  ])('%s leaves the old log ended, and done again comes to its end', async (_when, dying) => {
    const tokens = await signed();
    const undo = dying();
    await expect(startOpening(tokens, environment)).rejects.toThrow('killed');
    undo();
    await expect(checkState(stateOf(restored, signer, 'checkpoint'))).rejects.toMatchObject({ name: 'LogEnded' });
    await startOpening(tokens, environment);
    expect((await firstOf(fresh)).event).toBe('log.opened');
    expect((await storeOf(fresh).head()).size).toBe(1);
    expect((await readLogSigner(keys, NEXT)).vkey).toBe((await firstOf(fresh)).recovery!.statement.new_log);
  });
});

const killed = async () => Promise.reject(new Error('killed'));

/** The next call dies; gives back what undoes that. */
function dyingSeal(): () => void {
  const { seal } = PostgresOldDatabase.prototype;
  PostgresOldDatabase.prototype.seal = killed;
  return () => {
    PostgresOldDatabase.prototype.seal = seal;
  };
}

function dyingUse(): () => void {
  const { use } = NextLogKey.prototype;
  NextLogKey.prototype.use = killed;
  return () => {
    NextLogKey.prototype.use = use;
  };
}
