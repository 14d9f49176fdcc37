import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CqrsModule } from '@nestjs/cqrs';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { append, emptyRange, root } from '#libs/merkle/compact-range.js';
import { leafHash } from '#libs/merkle/hash.js';
import { openCheckpoint } from '#libs/tlog/checkpoint.js';
import { cosign, cosignatureVerifier } from '#libs/tlog/cosignature.js';
import { parsePolicy } from '#libs/tlog/policy.js';
import { LogReader } from '../../src/audit/log-reader.js';
import { PostgresLogReader } from '../../src/audit/log-reader.postgres.js';
import { LogStore } from '../../src/audit/log-store.js';
import { GetCheckpointHandler } from '../../src/transparency/get-checkpoint.js';
import { GetLogStatusHandler } from '../../src/transparency/get-log-status.js';
import { GetTileHandler } from '../../src/transparency/get-tile.js';
import { LogHttp } from '../../src/transparency/log.http.js';
import { LogKey } from '../../src/transparency/log-key.js';
import { LogWitnesses } from '../../src/transparency/log-witnesses.js';
import { checkLog } from '../../src/verify/check-log.js';
import { CosignatureStore } from '../../src/witnesses/cosignature-store.js';
import { LogDispute } from '../../src/witnesses/log-dispute.js';
import { trustPolicy } from '../../src/witnesses/trust-policy.js';
import { WitnessedCheckpoints } from '../../src/witnesses/witnessed-checkpoints.js';
import { anEntry } from '../audit/entries.js';
import { createLogDatabase, type LogDatabase } from '../audit/log-database.js';
import { logSigner, logVerifier } from '../audit/log-keys.js';
import { cosigner } from '../libs/tlog/keys.js';
import { MemoryCosignatureStore } from '../witnesses/memory-stores.js';

const SIZE = 600;
const WITNESSES = [1, 2, 3].map((seed) => ({
  participant: `w${seed}`,
  vkeys: [cosigner(seed).vkey],
  keys: [cosignatureVerifier(cosigner(seed).vkey)],
}));
const policy = trustPolicy(logSigner.vkey, WITNESSES);
const cosignatures = new MemoryCosignatureStore();
const FOR_EVER = 'public, max-age=31536000, immutable';

let database: LogDatabase;
let app: NestFastifyApplication;
let store: LogStore;
beforeAll(async () => {
  database = await createLogDatabase();
  store = database.store();
  const module = await Test.createTestingModule({
    imports: [CqrsModule.forRoot()],
    controllers: [LogHttp],
    providers: [
      { provide: LogKey, useValue: new LogKey(logSigner.vkey) },
      { provide: LogStore, useValue: store },
      { provide: CosignatureStore, useValue: cosignatures },
      { provide: WitnessedCheckpoints, useValue: new WitnessedCheckpoints(cosignatures, WITNESSES, logVerifier) },
      { provide: LogDispute, useValue: new LogDispute('stop', new Set()) },
      {
        provide: LogWitnesses,
        useValue: new LogWitnesses(
          WITNESSES.map((it) => it.participant),
          () => policy,
          10_000,
        ),
      },
      { provide: LogReader, useValue: new PostgresLogReader(database.pool) },
      GetCheckpointHandler,
      GetLogStatusHandler,
      GetTileHandler,
    ],
  }).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
});
afterAll(async () => {
  await app.close();
  await database.close();
});

const get = (path: string) => app.inject({ method: 'GET', url: `/log/${path}` });
const bytes = async (path: string): Promise<Buffer> => {
  const answer = await get(path);
  expect([path, answer.statusCode]).toEqual([path, 200]);
  return answer.rawPayload;
};

describe('an empty log', () => {
  it.each(['checkpoint', 'witnessed/checkpoint', 'tile/0/000', 'tile/entries/000', 'tile/0/000.p/1'])(
    'serves no %s',
    async (path) => {
      expect((await get(path)).statusCode).toBe(404);
    },
  );
});

describe(`a log of ${SIZE} entries`, () => {
  beforeAll(async () => {
    await store.append(Array.from({ length: SIZE }, () => anEntry()));
  });

  it('is verified anew from its entry bundles, tiles and checkpoint alone (C2SP tlog-tiles; RFC 6962 § 2.1)', async () => {
    const note = (await bytes('checkpoint')).toString();
    const signed = openCheckpoint(note, logVerifier);
    expect(signed.size).toBe(SIZE);

    const bundles = [
      await bytes('tile/entries/000'),
      await bytes('tile/entries/001'),
      await bytes('tile/entries/002.p/88'),
    ];
    const entries: Buffer[] = [];
    for (const bundle of bundles) {
      for (let at = 0; at < bundle.length; at += 2 + bundle.readUInt16BE(at))
        entries.push(bundle.subarray(at + 2, at + 2 + bundle.readUInt16BE(at)));
    }
    expect(entries).toHaveLength(SIZE);
    // A leaf is the version byte and a commitment: it says nothing about anybody, so that it may stay (IDNrG § 9 Abs. 3).
    expect(entries.every((entry) => entry.length === 33 && entry[0] === 1)).toBe(true);

    let range = emptyRange;
    const hashes: Record<number, Buffer[]> = { 0: [], 8: [] };
    for (const entry of entries) {
      const grown = append(range, leafHash(entry));
      range = grown.range;
      for (const { level, hash } of grown.newNodes) hashes[level]?.push(hash);
    }
    expect(root(range)).toEqual(signed.root);
    const level0 = [await bytes('tile/0/000'), await bytes('tile/0/001'), await bytes('tile/0/002.p/88')];
    expect(Buffer.concat(level0)).toEqual(Buffer.concat(hashes[0]!));
    expect(await bytes('tile/1/000.p/2')).toEqual(Buffer.concat(hashes[8]!));
  });

  it('is one that "einmal verify log" finds to hold, beginning with what it signed earlier', async () => {
    const oldCheckpoint = (await bytes('checkpoint')).toString();
    await store.append([anEntry()]);
    const source = async (path: string) => {
      const { statusCode, rawPayload } = await get(path);
      return statusCode === 200 ? rawPayload : undefined;
    };
    const trust = { vkey: logSigner.vkey };
    const { verdict, subject } = await checkLog({ source, trust, oldCheckpoint });
    expect(verdict).toBe('holds');
    expect(subject).toMatchObject({ origin: logSigner.name, size: SIZE + 1 });
  });

  it.each([
    ['tile/0/000', 8192],
    ['tile/0/002.p/88', 88 * 32],
    ['tile/1/000.p/1', 32],
    ['tile/entries/001', 256 * 35],
    ['tile/entries/002.p/7', 7 * 35],
  ])('serves %s as %d bytes that anybody may keep for ever', async (path, length) => {
    const answer = await get(path);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-length': String(length),
      'cache-control': FOR_EVER,
    });
    expect(answer.rawPayload).toHaveLength(length);
  });

  it('serves every partial tile that it once had, as the beginning of the newer one', async () => {
    const full = await bytes('tile/0/001');
    for (const width of [1, 100, 255]) {
      expect(await bytes(`tile/0/001.p/${width}`)).toEqual(full.subarray(0, 32 * width));
    }
  });

  it.each([
    'tile/0/002',
    'tile/0/002.p/90',
    'tile/0/003.p/1',
    'tile/1/000',
    'tile/1/000.p/3',
    'tile/2/000.p/1',
    'tile/63/000.p/1',
    'tile/entries/002',
    'tile/entries/002.p/90',
    'tile/entries/x001/000',
  ])('does not serve %s, which it has not reached, and lets nobody remember that', async (path) => {
    const answer = await get(path);
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it.each([
    'tile/0/0',
    'tile/0/0000',
    'tile/00/000',
    'tile/64/000',
    'tile/-1/000',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/000.p',
    'tile/0/x000/000',
    'tile/0/%2e%2e/000',
    'tile/data/000',
    'tile/0/000/',
    'tile/',
    'tile',
  ])('has no other spelling of a path such as %s', async (path) => {
    expect((await get(path)).statusCode).toBe(404);
  });

  it('grows by what is appended: the partial tile is there with the checkpoint that needs it', async () => {
    await store.append([anEntry()]);
    const { size } = openCheckpoint((await bytes('checkpoint')).toString(), logVerifier);
    expect(await bytes(`tile/0/002.p/${size - 512}`)).toHaveLength(32 * (size - 512));
  });
});

describe('a log with witnesses', () => {
  const source = async (path: string) => {
    const { statusCode, rawPayload } = await get(path);
    return statusCode === 200 ? rawPayload : undefined;
  };
  const witnessed = (path: string) => source(`witnessed/${path}`);
  const newest = async () => (await store.head()).checkpoint ?? '';
  const cosigned = async (note: string, seed: number) => {
    const { size } = openCheckpoint(note, logVerifier);
    await cosignatures.keep({ witness: `w${seed}`, size, note, lines: cosign(note, cosigner(seed), 1_795_000_000) });
  };

  it('shows with the newest checkpoint who cosigned it', async () => {
    const note = await newest();
    await cosigned(note, 1);
    expect((await get('checkpoint')).body).toBe(note + cosign(note, cosigner(1), 1_795_000_000));
    expect((await get('witnessed/checkpoint')).statusCode).toBe(404);
  });

  it('is a prefix of its own at the last checkpoint that a majority cosigned (C2SP tlog-tiles, tlog-policy)', async () => {
    const note = await newest();
    await cosigned(note, 1);
    await cosigned(note, 3);
    await store.append([anEntry(), anEntry()]);
    const trust = { policy: parsePolicy((await get('policy')).body) };
    const { verdict, subject } = await checkLog({ source: witnessed, trust });
    expect([verdict, subject.size]).toEqual(['holds', openCheckpoint(note, logVerifier).size]);
    const { checks } = await checkLog({ source, trust });
    expect(checks).toMatchObject([{ what: expect.stringContaining('witnesses'), state: 'fails' }]);
  });

  it('tells how its witnesses stand to it', async () => {
    const { size } = await store.head();
    expect(JSON.parse((await get('status')).body)).toMatchObject({
      origin: logSigner.name,
      size,
      witnessed_size: size - 2,
      quorum: 2,
      stopped: false,
      witnesses: [
        { witness: 'w1', cosigned_size: size - 2, lag: 2 },
        { witness: 'w2', state: 'BEHIND', cosigned_size: 0, cosigned_at: null },
        { witness: 'w3' },
      ],
      disputes: [],
    });
  });
});
