import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { CatalogueLookup } from '../../src/catalogue/lookup.js';
import { withClient } from '../../src/demo/database.js';
import { cast } from '../../src/demo/people/cast.js';
import { type RunningSystem, startSystem } from '../../src/demo/supervisor.js';
import { packageRoot } from '../../src/platform/paths.js';
import { reconcile, settled } from '../support/e2e-reconcile.js';
import { Application } from '../support/faulty-application.js';
import { FaultyNode } from '../support/faulty-node.js';
import { entriesFrom, logSize, ownerQuery } from '../support/faulty-records.js';
import { anEdgeOf } from '../support/own-edge.js';

const REGISTER = 'melderegister-bremen';
const OTHER_REGISTER = 'personenstand-bremen';
const VIEW = 'nachweis.meldedaten';
/** Stands in what a register must not let out. */
const MARKER = 'Fehlermarke';

describe('a register whose edge, or what is behind it, fails', () => {
  let system: RunningSystem;
  let application: Application;
  let begun: Date;
  let heal: (() => Promise<unknown>)[] = [];
  let lineBefore: string | undefined;

  beforeAll(async () => {
    system = await startSystem({
      dataFolder: join(packageRoot, 'data', 'e2e-register-edge-faults'),
      fresh: true,
      service: 'kindergeld',
      personCount: 60,
      logLevel: 'trace',
    });
    application = await Application.open(system.profile('familienkasse-online'));
    begun = new Date();
  }, 180_000);

  afterEach(async () => {
    for (const mend of heal.reverse()) await mend();
    heal = [];
  }, 180_000);

  afterAll(async () => {
    application?.close();
    await system?.stop();
  }, 180_000);

  const certificateOf = (register: string) =>
    system.pki.keys.find(({ participant }) => participant === register)?.certificates[0] ?? '';

  const fill = async () => {
    const size = await logSize(system);
    lineBefore = (await newestLine())?.sequence;
    const answer = await application.fill();
    const entries = await entriesFrom(system, size);
    const closed = entries.find(({ event, register }) => event === 'retrieval.closed' && register === REGISTER);
    return {
      others: answer.evidence.map(({ evidence_type }) => evidence_type).filter((it) => it !== 'meldedaten'),
      missing: answer.not_delivered.find(({ evidence_type }) => evidence_type === 'meldedaten'),
      cause: closed?.hidden.cause,
      answer,
    };
  };
  const newestLine = async () => {
    const { rows } = await ownerQuery<{ sequence: string; outcome: string; reason: string; cause: string }>(
      system,
      REGISTER,
      "select sequence, outcome, reason, cause from edge.log where event = 'exchange' order by sequence desc limit 1",
    );
    return rows[0];
  };
  /** What the register keeps of the latest `fill`: it may end after the node has run out of time. */
  const lastLine = async () => {
    for (let tries = 0; ; tries += 1) {
      const line = await newestLine();
      if (line?.sequence !== lineBefore || tries === 100) return line;
      await sleep(100);
    }
  };
  const asOwner = (sql: string) =>
    withClient(system.databases.dataOf(REGISTER).ownerUrl, (client) => client.query(sql));
  /** The source for as long as one test: the view gives something else, under the same name. */
  const viewOf = async (columns: string, more = '') => {
    await asOwner(`
      alter view ${VIEW} rename to meldedaten_echt;
      create view ${VIEW} as select ${columns} from nachweis.meldedaten_echt e ${more};
      grant select on ${VIEW} to public`);
    heal.push(() => asOwner(`drop view ${VIEW}; alter view nachweis.meldedaten_echt rename to meldedaten`));
  };
  const columns = async (change: Readonly<Record<string, string>>) => {
    const { rows } = await asOwner(
      "select column_name from information_schema.columns where table_schema = 'nachweis' and table_name = 'meldedaten'",
    );
    return rows
      .map(({ column_name: name }: { column_name: string }) => `${change[name] ?? `e.${name}`} as ${name}`)
      .join(', ');
  };
  const expectHealthy = async () => {
    for (let tries = 0; ; tries += 1) {
      const { answer } = await fill();
      if (answer.evidence.length === 3) return;
      expect(tries).toBeLessThan(12);
      await sleep(500);
    }
  };
  const OTHERS = ['geburt', 'kindergeld-bezug'];

  it('shows the certificate of another register: it is told nothing, and the others deliver', async () => {
    const folder = join(system.dataFolder, 'keys-of-two');
    cpSync(system.pki.folderOf(REGISTER), folder, { recursive: true });
    cpSync(join(system.pki.folderOf(OTHER_REGISTER), 'tls'), join(folder, 'tls'), { recursive: true });
    const [own = '', certificate = ''] = [REGISTER, OTHER_REGISTER].map(certificateOf);
    const keys = { folder, certificates: [certificate] };
    // Its own copy of the catalogue says that this is right; with that of the others it would not start.
    const catalogue = join(system.dataFolder, 'catalogue-of-two');
    cpSync(join(system.dataFolder, 'catalogue'), catalogue, { recursive: true });
    const named = readFileSync(join(catalogue, 'keys.yaml'), 'utf8');
    const exchanged = named.replace(/[\w-]{43}/g, (it) => (it === own ? certificate : it === certificate ? own : it));
    writeFileSync(join(catalogue, 'keys.yaml'), exchanged);
    const { process } = await anEdgeOf(system, REGISTER, { as: 'stand-in', keys, catalogue });
    await system.process(REGISTER).stop();
    heal.push(
      () => system.process(REGISTER).start(),
      () => process.stop(),
    );
    await process.start();
    const before = await newestLine();
    const { missing, others } = await fill();
    expect(missing).toMatchObject({ state: 'FAILED', reason: 'REGISTER_UNAVAILABLE' });
    expect(others).toEqual(OTHERS);
    expect(await newestLine()).toEqual(before);
  }, 180_000);

  describe('its data source', () => {
    // After a certificate that it did not take the node waits before it connects again.
    beforeAll(expectHealthy, 180_000);

    it('is gone: an outage, on record on both sides, until it is back', async () => {
      await asOwner('alter schema nachweis rename to weg');
      heal.push(() => asOwner('alter schema weg rename to nachweis').catch(() => undefined));
      const { missing, others, cause } = await fill();
      expect(missing).toMatchObject({ state: 'FAILED', reason: 'REGISTER_UNAVAILABLE' });
      expect([others, cause]).toEqual([OTHERS, 'UNAVAILABLE']);
      expect(await lastLine()).toMatchObject({ outcome: 'failed', reason: 'REGISTER_UNAVAILABLE' });
      await asOwner('alter schema weg rename to nachweis');
      await expectHealthy();
    }, 180_000);

    it('has lost a column that is asked for: an outage, and the same edge serves when it is back', async () => {
      await asOwner(`alter view ${VIEW} rename column family_name to nachname`);
      heal.push(() => asOwner(`alter view ${VIEW} rename column nachname to family_name`).catch(() => undefined));
      const { missing, others } = await fill();
      expect([missing?.reason, others]).toEqual(['REGISTER_UNAVAILABLE', OTHERS]);
      expect(await lastLine()).toMatchObject({ outcome: 'failed', reason: 'REGISTER_UNAVAILABLE' });
      await asOwner(`alter view ${VIEW} rename column nachname to family_name`);
      await expectHealthy();
    }, 180_000);

    it('has another type in a column: what the catalogue does not promise does not leave', async () => {
      await viewOf(await columns({ family_name: `12345678::int` }));
      const { missing, others } = await fill();
      expect([missing?.reason, others]).toEqual(['REGISTER_UNAVAILABLE', OTHERS]);
      expect(await lastLine()).toMatchObject({ outcome: 'failed', reason: 'REGISTER_UNAVAILABLE' });
    }, 180_000);

    it('can only be read: that is all an edge needs', async () => {
      const { ownerUrl } = system.databases.dataOf(REGISTER);
      const name = new URL(ownerUrl).pathname.slice(1);
      const disconnect =
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and usename <> current_user';
      const admin = (sql: string) => withClient(system.postgres.url, (client) => client.query(sql));
      await admin(`alter database "${name}" set default_transaction_read_only = on`);
      heal.push(() => admin(`alter database "${name}" reset default_transaction_read_only`));
      await withClient(ownerUrl, (client) => client.query(disconnect)).catch(() => undefined);
      await expectHealthy();
    }, 180_000);

    it('has a hundred thousand rows where one should be: nobody, on record as several, in time', async () => {
      await viewOf(await columns({}), 'cross join generate_series(1, 100000)');
      const started = performance.now();
      const { missing, others } = await fill();
      expect([missing?.reason, others]).toEqual(['SUBJECT_NOT_AVAILABLE', OTHERS]);
      expect(performance.now() - started).toBeLessThan(10_000);
      expect(await lastLine()).toMatchObject({ outcome: 'refused', cause: 'SUBJECT_SEVERAL' });
    }, 180_000);

    it('has a hundred thousand lines in one attribute: no evidence is made of it', async () => {
      await viewOf(await columns({ family_name: `repeat('${MARKER} ', 100000)` }));
      const { missing, others } = await fill();
      expect([missing?.reason, others]).toEqual(['REGISTER_UNAVAILABLE', OTHERS]);
      expect(await lastLine()).toMatchObject({ outcome: 'failed', reason: 'REGISTER_UNAVAILABLE' });
    }, 180_000);

    it.each([
      ['turns the direction of the text', `'${MARKER}' || U&'\\202E' || e.family_name`],
      ['has a line break', `e'${MARKER}\n' || e.family_name`],
    ])(
      'has a value that %s: it gets no further than the node, which says what it is',
      async (_what, family_name) => {
        await viewOf(await columns({ family_name }));
        const { missing, others, cause, answer } = await fill();
        expect([missing?.reason, others, cause]).toEqual(['EVIDENCE_INVALID', OTHERS, 'CLAIM']);
        expect(JSON.stringify(answer)).not.toContain(MARKER);
        expect(await lastLine()).toMatchObject({ outcome: 'answered' });
      },
      60_000,
    );
  });

  describe('its process', () => {
    const lockSource = async () => {
      const client = new pg.Client({ connectionString: system.databases.dataOf(REGISTER).ownerUrl });
      await client.connect();
      await client.query('begin; lock table melderegister.einwohner in access exclusive mode');
      return client;
    };
    const untilItReads = async () => {
      const waiting = "select from pg_stat_activity where wait_event_type = 'Lock' and query like 'select %nachweis%'";
      for (;;) {
        const { rowCount } = await withClient(system.postgres.url, (client) => client.query(waiting));
        if (rowCount !== null && rowCount > 0) return;
        await sleep(20);
      }
    };

    it('is killed while it works on a request: typed, the others deliver, and it serves after a start', async () => {
      const lock = await lockSource();
      const filling = fill();
      await untilItReads();
      await system.process(REGISTER).kill();
      await lock.end();
      const { missing, others } = await filling;
      expect(missing).toMatchObject({ state: 'FAILED', reason: 'REGISTER_UNAVAILABLE' });
      expect(others).toEqual(OTHERS);
      await system.process(REGISTER).start();
      await expectHealthy();
    }, 180_000);

    it('is told to end while it works on a request: it finishes it', async () => {
      const lock = await lockSource();
      const filling = fill();
      await untilItReads();
      const stopped = system.process(REGISTER).stop();
      await sleep(200);
      await lock.end();
      const { answer } = await filling;
      await stopped;
      expect(answer.evidence.map(({ evidence_type }) => evidence_type)).toContain('meldedaten');
      await system.process(REGISTER).start();
      await expectHealthy();
    }, 180_000);
  });

  it('has a replica on the same database: what one was shown the other knows, in another process', async () => {
    const node = new FaultyNode(
      new CatalogueLookup(loadCatalogue({ folder: join(system.dataFolder, 'catalogue') })),
      system.pki.folderOf('node'),
    );
    const { process, address } = await anEdgeOf(system, REGISTER, { as: 'replica' });
    heal.push(
      () => process.stop(),
      async () => node.close(),
    );
    await process.start();
    const decisionOf = async () => {
      const decisions = await application.attest();
      const decision = decisions.find((it) => it.decision.evidence_type === 'meldedaten');
      if (decision === undefined) throw new Error('nobody decided about it');
      return decision;
    };
    const decision = await decisionOf();
    const message = await node.request(REGISTER, decision, cast.mother);
    const again = await node.request(REGISTER, decision, cast.mother);
    expect(await node.ask(REGISTER, message)).toBe('evidence');
    expect(await node.ask(REGISTER, again, undefined, address)).toBe('REPLAY');
    expect(await node.ask(REGISTER, message, undefined, address)).toBe('evidence');
    expect(await lastLine()).toMatchObject({ outcome: 'repeated' });
    const raced = await decisionOf();
    const both = await Promise.all([1, 2].map(() => node.request(REGISTER, raced, cast.mother)));
    const answers = await Promise.all(
      both.map((it, at) => node.ask(REGISTER, it, undefined, at === 0 ? undefined : address)),
    );
    expect(answers.toSorted()).toEqual(['REPLAY', 'evidence']);
  }, 180_000);

  it('has had enough of this consumer: that is told with until when, and is on record on both sides', async () => {
    const config = 'rate_limits: { each_consumer: { max: 1, per: day } }';
    const { process } = await anEdgeOf(system, REGISTER, { as: 'stand-in', config });
    await system.process(REGISTER).stop();
    heal.push(
      () => system.process(REGISTER).start(),
      () => process.stop(),
    );
    await process.start();
    await ownerQuery(system, REGISTER, 'truncate edge.rate');
    await expectHealthy();
    const { missing, others, cause } = await fill();
    expect(missing).toMatchObject({ state: 'FAILED', reason: 'REGISTER_RATE_LIMITED' });
    // A day of UTC, and the way of the answer.
    expect(Date.parse(missing?.available_at ?? '') % 86_400_000).toBeLessThan(10_000);
    expect([others, cause]).toEqual([OTHERS, 'REGISTER_RATE_LIMITED']);
    expect(await lastLine()).toMatchObject({ outcome: 'refused', reason: 'REGISTER_RATE_LIMITED' });
  }, 180_000);

  it('leaves both logs agreeing about all of this, but for what somebody else asked with the keys of the node', async () => {
    const { code, document } = await reconcile(system, REGISTER, { from: begun, to: await settled() });
    const kinds = document.findings.map(({ kind }) => kind);
    // What the stolen node asked is what it finds, each line of it, and nothing else.
    expect(kinds).toEqual(Array(5).fill('NOT_OURS'));
    expect(document).toMatchObject({ undecided: 0, open: 0 });
    expect(document.retrievals).toBeGreaterThan(12);
    expect(code).toBe(1);
  }, 180_000);

  it('leaves nothing personal in any operational log', () => {
    for (const { logFile } of system.processes) {
      const text = readFileSync(logFile, 'utf8');
      for (const word of [MARKER, cast.mother.familyName, cast.mother.idnr ?? '', cast.mother.birthDate])
        expect(text).not.toContain(word);
    }
  });
});
