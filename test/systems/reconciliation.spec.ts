import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withClient } from '../../src/demo/database.js';
import { DEMO_REGISTERS } from '../../src/demo/demo-databases.js';
import { cast } from '../../src/demo/people/cast.js';
import { type RunningSystem, startSystem } from '../../src/demo/supervisor.js';
import { packageRoot } from '../../src/platform/paths.js';
import { reconcile, settled, TOLERANCE_SECONDS } from '../support/e2e-reconcile.js';
import { Application, applicantsFor, failureOf } from '../support/faulty-application.js';
import { demandSoundTree, entriesFrom, ownerQuery } from '../support/faulty-records.js';

const REGISTERS = ['melderegister-bremen', 'personenstand-bremen', 'familienkasse-register', 'identity-directory'];
const [MELDE = '', STANDESAMT = '', FAMILIENKASSE = ''] = REGISTERS;

describe('the log of the node and those of the registers (IDNrG § 9)', () => {
  let system: RunningSystem;
  let application: Application;
  let period: { from: Date; to: Date };

  beforeAll(async () => {
    system = await startSystem({
      dataFolder: join(packageRoot, 'data', 'e2e-reconciliation'),
      fresh: true,
      personCount: 60,
      environment: { node: { EINMAL_RECONCILE_TOLERANCE_SECONDS: String(TOLERANCE_SECONDS) } },
    });
    const from = new Date();
    application = await Application.open(system.profile('familienkasse-online'));
    for (let i = 0; i < 3; i += 1) expect((await application.fill()).evidence).toHaveLength(3);
    const nobody = applicantsFor({ ...cast.mother, birthDate: '1901-01-01' }, cast.newborn);
    expect(await failureOf(application.fill({}, nobody))).toMatchObject({ reason: 'SUBJECT_NOT_AVAILABLE' });
    const decided = await application.decide();
    await application.leave(decided, AbortSignal.timeout(30));
    period = { from, to: await settled() };
  }, 120_000);

  afterAll(async () => {
    application?.close();
    await system?.stop();
  }, 180_000);

  /** Nobody but a superuser of the database can do this. */
  const bySuperuser = async (of: string, text: string) => {
    const url = new URL(system.postgres.url);
    url.pathname = new URL(system.databases.ownerUrlOf(of)).pathname;
    return withClient(url.href, async (superuser) => {
      await superuser.query("set session_replication_role = 'replica'");
      return superuser.query<Record<string, string>>(text);
    });
  };
  const findingsOf = async (register: string) =>
    (await entriesFrom(system, 0)).filter((it) => it.event === 'reconciliation.finding' && it.register === register);
  const runsOf = async (register: string) =>
    (await entriesFrom(system, 0)).filter((it) => it.event === 'reconciliation.run' && it.register === register);

  it.each(REGISTERS)(
    'agree: %s',
    async (register) => {
      const { code, document } = await reconcile(system, register, period);
      expect(document).toMatchObject({ differences: 0, undecided: 0, open: 0, findings: [] });
      expect([document.retrievals > 2, document.lines > 2, code]).toEqual([true, true, 0]);
      expect(await findingsOf(register)).toEqual([]);
      expect(await runsOf(register)).toMatchObject([{ outcome: null, hidden: { reconciliation: { differences: 0 } } }]);
      const { rows } = await ownerQuery(system, register, "select caller from edge.log where event = 'log-read'");
      expect(rows).toEqual([{ caller: 'node' }]);
    },
    30_000,
  );

  it('differ by a line that somebody deleted at the register, found once', async () => {
    const gone = `delete from edge.log where sequence = (select min(sequence) from edge.log where event = 'exchange' and outcome = 'answered') returning retrieval_id`;
    const { rows } = await bySuperuser(MELDE, gone);
    const { code, document } = await reconcile(system, MELDE, period);
    expect([code, document.findings.map(({ kind }) => kind)]).toEqual([1, ['NOT_THERE']]);
    expect(document.new_differences).toBe(1);
    const [finding, ...more] = await findingsOf(MELDE);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      retrieval_ref: document.findings[0]?.retrieval,
      hidden: { cause: 'NOT_THERE', register_refs: { [MELDE]: rows[0]?.retrieval_id }, finding: { ours: 'evidence' } },
    });
    const again = await reconcile(system, MELDE, period, []);
    expect([again.code, (await findingsOf(MELDE)).length]).toEqual([1, 1]);
  }, 30_000);

  it('differ by a line that somebody made up at the register', async () => {
    const made = `insert into edge.log (log_time, caller, consumer, evidence_type, purpose, retrieval_id, attributes, outcome)
      select log_time, caller, consumer, evidence_type, purpose, 'made-up-' || gen_random_uuid(), attributes, outcome
        from edge.log where event = 'exchange' order by sequence limit 1 returning sequence`;
    const { rows } = await bySuperuser(STANDESAMT, made);
    const { code, document } = await reconcile(system, STANDESAMT, period);
    expect(code).toBe(1);
    expect(document.findings).toMatchObject([{ kind: 'NOT_OURS', register_sequence: Number(rows[0]?.sequence) }]);
    expect((await findingsOf(STANDESAMT)).map(({ hidden, retrieval_ref }) => [hidden.cause, retrieval_ref])).toEqual([
      ['NOT_OURS', null],
    ]);
  }, 30_000);

  it('differ by what somebody deleted at the node', async () => {
    const gone = `delete from log.record where event = 'retrieval.opened' and register = '${FAMILIENKASSE}'
      and index = (select min(index) from log.record where event = 'retrieval.opened' and register = '${FAMILIENKASSE}')
      returning retrieval_ref`;
    await bySuperuser('node', gone);
    const { code, document } = await reconcile(system, FAMILIENKASSE, period);
    expect([code, document.findings.map(({ kind }) => kind)]).toEqual([1, ['NOT_OURS']]);
  }, 30_000);

  it('cannot be compared, which is no agreement: no register, not over yet, reversed, without a period', async () => {
    const later = { from: period.from, to: new Date() };
    const told = [
      await reconcile(system, 'no-such-register', period),
      await reconcile(system, MELDE, later),
      await reconcile(system, MELDE, { from: period.to, to: period.from }),
      await reconcile(system, MELDE, period, ['--from', 'yesterday']),
    ];
    expect(told.map(({ code }) => code)).toEqual([2, 2, 2, 2]);
    expect(told.map(({ stderr }) => stderr).join()).toMatch(/no-such-register.*not over yet.*after --from.*ISO 8601/s);
  }, 180_000);

  it('are compared by the node itself, from where it was last done, and what is new is found', async () => {
    const gone = `delete from edge.log where sequence = (select max(sequence) from edge.log where event = 'exchange' and outcome = 'answered')`;
    await bySuperuser(MELDE, gone);
    const moved = `update app.reconciliation set reconciled_to = reconciled_to - interval '2 hours'`;
    const until = async (isSo: () => Promise<boolean>) => {
      for (let tries = 0; !(await isSo()); tries += 1) {
        expect(tries).toBeLessThan(120);
        await sleep(500);
      }
    };
    await until(async () => (await ownerQuery(system, 'node', moved)).rowCount === DEMO_REGISTERS.length);
    await until(async () => (await findingsOf(MELDE)).length === 2);
    expect((await findingsOf(MELDE)).map(({ hidden }) => hidden.cause)).toEqual(['NOT_THERE', 'NOT_THERE']);
    await until(async () => (await runsOf(REGISTERS.at(-1) ?? '')).length === 2);
    expect((await runsOf(MELDE)).at(-1)?.hidden.reconciliation).toMatchObject({
      ...{ complete: true, differences: 2, new_differences: 1 },
    });
    expect(await findingsOf(STANDESAMT)).toHaveLength(1);
    await application.fill();
    const { rows } = await ownerQuery(system, 'node', `select from app.reconciliation where holder is not null`);
    expect(rows).toEqual([]);
  }, 150_000);

  it('cannot be compared while the register is down, which is on record', async () => {
    await system.process(MELDE).stop();
    const { code, stderr } = await reconcile(system, MELDE, period);
    await system.process(MELDE).start();
    expect([code, stderr]).toEqual([2, 'the log of the register cannot be read: UNAVAILABLE\n']);
    expect((await runsOf(MELDE)).at(-1)).toMatchObject({ outcome: 'failed', hidden: { cause: 'UNAVAILABLE' } });
  }, 180_000);

  it('hold a sound tree with all of it', async () => {
    expect(await demandSoundTree(system)).toBeGreaterThan(50);
  });
});
