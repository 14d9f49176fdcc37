import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type FaultyRegister, takePlaceOf } from '../../src/demo/faulty-register/stand-in.js';
import { type PostgresServer, startPostgres } from '../../src/demo/postgres.js';
import { type RunningSystem, startSystem } from '../../src/demo/supervisor.js';
import { RpcFailure } from '../../src/platform/grpc-client.js';
import { packageRoot } from '../../src/platform/paths.js';
import type { Reason } from '../../src/platform/reasons.js';
import { verifyAnswer } from '../../src/verify/verify-answer.js';
import { Application, type Decided, failureOf } from '../support/faulty-application.js';
import { askedOf, demandSoundTree, entriesFrom, logSize, ownerQuery } from '../support/faulty-records.js';

const DIRECTORY = 'identity-directory';
const REGISTERS = ['melderegister-bremen', 'personenstand-bremen', 'familienkasse-register'];
const SLOW = 'familienkasse-register';

describe('an exchange in which something of our own fails', () => {
  let system: RunningSystem;
  let application: Application;
  let heal: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    system = await startSystem({
      dataFolder: join(packageRoot, 'data', 'e2e-register-outages'),
      fresh: true,
      service: 'kindergeld',
      personCount: 60,
    });
    application = await Application.open(system.profile('familienkasse-online'));
  }, 180_000);

  afterEach(async () => {
    for (const mend of heal.reverse()) await mend();
    heal = [];
  }, 180_000);

  afterAll(async () => {
    application?.close();
    await system?.stop();
  }, 180_000);

  const asked = async () => {
    const counts = await Promise.all([DIRECTORY, ...REGISTERS].map((it) => askedOf(system, it)));
    return counts.join(' ');
  };
  const deprive = async (of: string, right: string) => {
    const role = `einmal_${of.replaceAll('-', '_')}`;
    await ownerQuery(system, of, `revoke ${right} from ${role}`);
    heal.push(() => ownerQuery(system, of, `grant ${right} to ${role}`));
  };
  const healed = async () => {
    for (const mend of heal.reverse()) await mend();
    heal = [];
  };
  const freeze = (name: string) => async () => {
    const { pid = 0 } = system.process(name);
    process.kill(pid, 'SIGSTOP');
    heal.push(async () => process.kill(pid, 'SIGCONT'));
  };
  const lockHead = async () => {
    const client = new pg.Client({ connectionString: system.databases.ownerUrlOf('node') });
    await client.connect();
    await client.query('begin; select from log.head for update');
    heal.push(() => client.end());
  };
  const opened = async (from: number) =>
    (await entriesFrom(system, from)).filter(({ event }) => event === 'retrieval.opened').length;
  const expectWhole = async (decided: Decided) => {
    for (let tries = 1; ; tries += 1) {
      const answer = await application.prefill(decided);
      if (answer.evidence.length === 3 || tries === 5) {
        expect(answer.evidence).toHaveLength(3);
        expect((await verifyAnswer(answer, decided.asked, system.trust)).faults).toEqual([]);
        return;
      }
      await sleep(1000);
    }
  };

  /** Connections come back within two seconds. */
  const expectHealthy = async () => {
    let delivered = 0;
    for (let tries = 0; tries < 15 && delivered < 3; tries += 1) {
      if (tries > 0) await sleep(250);
      delivered = await application.fill().then(
        ({ evidence }) => evidence.length,
        () => 0,
      );
    }
    expect(delivered).toBe(3);
  };

  describe('the log cannot be written (FZV § 68: no log, no data)', () => {
    const ways: readonly (readonly [string, () => Promise<void>])[] = [
      ['the right to append is gone', () => deprive('node', 'execute on function log.append_batch')],
      ['somebody holds the head', lockHead],
    ];

    it.each(ways)(
      '%s: nobody is asked anything, and the same decisions hold when it is healed',
      async (_, outage) => {
        const decided = await application.decide();
        const [before, size] = [await asked(), await logSize(system)];
        await outage();
        const failure = await failureOf(application.prefill(decided));
        expect(failure).toMatchObject({ code: status.UNAVAILABLE, reason: 'AUDIT_LOG_UNAVAILABLE' });
        expect(failure.retryDelayMs).toBeGreaterThan(0);
        await healed();
        expect(await asked()).toBe(before);
        expect(await logSize(system)).toBe(size);
        await expectWhole(decided);
      },
      30_000,
    );

    it('when the registers have answered: what was fetched is not released', async () => {
      const register: FaultyRegister = await takePlaceOf(system, SLOW);
      heal.push(() => register.leave());
      await register.misbehave('slow', { delayMs: 1500 });
      const decided = await application.decide();
      const size = await logSize(system);
      const failing = failureOf(application.prefill(decided));
      for (let tries = 0; tries < 60 && (await opened(size)) < 3; tries += 1) await sleep(20);
      await sleep(200);
      await ownerQuery(system, 'node', 'revoke execute on function log.append_batch from einmal_node');
      const failure = await failing;
      await ownerQuery(system, 'node', 'grant execute on function log.append_batch to einmal_node');
      expect(failure).toMatchObject({ code: status.UNAVAILABLE, reason: 'AUDIT_LOG_UNAVAILABLE' });
      expect(failure.retryDelayMs).toBeGreaterThan(0);
      const closed = (await entriesFrom(system, size)).filter(({ event }) => event === 'retrieval.closed');
      expect(closed).toEqual([]);
      expect(await failureOf(application.prefill(decided))).toMatchObject({ reason: 'TRIGGER_USED' });
    }, 30_000);

    it('of one register: this register gives nothing, the others do', async () => {
      await deprive('melderegister-bremen', 'insert on edge.log');
      const answer = await application.fill();
      expect(answer.evidence.map(({ evidence_type }) => evidence_type)).toEqual(['geburt', 'kindergeld-bezug']);
      expect(answer.not_delivered).toContainEqual(
        expect.objectContaining({ evidence_type: 'meldedaten', state: 'FAILED', reason: 'REGISTER_UNAVAILABLE' }),
      );
    });
  });

  describe('another party cannot answer', () => {
    const stop = (name: string) => async () => {
      await system.process(name).stop();
      heal.push(() => system.process(name).start());
    };
    const ways: readonly (readonly [string, Reason, () => Promise<void>])[] = [
      ['the intermediary is down', 'INTERMEDIARY_UNAVAILABLE', stop('intermediary')],
      [
        'the intermediary cannot record its check (IDNrG § 7 Abs. 2 S. 5)',
        'INTERMEDIARY_UNAVAILABLE',
        () => deprive('intermediary', 'insert on log.permission_check'),
      ],
      ['the identity directory is down', 'IDENTITY_DIRECTORY_UNAVAILABLE', stop(DIRECTORY)],
      ['the intermediary hangs', 'INTERMEDIARY_UNAVAILABLE', freeze('intermediary')],
      ['the identity directory hangs', 'IDENTITY_DIRECTORY_UNAVAILABLE', freeze(DIRECTORY)],
      [
        'the identity directory cannot record the lookup',
        'IDENTITY_DIRECTORY_UNAVAILABLE',
        () => deprive(DIRECTORY, 'insert on edge.log'),
      ],
    ];

    it.each(ways)(
      '%s: %s, and no register is asked',
      async (_, reason, outage) => {
        const decided = await application.decide();
        const [before, size] = [await asked(), await logSize(system)];
        await outage();
        const failure = await failureOf(application.prefill(decided));
        expect(failure).toMatchObject({ code: status.UNAVAILABLE, reason });
        expect(failure.retryDelayMs).toBeGreaterThan(0);
        expect(await asked()).toBe(before);
        const entries = await entriesFrom(system, size);
        const lookups = entries.filter(({ event }) => event.startsWith('identity.'));
        expect(lookups.map(({ event, outcome }) => [event, outcome])).toEqual(
          reason === 'INTERMEDIARY_UNAVAILABLE'
            ? []
            : [
                ['identity.opened', null],
                ['identity.closed', 'failed'],
              ],
        );
        expect(entries.at(-1)).toMatchObject({ event: 'refused', reason });
        await healed();
        await expectHealthy();
      },
      30_000,
    );
  });

  describe('somebody hangs (design 3: who waits is told before they stop waiting)', () => {
    const DEADLINE_MS = 2000;
    /** What a timer and the way back may add. */
    const WITHIN_MS = 50;
    type Told = Readonly<{ reason: string | undefined; tookMs: number }>;
    /** The timers of node and client end a call at the same moment: whose does is no difference. */
    const saidBy = ({ code, reason }: RpcFailure) => (code === status.DEADLINE_EXCEEDED ? 'DEADLINE_EXCEEDED' : reason);
    const told = async (decided: Decided): Promise<Told> => {
      const began = performance.now();
      const answer = application.prefill(decided, { deadlineMs: DEADLINE_MS });
      const reason = await answer.then(
        ({ not_delivered }) => not_delivered.map((it) => it.reason).find((it) => it === 'REGISTER_UNAVAILABLE'),
        (failure: unknown) => (failure instanceof RpcFailure ? saidBy(failure) : 'no status'),
      );
      return { reason, tookMs: performance.now() - began };
    };
    const ways: readonly (readonly [string, string, () => Promise<void>])[] = [
      ['the intermediary', 'INTERMEDIARY_UNAVAILABLE', freeze('intermediary')],
      ['the identity directory', 'IDENTITY_DIRECTORY_UNAVAILABLE', freeze(DIRECTORY)],
      ['a register', 'REGISTER_UNAVAILABLE', freeze(SLOW)],
      // Whether an entry will be written is not known before the database says so: the deadline ends it (ADR 153).
      ['the log', 'DEADLINE_EXCEEDED', lockHead],
    ];

    it.each(ways)(
      '%s: whoever has two seconds hears %s in these, or within 50 ms after them',
      async (_, reason, outage) => {
        const decided = await application.decide();
        await outage();
        const answer = await told(decided);
        await healed();
        expect(answer.reason).toBe(reason);
        expect(answer.tookMs).toBeLessThan(DEADLINE_MS + WITHIN_MS);
        await expectHealthy();
      },
      60_000,
    );
  });

  describe('a party that every exchange needs hangs', () => {
    it.each([
      ['intermediary', 'INTERMEDIARY_UNAVAILABLE'],
      [DIRECTORY, 'IDENTITY_DIRECTORY_UNAVAILABLE'],
    ] as const)(
      '%s: some wait for it, and then callers are told at once, with when to come again, until it is back: %s',
      async (name, reason) => {
        const forms = await Promise.all(Array.from({ length: 15 }, () => application.decide()));
        await freeze(name)();
        const failing = async (decided: Decided) => {
          const began = performance.now();
          const { code, reason, retryDelayMs = 0 } = await failureOf(application.prefill(decided));
          return { code, reason, isDelayed: retryDelayMs > 0, tookMs: performance.now() - began };
        };
        const expected = { code: status.UNAVAILABLE, reason, isDelayed: true };
        for (const it of await Promise.all(forms.slice(3).map(failing))) expect(it).toMatchObject(expected);
        // One of them may be who tries whether it is back; nobody waits for what becomes of it.
        const next = await Promise.all(forms.slice(0, 3).map(failing));
        for (const it of next) expect(it).toMatchObject(expected);
        expect(Math.min(...next.map(({ tookMs }) => tookMs))).toBeLessThan(1500);
        await healed();
        await expectHealthy();
      },
      60_000,
    );
  });

  describe('a process ends at the worst moment', () => {
    const restartNode = async () => {
      await system.process('node').start();
      application.close();
      application = await Application.open(system.profile('familienkasse-online'));
    };

    it('the node is killed while registers are asked: nothing is delivered, then or later, and the log is sound', async () => {
      const register = await takePlaceOf(system, SLOW);
      await register.misbehave('hang');
      const decided = await application.decide();
      const wish = { requestId: randomUUID() };
      const size = await logSize(system);
      const failing = failureOf(application.prefill(decided, wish));
      while ((await opened(size)) < 3) await sleep(20);
      await system.process('node').kill();
      expect(await failing).toMatchObject({ code: status.UNAVAILABLE });
      expect(await demandSoundTree(system)).toBeGreaterThan(size);
      await register.leave();
      await restartNode();

      const before = await asked();
      const repeated = await failureOf(application.prefill(decided, wish));
      expect(repeated).toMatchObject({ code: status.ABORTED, reason: 'REQUEST_IN_PROGRESS' });
      expect(await failureOf(application.prefill(decided))).toMatchObject({ reason: 'TRIGGER_USED' });
      expect(await asked()).toBe(before);
      const events = (await entriesFrom(system, size)).map(({ event }) => event);
      expect(events).not.toContain('retrieval.closed');
      expect(events).not.toContain('exchange.closed');
      await expectWhole(await application.decide());
      await demandSoundTree(system);
    }, 180_000);

    it('the node is killed after it answered: the same request gets the same answer, logged as a repeat', async () => {
      const decided = await application.decide();
      const wish = { requestId: randomUUID() };
      const answer = await application.prefill(decided, wish);
      await system.process('node').kill();
      await restartNode();
      const [before, size] = [await asked(), await logSize(system)];
      expect(await application.prefill(decided, wish)).toEqual(answer);
      expect(await asked()).toBe(before);
      expect((await entriesFrom(system, size)).map(({ event }) => event)).toEqual(['repeated']);
      await demandSoundTree(system);
    }, 180_000);

    it('PostgreSQL stops and starts again: nothing is fetched meanwhile, and nothing is lost', async () => {
      const decided = await application.decide();
      const [before, size] = [await asked(), await logSize(system)];
      const { folder, port } = system.postgres;
      await system.postgres.stop();
      const failure = await failureOf(application.prefill(decided));
      const again: PostgresServer = await startPostgres({ folder, port });
      try {
        expect(failure).toMatchObject({ code: status.UNAVAILABLE, reason: 'AUDIT_LOG_UNAVAILABLE' });
        expect(failure.retryDelayMs).toBeGreaterThan(0);
        expect(await asked()).toBe(before);
        expect(await logSize(system)).toBe(size);
        await expectWhole(decided);
        expect(await demandSoundTree(system)).toBeGreaterThan(size);
      } finally {
        heal.push(() => again.stop());
      }
    }, 180_000);
  });
});
