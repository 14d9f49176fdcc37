import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { CatalogueLookup } from '../../src/catalogue/lookup.js';
import { connectAuthority } from '../../src/client/authority-connection.js';
import { withClient } from '../../src/demo/database.js';
import { DEMO_REGISTERS } from '../../src/demo/demo-databases.js';
import { DEMO_TASK } from '../../src/demo/demo-task.js';
import { logOrigin } from '../../src/demo/demo-trust.js';
import { freePort } from '../../src/demo/free-port.js';
import { inheritedEnvironment } from '../../src/demo/inherited-environment.js';
import { cast } from '../../src/demo/people/cast.js';
import { type RunningSystem, SystemStart } from '../../src/demo/supervisor.js';
import type { Diagnosis } from '../../src/doctor/diagnosis.js';
import { packageRoot } from '../../src/platform/paths.js';
import { GAUGES, HISTOGRAMS } from '../../src/platform/telemetry/metrics.js';
import { readTlsIdentity } from '../../src/platform/tls.js';
import { attributeOf, Collector } from '../support/collector.js';
import { eventually } from '../support/eventually.js';
import { Application, applicantsFor, failureOf } from '../support/faulty-application.js';
import { enterMarkedFamily, markedFamily, markersIn } from '../support/faulty-markers.js';
import { type RecordingProxy, recordBefore } from '../support/recording-proxy.js';

const INTERMEDIARY = 'intermediary';
const WATCHED = [INTERMEDIARY, 'melderegister-bremen'];
const NAMES = ['node', INTERMEDIARY, ...DEMO_REGISTERS.map(({ id }) => id)];
const FILE_REFERENCE = 'GA-Qxmarkeraktenzeichen-7';
const ACTIVITIES = 'https://activities.example/';
/** What a token of any kind begins with, JSON in base64url. */
const TOKEN = /eyJ[\w-]{8,}/;

describe('a system that is watched', () => {
  let start: SystemStart;
  let system: RunningSystem;
  let collector: Collector;
  let processingLog: Collector;
  let ids: readonly string[];
  const proxies: RecordingProxy[] = [];
  const metricsPorts = new Map<string, number>();

  beforeAll(async () => {
    collector = await Collector.create();
    await collector.start();
    // Away at first.
    processingLog = await Collector.create();
    for (const name of NAMES) metricsPorts.set(name, await freePort());
    const behind = new Map<string, number>();
    for (const name of WATCHED) behind.set(name, await freePort());
    const settingsOf = (name: string) => ({
      EINMAL_METRICS_PORT: String(metricsPorts.get(name)),
      EINMAL_OTLP_URL: collector.url,
      EINMAL_TRACE_PERCENT: '100',
      ...(behind.has(name) && { EINMAL_GRPC_PORT: String(behind.get(name)) }),
      ...(name === 'node' && {
        EINMAL_PROCESSING_LOG_URL: processingLog.url,
        EINMAL_PROCESSING_ACTIVITIES: ACTIVITIES,
      }),
    });
    start = new SystemStart({
      dataFolder: join(packageRoot, 'data', 'e2e-telemetry'),
      fresh: true,
      evidence: ['meldedaten', 'geburt', 'kindergeld-bezug', DEMO_TASK.evidenceType],
      personCount: 60,
      logLevel: 'trace',
      environment: Object.fromEntries(NAMES.map((name) => [name, settingsOf(name)])),
    });
    for (const { run } of start.steps.slice(0, -1)) await run(() => undefined);
    system = start.system();
    for (const [name, forwardTo] of behind)
      proxies.push(
        await recordBefore({
          port: portOf(name),
          forwardTo,
          server: readTlsIdentity(system.pki.folderOf(name)),
          client: readTlsIdentity(system.pki.folderOf('node')),
        }),
      );
    await start.steps.at(-1)?.run(() => undefined);
    system = start.system();
    await enterMarkedFamily(system);
    ids = await exchanges();
  }, 180_000);

  afterAll(async () => {
    await start?.undo();
    for (const it of proxies) await it.stop();
    await collector?.remove();
    await processingLog?.remove();
  }, 60_000);

  const portOf = (name: string): number => {
    const lookup = new CatalogueLookup(loadCatalogue({ folder: join(system.dataFolder, 'catalogue') }));
    return Number(lookup.endpoint(name)?.address.split(':').at(-1));
  };

  /** A filled form, a person who cannot be found, input that cannot be read, a task with a file reference. @returns ids of all that */
  const exchanges = async (): Promise<readonly string[]> => {
    const application = await Application.open(system.profile('familienkasse-online'));
    const decided = await application.decide(applicantsFor(markedFamily.parent, markedFamily.child));
    const answer = await application.prefill(decided);
    expect(answer.evidence).toHaveLength(3);
    const { birthDate } = markedFamily.child;
    const unknown = applicantsFor({ ...markedFamily.parent, birthDate }, markedFamily.child);
    expect(await failureOf(application.fill({}, unknown))).toMatchObject({ reason: 'SUBJECT_NOT_AVAILABLE' });
    const malformed = applicantsFor({ ...markedFamily.parent, birthDate: '1987-04-23-Qxmarker' }, markedFamily.child);
    expect(await failureOf(application.fill({}, malformed))).toMatchObject({ reason: 'REQUEST_INVALID' });
    application.close();
    const authority = await connectAuthority(system.profile(DEMO_TASK.authority));
    const { familyName, birthDate: born, address } = cast.father;
    const { town, postcode, ars } = address;
    const { purpose, evidenceType, actingOfficial } = DEMO_TASK;
    const task = await authority.retrieve({
      ...{ purpose, evidenceType, actingOfficial, fileReference: FILE_REFERENCE, assurance: 'substantial' },
      subject: { role: 'trader', person: { family_name: familyName, town, postcode, birth_date: born } },
      ...(ars === null ? {} : { ars }),
    });
    authority.close();
    expect(task.answer.evidence).toHaveLength(1);
    return [...decided.triggerIds, answer.exchange_id, task.answer.exchange_id];
  };

  const scrape = async (name: string): Promise<string> => {
    const response = await fetch(`http://localhost:${metricsPorts.get(name)}/metrics`);
    return response.text();
  };
  const running = () => system.processes.map(({ name }) => name);

  it('has a span for each step of an exchange, in one trace at the node (house-style 6.6)', async () => {
    const roots = () => collector.spans('node').filter(({ name }) => name === 'PrefillService/PrefillForm');
    await eventually(
      async () => roots().length,
      (count) => count >= 1,
    );
    const [root] = roots();
    const steps = collector.spans('node').filter(({ traceId }) => traceId === root?.traceId);
    expect(new Set(steps.map(({ name }) => name))).toEqual(
      new Set([
        'PrefillService/PrefillForm',
        'prepare-exchange',
        'check-permission',
        'PermissionService/CheckPermission',
        'identify-subjects',
        'present-request',
        'lookup-person',
        'IdentityDirectoryService/LookupPerson',
        'append-entries',
        'fetch-evidence',
        'ask-register',
        'RegisterService/RetrieveEvidence',
        'inspect-evidence',
        'release-evidence',
      ]),
    );
    const known = new Set(steps.map(({ spanId }) => spanId));
    expect(steps.filter(({ parentSpanId }) => parentSpanId === undefined || parentSpanId === '')).toHaveLength(1);
    expect(steps.every(({ parentSpanId = '' }) => parentSpanId === '' || known.has(parentSpanId))).toBe(true);
  });

  it('sends registers and intermediary no trace context, and each begins a trace of its own (design 5)', async () => {
    const headers = proxies
      .flatMap(({ calls }) => calls)
      .filter((call) => /Evidence|Permission/.test(`${call.headers[':path']}`));
    expect(headers.length).toBeGreaterThan(5);
    const names = new Set(headers.flatMap((call) => Object.keys(call.headers)));
    expect([...names].filter((name) => /trace|baggage|b3|correlation|request-id/.test(name))).toEqual([]);
    const said = JSON.stringify(headers.map((call) => [call.headers, Buffer.concat(call.body).toString('latin1')]));
    const ofNode = new Set(collector.spans('node').map(({ traceId }) => traceId));
    for (const id of ofNode) expect(said).not.toContain(id);
    for (const name of running().filter((it) => it !== 'node')) {
      const spans = collector.spans(name);
      expect(spans.filter(({ traceId }) => ofNode.has(traceId))).toEqual([]);
      // One trace per call: nothing joins two of them.
      expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(spans.length);
    }
  });

  it('shows every metric at the node, and no other name anywhere', async () => {
    const typed = (text: string) => [...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name);
    const known = [...Object.keys(HISTOGRAMS), ...Object.keys(GAUGES)];
    // No job waits here.
    const absent = ['einmal_deferred_jobs', 'einmal_deferred_job_overdue_seconds'];
    expect(typed(await scrape('node')).sort()).toEqual(known.filter((name) => !absent.includes(name)).sort());
    for (const name of running()) {
      const text = await scrape(name);
      expect(text).toContain('einmal_rpc_server_duration_seconds_count');
      expect(typed(text).filter((it) => !known.includes(it ?? ''))).toEqual([]);
    }
    const node = await scrape('node');
    expect(node).toMatch(/einmal_rpc_client_duration_seconds_count\{.*peer="melderegister-bremen".*code="OK"/);
    expect(node).toMatch(/einmal_rpc_server_duration_seconds_count\{.*code="NOT_FOUND"/);
    expect(node).toMatch(/einmal_rpc_server_duration_seconds_count\{rpc="POST \/oauth2\/token",code="OK"\}/);
    expect(node).toMatch(/einmal_register_suspended\{register="melderegister-bremen"\} 0/);
  });

  it('writes trace ids into lines of its log, and nothing of a person, a file or a token into any of it (design 8)', async () => {
    const application = await Application.open(system.profile('familienkasse-online'));
    await system.process('familienkasse-register').stop();
    const answer = await application.fill({}, applicantsFor(markedFamily.parent, markedFamily.child));
    expect(answer.evidence).toHaveLength(2);
    await system.process('familienkasse-register').start();
    application.close();
    const logs = new Map(running().map((name) => [name, readFileSync(system.process(name).logFile, 'utf8')]));
    const line =
      logs
        .get('node')
        ?.split('\n')
        .find((it) => it.includes('register does not answer')) ?? '{}';
    const { trace_id: traceId } = JSON.parse(line) as { trace_id?: string };
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    await eventually(
      async () => collector.text(),
      (text) => text.includes(traceId ?? '-'),
    );
    // Spans leave once in five seconds, metrics in thirty: those are scraped instead.
    const metrics = await Promise.all(running().map(scrape));
    for (const text of [collector.text(), ...metrics, ...logs.values()]) {
      expect(text.length).toBeGreaterThan(100);
      expect(markersIn(text)).toEqual([]);
      expect(text).not.toContain('Qxmarkeraktenzeichen');
      expect(text).not.toMatch(TOKEN);
      for (const id of ids) expect(text).not.toContain(id);
    }
    expect(new Set(collector.spans().map(({ name }) => name)).size).toBeGreaterThan(15);
  });

  it('keeps the processing log for a collector that is down, and gives it every line once it is up', async () => {
    const backlog = async () => Number(/einmal_processing_log_backlog_entries (\d+)/.exec(await scrape('node'))?.[1]);
    expect(await backlog()).toBeGreaterThan(10);
    await processingLog.start();
    await eventually(backlog, (entries) => entries === 0);
    const lines = processingLog.spans('node');
    const logged = await withClient(system.databases.ownerUrlOf('node'), async (client) => {
      const { rows } = await client.query<{ index: string; key: Buffer }>(
        `select s.index, s.key from log.subject_index s where capacity = 'subject' order by s.index, s.key`,
      );
      return rows.map(({ index, key }) => `${index} ${key.toString('base64url')}`);
    });
    const sent = lines.map(
      (line) => `${attributeOf(line, 'einmal.log_index')} ${attributeOf(line, 'dpl.core.data_subject_id')}`,
    );
    expect(logged.length).toBeGreaterThan(10);
    expect(sent).toEqual(logged);
    expect(new Set(lines.map(({ spanId }) => spanId)).size).toBe(lines.length);
    expect(lines.map((line) => attributeOf(line, 'dpl.core.processing_activity_id'))).toContain(
      `${ACTIVITIES}kindergeld-antrag`,
    );
    const text = processingLog.text();
    expect(markersIn(text)).toEqual([]);
    expect(text).not.toContain('Qxmarkeraktenzeichen');
    expect(text).not.toMatch(TOKEN);
  });

  describe('einmal doctor', () => {
    const environmentOf = async (name: string): Promise<Readonly<Record<string, string>>> => ({
      EINMAL_MODE: 'development',
      EINMAL_PARTICIPANT: name,
      EINMAL_CATALOGUE: join(system.dataFolder, 'catalogue'),
      EINMAL_KEYS: system.pki.folderOf(name),
      EINMAL_GRPC_PORT: '1',
      DATABASE_URL: system.databases.urlOf(name),
      EINMAL_HTTP_PORT: '1',
      EINMAL_ISSUER: system.endpoints.http,
      EINMAL_LOG_ORIGIN: await logOrigin(system.pki.logKeyFile('node')),
      EINMAL_CHECKPOINT_FILE: join(system.dataFolder, 'state', 'checkpoint'),
      EINMAL_REGISTER_CONFIG: join(packageRoot, 'src/demo/registers/config/melderegister-bremen.yaml'),
      DATA_URL: system.databases.dataOf('melderegister-bremen').readerUrl,
    });
    const doctor = async (whose: string, name: string, change: Readonly<Record<string, string>> = {}) => {
      const args = [join(packageRoot, 'dist/src/cli/main.js'), 'doctor', whose, '--json'];
      const env = { ...inheritedEnvironment(), ...(await environmentOf(name)), ...change };
      // Not waited for in place: the proxies are in this process.
      const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 });
      const [ended, stdout, stderr] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
      const [status] = ended as [number | null];
      if (stdout === '') throw new Error(stderr);
      const found = (JSON.parse(stdout) as { diagnoses: readonly Diagnosis[] }).diagnoses;
      return { status, printed: stdout, of: (what: string) => found.find((it) => it.what === what), found };
    };

    it.each([
      ['node', 'node'],
      ['intermediary', INTERMEDIARY],
      ['register', 'melderegister-bremen'],
    ])('finds nothing that fails in a sound deployment of the %s', async (whose, name) => {
      const { status, found } = await doctor(whose, name);
      expect(found.filter(({ state }) => state === 'failure')).toEqual([]);
      expect(status).toBe(0);
      for (const what of ['database', 'rights of the login', 'migrations', 'clock', 'certificate', 'key folder'])
        expect(found.find((it) => it.what === what)).toMatchObject({ state: 'ok' });
      if (whose === 'node')
        for (const what of ['log and kept checkpoint', '"intermediary" answers', 'witness "zfzr"', 'erasure'])
          expect(found.map((it) => it.what)).toContain(what);
    });

    it('names everything that is wrong at once, and what to do, and quotes no secret', async () => {
      const owner = system.databases.ownerUrlOf('node');
      await system.process(INTERMEDIARY).stop();
      const { status, of, printed } = await doctor('node', 'node', {
        DATABASE_URL: owner,
        EINMAL_KEYS: system.pki.folderOf('melderegister-bremen'),
        EINMAL_PROCESSING_LOG_URL: `http://localhost:${await freePort()}`,
        EINMAL_PROCESSING_ACTIVITIES: ACTIVITIES,
      });
      await system.process(INTERMEDIARY).start();
      expect(status).toBe(1);
      expect(of('rights of the login')).toMatchObject({
        state: 'failure',
        detail: expect.stringContaining('owner of'),
      });
      expect(of('certificate is named by the catalogue')).toMatchObject({ state: 'failure' });
      expect(of('key "trigger"')).toMatchObject({
        state: 'failure',
        todo: expect.stringContaining('trigger.jwk.json'),
      });
      expect(of('key of the log')).toMatchObject({ state: 'failure' });
      expect(of('"intermediary" answers')).toMatchObject({ state: 'failure' });
      expect(of('collector of the processing log')).toMatchObject({ state: 'warning' });
      expect(printed).not.toContain(new URL(owner).password);
    });

    it('says that it cannot reach the database, and looks at the rest all the same', async () => {
      const { status, of } = await doctor('node', 'node', {
        DATABASE_URL: 'postgres://nobody:nothing@localhost:1/none',
      });
      expect(status).toBe(1);
      expect(of('database')).toMatchObject({ state: 'failure' });
      expect(of('certificate')).toMatchObject({ state: 'ok' });
      expect(await doctor('node', 'node', { EINMAL_ISSUER: 'http://x', EINMAL_CHECKPOINT_FILE: '' })).toMatchObject({
        status: 1,
        found: [
          { what: 'configuration', state: 'failure' },
          { what: 'configuration', state: 'failure' },
        ],
      });
    });
  });
});
