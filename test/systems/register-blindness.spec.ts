import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { CatalogueLookup } from '../../src/catalogue/lookup.js';
import { withClient } from '../../src/demo/database.js';
import { freePort } from '../../src/demo/free-port.js';
import { cast } from '../../src/demo/people/cast.js';
import { type RunningSystem, SystemStart } from '../../src/demo/supervisor.js';
import { packageRoot } from '../../src/platform/paths.js';
import { loadProtos, PERMISSION_PROTOS } from '../../src/platform/proto.js';
import { readTlsIdentity } from '../../src/platform/tls.js';
import { Application, applicantsFor, failureOf, family } from '../support/faulty-application.js';
import {
  dictionaryOf,
  enterMarkedFamily,
  MARKERS,
  markedFamily,
  markersIn,
  wordsIn,
} from '../support/faulty-markers.js';
import { type RecordingProxy, recordBefore } from '../support/recording-proxy.js';

const INTERMEDIARY = 'intermediary';
const POPULATION = { count: 400, seed: 1 };
const EDGES = ['identity-directory', 'melderegister-bremen', 'personenstand-bremen', 'familienkasse-register'];

/** All rows of all tables that its processes made, as text; bytes as hexadecimal. */
async function dump(url: string): Promise<string> {
  return withClient(url, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
    );
    const lines: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ line: string }>(`select to_jsonb(t)::text as line from ${name} t`);
      lines.push(name, ...rows.map(({ line }) => line));
    }
    return lines.join('\n');
  });
}

/** The intermediary checks abstractly, "without knowledge of the content" (IDNrG § 7 Abs. 2 S. 4). */
describe('one whole exchange, seen by those who must not see whom it is about', () => {
  let start: SystemStart;
  let system: RunningSystem;
  let proxy: RecordingProxy;
  let answered: string;
  let dictionary: readonly string[];

  beforeAll(async () => {
    const forwardTo = await freePort();
    start = new SystemStart({
      dataFolder: join(packageRoot, 'data', 'e2e-register-blindness'),
      fresh: true,
      service: 'kindergeld',
      personCount: POPULATION.count,
      seed: POPULATION.seed,
      logLevel: 'trace',
      environment: { [INTERMEDIARY]: { EINMAL_GRPC_PORT: String(forwardTo) } },
    });
    const steps = start.steps.map(
      ({ run }) =>
        () =>
          run(() => undefined),
    );
    for (const step of steps.slice(0, -1)) await step();
    system = start.system();
    const catalogue = join(system.dataFolder, 'catalogue');
    const { address = '' } = new CatalogueLookup(loadCatalogue({ folder: catalogue })).endpoint(INTERMEDIARY) ?? {};
    proxy = await recordBefore({
      port: Number(address.split(':').at(-1)),
      forwardTo,
      server: readTlsIdentity(system.pki.folderOf(INTERMEDIARY)),
      client: readTlsIdentity(system.pki.folderOf('node')),
    });
    await steps.at(-1)?.();
    system = start.system();
    await enterMarkedFamily(system);
    dictionary = dictionaryOf(POPULATION, catalogueTexts());
    answered = await exchanges(await Application.open(system.profile('familienkasse-online')));
  }, 180_000);

  afterAll(async () => {
    await start?.undo();
    await proxy?.stop();
  });

  const catalogueTexts = () => {
    const folder = join(packageRoot, 'catalogue');
    const files = [
      'areas',
      'evidence-types',
      'legal-bases',
      'participants',
      'purposes',
      'registers',
      'rules',
      'services',
    ];
    return files.map((it) => readFileSync(join(folder, `${it}.yaml`), 'utf8')).join('\n');
  };

  /** Filled forms, persons that cannot be found, input that cannot be read: what may end up in a log. */
  const exchanges = async (application: Application): Promise<string> => {
    const marked = applicantsFor(markedFamily.parent, markedFamily.child);
    const answers = [await application.fill({}, marked), await application.fill({}, family)];
    const birthDate = markedFamily.child.birthDate;
    const unknown = applicantsFor({ ...markedFamily.parent, birthDate }, markedFamily.child);
    expect(await failureOf(application.fill({}, unknown))).toMatchObject({ reason: 'SUBJECT_NOT_AVAILABLE' });
    const blocked = applicantsFor(cast.blocked, cast.blockedChild);
    expect(await failureOf(application.fill({}, blocked))).toMatchObject({ reason: 'SUBJECT_NOT_AVAILABLE' });
    const malformed = applicantsFor({ ...markedFamily.parent, birthDate: '1987-04-23-Qxmarker' }, markedFamily.child);
    expect(await failureOf(application.fill({}, malformed))).toMatchObject({ reason: 'REQUEST_INVALID' });
    application.close();
    expect(answers.map(({ evidence }) => evidence.length)).toEqual([3, 3]);
    return JSON.stringify(answers);
  };

  const bytesReceived = () =>
    proxy.calls
      .map(({ headers, body }) => `${JSON.stringify(headers)}\n${Buffer.concat(body).toString('utf8')}`)
      .join('\n');

  const messagesReceived = () => {
    const service = loadProtos(PERMISSION_PROTOS)['einmal.broker.v1.PermissionService'];
    if (service === undefined || !('CheckPermission' in service)) throw new Error('no such service');
    const { requestDeserialize, path } = service.CheckPermission;
    // gRPC: one byte for compression, four for the length.
    return proxy.calls
      .filter(({ headers }) => headers[':path'] === path)
      .map(({ body }) => requestDeserialize(Buffer.concat(body).subarray(5)) as Readonly<Record<string, unknown>>);
  };

  it('is about persons whom this search would find', async () => {
    expect(MARKERS.length).toBeGreaterThan(25);
    expect(dictionary.length).toBeGreaterThan(800);
    const held = await Promise.all(EDGES.map((it) => dump(system.databases.dataOf(it).ownerUrl)));
    expect(markersIn(held.join('\n'))).toEqual(MARKERS);
    expect(markersIn(Buffer.from(held.join('\n')).toString('base64'))).toEqual(MARKERS);
    expect(wordsIn(held.join('\n'), dictionary)).toEqual(dictionary);
    expect(markersIn(answered).length).toBeGreaterThan(15);
    expect(wordsIn(answered, dictionary)).toContain(cast.mother.familyName);
  });

  it('reaches the intermediary as participants, kinds and bases of a transfer, in each check of it', () => {
    const messages = messagesReceived();
    expect(messages.length).toBeGreaterThan(20);
    for (const message of messages) {
      const { question, check_id, request_digest, _request_digest: _, ...more } = message;
      expect(more).toEqual({});
      expect(check_id).toMatch(/^[0-9a-f-]{36}$/);
      expect([0, 32]).toContain(Buffer.from(request_digest instanceof Buffer ? request_digest : []).length);
      expect(Object.keys(Object(question)).sort()).toEqual(
        ['consumer', 'evidence_type', 'fields', 'legal_basis', 'purpose', 'purpose_hash', 'register'].sort(),
      );
    }
    const ids = messages.map(({ check_id }) => check_id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('leaves no person in what the intermediary received, byte for byte', () => {
    const received = bytesReceived();
    expect(received).toContain('familienkasse-online');
    expect(markersIn(received)).toEqual([]);
    expect(wordsIn(`${received}\n${JSON.stringify(messagesReceived())}`, dictionary)).toEqual([]);
  });

  it('gives the intermediary nothing by which two checks, or the sides of one transfer, could be joined (design 5)', () => {
    const names = new Set(proxy.calls.flatMap(({ headers }) => Object.keys(headers)));
    expect([...names].filter((name) => /trace|baggage|request-id|correlation/.test(name))).toEqual([]);
    expect([...names].filter((name) => name === 'authorization')).toEqual([]);
  });

  it('leaves no person in what the intermediary stored', async () => {
    const stored = await dump(system.databases.ownerUrlOf(INTERMEDIARY));
    expect(stored).toContain('kindergeld-bezug');
    expect(markersIn(stored)).toEqual([]);
    expect(wordsIn(stored, dictionary)).toEqual([]);
  });

  it.each([INTERMEDIARY, 'node', ...EDGES])(
    'leaves no person in the operational log of %s, however talkative',
    (name) => {
      const written = readFileSync(system.process(name).logFile, 'utf8');
      expect(written).toContain('ready');
      expect(markersIn(written)).toEqual([]);
      expect(wordsIn(written, dictionary)).toEqual([]);
    },
  );

  it.each(['node', ...EDGES])('leaves no person readable in the own database of %s', async (name) => {
    const stored = await dump(system.databases.ownerUrlOf(name));
    expect(stored).toContain('kindergeld-antrag');
    expect(markersIn(stored)).toEqual([]);
    expect(wordsIn(stored, dictionary)).toEqual([]);
  });
});
