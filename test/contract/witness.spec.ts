import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { signCheckpoint } from '#libs/tlog/checkpoint.js';
import { cosignatureVerifier } from '#libs/tlog/cosignature.js';
import { ed25519Signer, type NoteSigner, openNote } from '#libs/tlog/signed-note.js';
import { formatAddCheckpoint, originHash, witnessedPath } from '#libs/tlog/witness-request.js';
import { readLogSigner } from '../../src/audit/log-signer.js';
import { CurrentCatalogue } from '../../src/catalogue/current-catalogue.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { namedWitnesses } from '../../src/catalogue/verifier-keys.js';
import { createDatabase, type Database, withClient } from '../../src/demo/database.js';
import { writeCatalogue } from '../../src/demo/deployment.js';
import { freePort } from '../../src/demo/free-port.js';
import { createPki, type Pki } from '../../src/demo/pki.js';
import { ConfigFault } from '../../src/platform/config.js';
import { HttpsPeer, PeerUnreachable } from '../../src/platform/https-peer.js';
import { migrate } from '../../src/platform/migrate.js';
import { openPool } from '../../src/platform/pool.js';
import { type RunningProcess, withOpened } from '../../src/platform/run-process.js';
import { readTlsIdentity, type TlsIdentity } from '../../src/platform/tls.js';
import { edgeMigrations } from '../../src/register-edge/migrations/edge-migrations.js';
import { startWitness, type WitnessConfig } from '../../src/witness-desk/start-witness.js';
import { PostgresWitnessMemory } from '../../src/witness-desk/witness-memory.postgres.js';
import { HttpsWitness } from '../../src/witnesses/witness.https.js';
import { SilentLog } from '../support/silent-log.js';
import { witnessMemoryContract } from '../witness-desk/witness-memory.contract.js';
import { witnessContract } from '../witnesses/witness.contract.js';

const WITNESS = 'melderegister-bremen';
const id = randomBytes(5).toString('hex');
const [name, owner, role] = [`witness_${id}`, `witness_owner_${id}`, `witness_login_${id}`];
const superuser = process.env.EINMAL_TEST_PG ?? '';
const operational = new SilentLog();

let database: Database;
const pools: pg.Pool[] = [];
const poolOf = (url: string): pg.Pool => {
  const pool = openPool(url, { max: 8, log: operational });
  pools.push(pool);
  return pool;
};
let pool: pg.Pool;
let asOwner: pg.Pool;

beforeAll(async () => {
  database = await createDatabase(superuser, { name, owner, logins: [role] });
  await migrate(database.ownerUrl, edgeMigrations(role));
  [pool, asOwner] = [poolOf(database.urlOf(role)), poolOf(database.ownerUrl)];
});
afterAll(async () => {
  await Promise.all(pools.map((it) => it.end()));
  await withClient(superuser, async (client) => {
    await client.query(`drop database "${name}" with (force)`);
    await client.query(`drop role "${owner}", "${role}"`);
  });
});

describe('the memory of a witness in PostgreSQL', () => {
  witnessMemoryContract(async () => [
    new PostgresWitnessMemory(pool),
    new PostgresWitnessMemory(poolOf(database.urlOf(role))),
  ]);

  it.each([
    ...['seen', 'fork', 'refused'].flatMap((table) => [
      `insert into witness.${table} default values`,
      `delete from witness.${table}`,
      `truncate witness.${table} cascade`,
    ]),
    'update witness.seen set size = size + 1',
    "update witness.fork set evidence = ''",
    'drop function witness.advance',
    'create table witness.more (id int)',
  ])('is changed by its functions alone: the login may not %s', async (sql) => {
    await expect(pool.query(sql)).rejects.toMatchObject({ code: '42501' });
  });

  it.each([
    'update witness.seen set size = size - 1',
    "update witness.seen set root = sha256('')",
    'delete from witness.seen',
    'truncate witness.seen cascade',
    'delete from witness.refused',
    "update witness.refused set request = ''",
  ])('is not forgotten by mistake: the owner does not %s', async (sql) => {
    await expect(asOwner.query(sql)).rejects.toMatchObject({ code: 'EW001' });
  });

  it('takes no note of another tree', async () => {
    const memory = new PostgresWitnessMemory(pool);
    const root = Buffer.alloc(32);
    for (const note of [`x\n1\n${root.toString('base64')}\n`, `y\n2\n${root.toString('base64')}\n`, 'y\n1\nAAAA\n'])
      await expect(memory.advance('y', undefined, { size: 1, root, note })).rejects.toMatchObject({ code: 'EW002' });
  });
});

describe('a witness over mutual TLS', () => {
  let folder: string;
  let pki: Pki;
  let catalogue: CurrentCatalogue;
  let config: WitnessConfig;
  let running: RunningProcess;

  const start = (settings: WitnessConfig) =>
    withOpened((opened) => startWitness(settings, { catalogue, pool, log: operational }, opened));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'einmal-witness-'));
    const bare = loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' });
    pki = await createPki(join(folder, 'keys'), bare.participants);
    await writeCatalogue(join(folder, 'catalogue'), { keys: pki.keys, endpoints: bare.endpoints });
    catalogue = new CurrentCatalogue(loadCatalogue({ folder: join(folder, 'catalogue') }));
    config = {
      participant: WITNESS,
      keyFolder: pki.folderOf(WITNESS),
      grpcHost: 'localhost',
      witnessPort: await freePort(),
      requestLimitBytes: 65_536,
    };
    running = await start(config);
  });
  afterAll(async () => {
    await running?.stop();
    await rm(folder, { recursive: true });
  });

  type Ask = Readonly<{ body?: string; headers?: Record<string, string>; tls?: TlsIdentity; maxVersion?: 'TLSv1.2' }>;
  const ask = (path: string, { body, headers, tls, maxVersion }: Ask = {}) =>
    new Promise<{ status: number | undefined; type: string | undefined; text: string }>((resolve, reject) => {
      const { ca, cert, key } = tls ?? readTlsIdentity(pki.folderOf('node'));
      const agent = new Agent({ ca, cert, key, ...(maxVersion && { maxVersion }) });
      const method = body === undefined ? 'GET' : 'POST';
      const sent = request(`https://localhost:${config.witnessPort}/${path}`, { method, agent, headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          agent.destroy();
          const text = Buffer.concat(chunks).toString();
          resolve({ status: answer.statusCode, type: answer.headers['content-type'], text });
        });
      });
      sent.on('error', (error) => {
        agent.destroy();
        reject(error);
      });
      sent.end(body);
    });
  const log = () => readLogSigner(pki.folderOf('node'), nodeOrigin());
  const nodeOrigin = () => catalogue.lookup.keys('node', 'log')[0]?.kid ?? '';
  const checkpoint = async (size: number, fill = size) =>
    signCheckpoint({ origin: nodeOrigin(), size, root: Buffer.alloc(32, fill) }, [await log()]);
  const first = async (size: number, fill?: number) =>
    formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint: await checkpoint(size, fill) });

  it('cosigns with the key that the catalogue names for it (C2SP tlog-witness, add-checkpoint)', async () => {
    const { status, text } = await ask('add-checkpoint', { body: await first(3) });
    expect(status).toBe(200);
    const [named] = namedWitnesses(catalogue.catalogue);
    expect(named?.participant).toBe(WITNESS);
    const cosigned = openNote((await checkpoint(3)) + text, named!.vkeys.map(cosignatureVerifier));
    expect(cosigned.signatures).toHaveLength(1);
    expect(await ask(witnessedPath(nodeOrigin()))).toEqual({
      status: 200,
      type: 'text/plain; charset=utf-8',
      text: (await checkpoint(3)) + text,
    });
  });

  it('remembers over a restart, and tells its size as text/x.tlog.size', async () => {
    await running.stop();
    running = await start(config);
    expect(await ask('add-checkpoint', { body: await first(9) })).toEqual({
      status: 409,
      type: 'text/x.tlog.size',
      text: '3\n',
    });
  });

  it.each(['text/plain', 'application/octet-stream', 'application/json', 'application/x-www-form-urlencoded'])(
    'reads a body of the type %s as text',
    async (type) => {
      const answer = await ask('add-checkpoint', { body: await first(9), headers: { 'content-type': type } });
      expect(answer.status).toBe(409);
    },
  );

  it('shows both histories of a log that signed two, to whoever asks', async () => {
    const hash = originHash(nodeOrigin());
    expect((await ask(`${hash}/fork`)).status).toBe(404);
    expect((await ask('add-checkpoint', { body: await first(3, 8) })).status).toBe(409);
    const { status, text } = await ask(`${hash}/fork`);
    expect(status).toBe(200);
    const { older, newer } = JSON.parse(text);
    expect([older, newer]).toEqual([await checkpoint(3), await checkpoint(3, 8)]);
    await running.stop();
    running = await start(config);
    expect((await ask('add-checkpoint', { body: await first(3) })).status).toBe(403);
  });

  it('answers 404 to other paths, 413 to too much, and says nothing of what failed', async () => {
    expect((await ask('')).status).toBe(404);
    expect((await ask('0/checkpoint')).status).toBe(404);
    expect((await ask('add-checkpoint', { body: 'x'.repeat(70_000) })).status).toBe(413);
    expect((await ask('add-checkpoint', { body: '' })).status).toBe(400);
  });

  it('takes TLS 1.3 with a certificate of the authority only, and submissions of participants only', async () => {
    const stranger = await pki.issue({ commonName: 'stranger', participant: 'stranger' });
    expect((await ask('add-checkpoint', { body: await first(3), tls: stranger })).status).toBe(401);
    const { ca } = readTlsIdentity(pki.folderOf('node'));
    await expect(ask('add-checkpoint', { body: 'x', tls: { ca, cert: '', key: '' } })).rejects.toThrow();
    await expect(ask('add-checkpoint', { body: 'x', maxVersion: 'TLSv1.2' })).rejects.toThrow();
  });

  describe('as the node asks it', () => {
    /** Logs of the node beside its real one, each used by one test. */
    const logs = Array.from({ length: 8 }, (_, i) => {
      const { privateKey, publicKey } = generateKeyPairSync('ed25519');
      return { signer: ed25519Signer(`log.example/${i}`, privateKey), jwk: publicKey.export({ format: 'jwk' }) };
    });
    const stranger = ed25519Signer('stranger.example', generateKeyPairSync('ed25519').privateKey);
    const clients: HttpsWitness[] = [];
    let used = 0;
    let port: number;
    let beside: RunningProcess;

    beforeAll(async () => {
      const { keys, ...rest } = catalogue.catalogue;
      const known = logs.map(({ signer, jwk }) => ({
        kid: signer.name,
        use: 'log' as const,
        alg: 'Ed25519' as const,
        jwk: { ...jwk },
      }));
      const withLogs = new CurrentCatalogue({
        ...rest,
        keys: keys.map((it) => (it.participant === 'node' ? { ...it, keys: [...it.keys, ...known] } : it)),
      });
      port = await freePort();
      const grounds = { catalogue: withLogs, pool, log: operational };
      beside = await withOpened((opened) => startWitness({ ...config, witnessPort: port }, grounds, opened));
    });
    afterAll(async () => {
      for (const it of clients) it.close();
      await beside.stop();
    });

    const asked = (address = `localhost:${port}`) => {
      const named = namedWitnesses(catalogue.catalogue).find((it) => it.participant === WITNESS)!;
      const client = new HttpsWitness(WITNESS, () => ({ ...named, address }), readTlsIdentity(pki.folderOf('node')));
      clients.push(client);
      return client;
    };

    witnessContract(stranger, async () => {
      const log: NoteSigner = logs[used++]!.signer;
      const witness = asked();
      return {
        witness,
        log,
        stop: async () => {
          await beside.stop();
          beside = await withOpened(async () => undefined);
        },
      };
    });
  });

  it('is not taken for another participant of the same authority', async () => {
    const peer = { address: `localhost:${config.witnessPort}`, serverName: 'localhost', certificates: ['x'] };
    const client = new HttpsPeer(peer, readTlsIdentity(pki.folderOf('node')));
    await expect(client.ask({ path: '/', timeoutMs: 5000 })).rejects.toThrow(PeerUnreachable);
    client.close();
  });

  it('does not start with a key that the catalogue does not name for it, or over a database without its tables', async () => {
    const other = { ...config, participant: 'personenstand-bremen', witnessPort: await freePort() };
    await expect(start(other)).rejects.toThrow(ConfigFault);
    const bare = poolOf(superuser);
    const opening = withOpened((opened) =>
      startWitness({ ...config, witnessPort: 1 }, { catalogue, pool: bare, log: operational }, opened),
    );
    await expect(opening).rejects.toThrow('has not been migrated for a witness');
  });
});
