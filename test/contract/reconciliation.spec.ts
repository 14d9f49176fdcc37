import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { PostgresLogStore } from '../../src/audit/log-store.postgres.js';
import { PostgresRetrievalReader } from '../../src/audit/retrieval-reader.postgres.js';
import { PeriodicReconciliation } from '../../src/reconciliation/periodic-reconciliation.js';
import { Reconciliation } from '../../src/reconciliation/reconciliation.js';
import { ReconciliationJournal } from '../../src/reconciliation/reconciliation-journal.js';
import { PostgresRunLines } from '../../src/reconciliation/run-lines.postgres.js';
import { PostgresReconciliationSchedule } from '../../src/reconciliation/schedule.postgres.js';
import { FixedClock, logSigner, MemoryKeyVault } from '../audit/log-keys.js';
import { retrievalReaderContract } from '../audit/retrieval-reader.contract.js';
import { MemoryRegisterLog } from '../reconciliation/memory-parts.js';
import { runLinesContract } from '../reconciliation/run-lines.contract.js';
import { aTrace, lineOf, logTraces, NODE, REGISTER, type Trace } from '../reconciliation/two-logs.js';
import { createNodeDatabase, type NodeDatabase } from '../support/node-database.js';
import { SilentLog } from '../support/silent-log.js';

const MINUTE = 60_000;
const vault = new MemoryKeyVault();
let database: NodeDatabase;
let owner: pg.Pool;
/** A log of its own for what forgets records. */
let forgetful: NodeDatabase;
let forgetter: pg.Pool;
beforeAll(async () => {
  [database, forgetful] = [await createNodeDatabase(), await createNodeDatabase()];
  owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 });
  forgetter = new pg.Pool({ connectionString: forgetful.ownerUrl, max: 2 });
  // Records get lost here, which the database refuses to its owner otherwise.
  await forgetter.query('alter table log.record disable trigger user');
});
afterAll(async () => {
  await Promise.all([owner.end(), forgetter.end()]);
  await Promise.all([database.close(), forgetful.close()]);
});

const store = () => new PostgresLogStore({ pool: database.pool, signer: logSigner, vault, clock: new FixedClock() });

describe('PostgresRunLines keeps the contract of RunLines', () => {
  runLinesContract(async () => new PostgresRunLines(database.pool));

  it('and removes what comparisons left that nobody ended', async () => {
    const lines = new PostgresRunLines(database.pool);
    const [lost, running] = [randomUUID(), randomUUID()];
    for (const run of [lost, running]) await lines.put(run, lineOf(aTrace('left'), 1, 5));
    await owner.query(`update app.reconcile_line set put_at = now() - interval '3 days' where run = $1`, [lost]);
    await lines.end(randomUUID());
    const all = { fromMs: 0, toMs: 10 };
    expect([await lines.countRest(lost, all), await lines.countRest(running, all)]).toEqual([0, 1]);
  });
});

describe('PostgresRetrievalReader keeps the contract of RetrievalReader', () => {
  retrievalReaderContract(async () => ({
    log: forgetful.log,
    reader: new PostgresRetrievalReader(forgetful.pool),
    forget: async (index, by) => {
      const { rows } = await forgetter.query('delete from log.record where index = $1 returning epoch', [index]);
      if (by === 'erasure')
        await forgetter.query(
          `insert into log.erasure (index, retention_class, epoch, erased, root)
           select max(index), 'standard', to_char(max(log_time) at time zone 'UTC', 'YYYY-MM'), 1, '' from log.record`,
        );
      expect(rows).toHaveLength(1);
    },
  }));
});

/** One of several nodes over the database, with a register that they share. */
function aNode(registerLog: MemoryRegisterLog) {
  const journal = new ReconciliationJournal(store(), NODE);
  const [retrievals, lines] = [new PostgresRetrievalReader(database.pool), new PostgresRunLines(database.pool)];
  return new Reconciliation({ registerLog, retrievals, vault, lines, journal, toleranceMs: 1000 });
}
const options = { signal: new AbortController().signal };
const entriesAbout = async (event: string, register = REGISTER) => {
  const text = 'select retrieval_ref, outcome from log.record where event = $1 and register = $2 order by index';
  return (await database.pool.query(text, [event, register])).rows;
};

describe('a comparison over a real log', () => {
  const names = (count: number) => Array.from({ length: count }, () => randomUUID());
  async function happened(traces: readonly Trace[]) {
    const fromMs = Date.now() - 100;
    await logTraces(store(), traces);
    const registerLog = new MemoryRegisterLog();
    registerLog.lines_ = traces.flatMap((trace, i) => lineOf(trace, i + 1, fromMs + 50));
    return { registerLog, period: { fromMs, toMs: Date.now() + 100 } };
  }

  it('goes through several pages of both sides and finds the one line that is gone and the one that is made up', async () => {
    const traces = names(1300).map((id) => aTrace(id));
    const { registerLog, period } = await happened(traces);
    const node = aNode(registerLog);
    expect(await node.run(REGISTER, period, options)).toMatchObject({
      ...{ retrievals: 1300, lines: 1300, differences: 0, undecided: 0, complete: true },
    });
    const gone = traces[777]!;
    registerLog.lines_ = registerLog.lines_.map((line) => (line.ref === gone.ref ? { ...line, ref: 'made-up' } : line));
    const result = await node.run(REGISTER, period, options);
    expect(result.findings.map(({ kind, retrieval }) => [kind, retrieval?.opened.caller.retrieval_ref])).toEqual([
      ['NOT_THERE', gone.id],
      ['NOT_OURS', undefined],
    ]);
    const { rows } = await database.pool.query('select from app.reconcile_line where ref = any ($1)', [
      traces.map(({ ref }) => ref),
    ]);
    expect(rows).toEqual([]);
  }, 60_000);

  it('writes each finding once, also where two nodes find it at the same time and find it again', async () => {
    const traces = names(40).map((id) => aTrace(id, 'released', 'nothing'));
    const { registerLog, period } = await happened(traces);
    const nodes = [aNode(registerLog), aNode(registerLog)];
    const results = await Promise.all(nodes.map((node) => node.run(REGISTER, period, options)));
    expect(results.map(({ differences }) => differences)).toEqual([40, 40]);
    expect(results.reduce((sum, { new_differences }) => sum + new_differences, 0)).toBe(40);
    expect(await aNode(registerLog).run(REGISTER, period, options)).toMatchObject({ new_differences: 0 });
    const found = await entriesAbout('reconciliation.finding');
    const ids = traces.map(({ id }) => id);
    expect(
      found
        .map(({ retrieval_ref }) => retrieval_ref)
        .filter((it) => ids.includes(it))
        .sort(),
    ).toEqual(ids.sort());
    const { rows } = await database.pool.query(
      `select o.name from log.once o join log.record r on r.index = o.index where r.retrieval_ref = any ($1)`,
      [ids],
    );
    expect(rows).toHaveLength(40);
  }, 60_000);
});

describe('the schedule', () => {
  const settings = { intervalMs: 10 * MINUTE, lagMs: 20 * MINUTE };
  const aSchedule = (deviation: Partial<typeof settings> = {}) =>
    new PostgresReconciliationSchedule(database.pool, { ...settings, ...deviation });
  const moveBack = (register: string, minutes: number) =>
    owner.query(
      `update app.reconciliation set reconciled_to = reconciled_to - $2 * interval '1 minute' where register = $1`,
      [register, minutes],
    );

  it('begins when a register is first asked for, and gives what is due without gap or overlap', async () => {
    const register = randomUUID();
    const schedule = aSchedule();
    expect(await schedule.claim([register])).toBeUndefined();
    await moveBack(register, 11);
    const first = (await schedule.claim([register]))!;
    expect(first.period.toMs - first.period.fromMs).toBeGreaterThanOrEqual(11 * MINUTE);
    expect(Date.now() - first.period.toMs).toBeGreaterThan(19 * MINUTE);
    expect(await schedule.done(first)).toBe(true);
    expect(await schedule.claim([register])).toBeUndefined();
    await owner.query(`update app.reconciliation set reconciled_to = $2 where register = $1`, [
      register,
      new Date(first.period.toMs - 3 * 24 * 60 * MINUTE),
    ]);
    const periods = [];
    for (;;) {
      const claim = await schedule.claim([register]);
      if (claim === undefined) break;
      periods.push(claim.period);
      await schedule.done(claim);
    }
    expect(periods.length).toBeGreaterThanOrEqual(3);
    for (const [i, { fromMs, toMs }] of periods.entries()) {
      expect(toMs - fromMs).toBeLessThanOrEqual(24 * 60 * MINUTE);
      if (i > 0) expect(fromMs).toBe(periods[i - 1]?.toMs);
    }
  });

  it('gives what is longest behind first, of the registers that are asked for', async () => {
    const registers = [randomUUID(), randomUUID(), randomUUID()];
    await aSchedule().claim(registers);
    for (const [i, register] of registers.entries()) await moveBack(register, 20 + 10 * i);
    const asked = registers.slice(0, 2);
    const claims = [await aSchedule().claim(asked), await aSchedule().claim(asked), await aSchedule().claim(asked)];
    expect(claims.map((claim) => claim?.register)).toEqual([registers[1], registers[0], undefined]);
  });

  it('gives a period to one of many nodes', async () => {
    const register = randomUUID();
    await aSchedule().claim([register]);
    await moveBack(register, 11);
    const claims = await Promise.all(Array.from({ length: 8 }, () => aSchedule().claim([register])));
    expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
  });

  it('takes a period from a node that is lost, which can then neither end nor move it', async () => {
    const register = randomUUID();
    const schedule = aSchedule();
    await schedule.claim([register]);
    await moveBack(register, 11);
    const lost = (await schedule.claim([register]))!;
    expect(await schedule.renew(lost)).toBe(true);
    await owner.query('update app.reconciliation set busy_until = now() where register = $1', [register]);
    const taken = (await schedule.claim([register]))!;
    expect(taken.period.fromMs).toBe(lost.period.fromMs);
    expect([await schedule.renew(lost), await schedule.done(lost)]).toEqual([false, false]);
    await schedule.failed(lost, 'now');
    expect(await schedule.claim([register])).toBeUndefined();
    expect(await schedule.done(taken)).toBe(true);
  });

  it('gives a period that failed again: after a pause, or at once', async () => {
    const register = randomUUID();
    const schedule = aSchedule();
    await schedule.claim([register]);
    await moveBack(register, 11);
    const first = (await schedule.claim([register]))!;
    await schedule.failed(first, 'later');
    expect(await schedule.claim([register])).toBeUndefined();
    await owner.query('update app.reconciliation set busy_until = now() where register = $1', [register]);
    const second = (await schedule.claim([register]))!;
    await schedule.failed(second, 'now');
    expect((await schedule.claim([register]))?.period.fromMs).toBe(first.period.fromMs);
  });

  describe('carried out by nodes', () => {
    const due = async (register: string) => {
      await aSchedule().claim([register]);
      await moveBack(register, 11);
    };
    const periodic = (registerLog: MemoryRegisterLog, registers: readonly string[], log = new SilentLog()) =>
      new PeriodicReconciliation(aNode(registerLog), aSchedule(), () => registers, log);

    it('compares each register once for a period, whichever nodes look at the same time', async () => {
      const registers = [randomUUID(), randomUUID(), randomUUID()];
      for (const register of registers) await due(register);
      const registerLog = new MemoryRegisterLog();
      const nodes = Array.from({ length: 3 }, () => periodic(registerLog, registers));
      await Promise.all(nodes.flatMap((node) => [node.tick(), node.tick()]));
      await Promise.all(nodes.map((node) => node.tick()));
      for (const register of registers) expect(await entriesAbout('reconciliation.run', register)).toHaveLength(1);
      expect(registerLog.asked.map(({ register }) => register).sort()).toEqual(registers.sort());
      for (const node of nodes) await node.close();
    }, 30_000);

    it('leaves a register that is silent, with an entry, and goes on with the next', async () => {
      const registers = [randomUUID(), randomUUID()];
      for (const register of registers) await due(register);
      const registerLog = new MemoryRegisterLog();
      registerLog.breaksAfter = 0;
      const log = new SilentLog();
      const node = periodic(registerLog, registers, log);
      await node.tick();
      for (const register of registers)
        expect(await entriesAbout('reconciliation.run', register)).toMatchObject([{ outcome: 'failed' }]);
      expect(log.lines.join()).toContain('it cannot be read');
      const { rows } = await owner.query<{ is_due: boolean }>(
        `select reconciled_to < now() - interval '30 minutes' as is_due from app.reconciliation where register = any ($1)`,
        [registers],
      );
      expect(rows).toEqual([{ is_due: true }, { is_due: true }]);
      await node.close();
    });

    it('ends with its node at once, and the period is due for another', async () => {
      const register = randomUUID();
      await due(register);
      class Endless extends MemoryRegisterLog {
        override async *lines(...[name, period]: Parameters<MemoryRegisterLog['lines']>) {
          for (let sequence = 1; ; sequence += 1)
            yield { ...lineOf(aTrace(name), sequence, period.fromMs)[0]!, ref: undefined };
        }
      }
      const node = periodic(new Endless(), [register]);
      const ticking = node.tick();
      await new Promise((resolve) => setTimeout(resolve, 100));
      await node.close();
      await ticking;
      expect(await entriesAbout('reconciliation.run', register)).toEqual([]);
      expect(await aSchedule().claim([register])).toBeDefined();
    }, 30_000);
  });
});
