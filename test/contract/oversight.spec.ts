import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { QueryBus } from '@nestjs/cqrs';
import { cosign, cosignatureVerifier } from '#libs/tlog/cosignature.js';
import { parsePolicy } from '#libs/tlog/policy.js';
import { NodeIdentity } from '../../src/access/node-identity.js';
import { SessionDesk } from '../../src/access/session-desk.js';
import { AuditLog } from '../../src/audit/audit-log.js';
import { PostgresLogReader } from '../../src/audit/log-reader.postgres.js';
import type { LogStore, NewEntry } from '../../src/audit/log-store.js';
import type { ReceiptCopy } from '../../src/audit/receipt.js';
import type { BreachStatement, CallerPart, PersonRef } from '../../src/audit/record.js';
import { PostgresActPosition } from '../../src/oversight/act-position.postgres.js';
import type { EntryQuery } from '../../src/oversight/activity.js';
import { PostgresActivity } from '../../src/oversight/activity.postgres.js';
import { PostgresAnomalySource } from '../../src/oversight/anomaly-source.postgres.js';
import { BeginPersonSearch, BeginPersonSearchHandler } from '../../src/oversight/begin-person-search.js';
import { PostgresCaseStore } from '../../src/oversight/case-store.postgres.js';
import { CommitSample, CommitSampleHandler } from '../../src/oversight/commit-sample.js';
import { Deciders } from '../../src/oversight/deciders.js';
import { DrawSample, DrawSampleHandler } from '../../src/oversight/draw-sample.js';
import { AnomalyHunt } from '../../src/oversight/find-anomalies.js';
import { FindEntries, FindEntriesHandler } from '../../src/oversight/find-entries.js';
import { ActFollower } from '../../src/oversight/follow-acts.js';
import { GetCase, GetCaseHandler } from '../../src/oversight/get-case.js';
import { GetOverview, GetOverviewHandler } from '../../src/oversight/get-overview.js';
import { GetSample, GetSampleHandler, type SampleWish } from '../../src/oversight/get-sample.js';
import { InspectEntry, InspectEntryHandler } from '../../src/oversight/inspect-entry.js';
import { ListCases, ListCasesHandler } from '../../src/oversight/list-cases.js';
import { ListReads, ListReadsHandler } from '../../src/oversight/list-reads.js';
import { ListSamples, ListSamplesHandler } from '../../src/oversight/list-samples.js';
import type { StepState } from '../../src/oversight/oversight-case.js';
import { OversightDesk, type Visit } from '../../src/oversight/oversight-desk.js';
import { overviewToWire } from '../../src/oversight/overview.wire.js';
import { RecordCaseStep, RecordCaseStepHandler } from '../../src/oversight/record-case-step.js';
import { RecordSampleFinding, RecordSampleFindingHandler } from '../../src/oversight/record-sample-finding.js';
import { type OpenedEntry, type SampleGrounds, SampleProofs } from '../../src/oversight/sample-proofs.js';
import { PostgresSampleStore } from '../../src/oversight/sample-store.postgres.js';
import { SampleWitness } from '../../src/oversight/sample-witness.js';
import { PostgresSavedFilters } from '../../src/oversight/saved-filters.postgres.js';
import { PostgresStanding } from '../../src/oversight/standing.postgres.js';
import type { Caller } from '../../src/platform/caller.js';
import { SystemClock, toTimestamp } from '../../src/platform/clock.js';
import { Seal } from '../../src/platform/secrets.js';
import type { RegisterLine } from '../../src/reconciliation/register-line.js';
import { RegisterLog, RegisterLogSilent } from '../../src/reconciliation/register-log.js';
import { canonicalBytes } from '../../src/tokens/digest.js';
import { type Session, signSession } from '../../src/tokens/session-token.js';
import { LogKey } from '../../src/transparency/log-key.js';
import { readableHalf } from '../../src/transparency/protected-half.js';
import { subjectKeys } from '../../src/transparency/subject-keys.js';
import { checkSample } from '../../src/verify/check-sample.js';
import type { SampledEntry, SampleFile } from '../../src/verify/sample-file.js';
import { trustPolicy } from '../../src/witnesses/trust-policy.js';
import { WitnessedCheckpoints } from '../../src/witnesses/witnessed-checkpoints.js';
import { MemorySessionStore } from '../access/memory-session-store.js';
import { anEntry, PERSON } from '../audit/entries.js';
import { createLogDatabase, type LogDatabase } from '../audit/log-database.js';
import { FixedClock, logSigner, logVerifier, MemoryKeyVault } from '../audit/log-keys.js';
import { cosigner } from '../libs/tlog/keys.js';
import { aFederation } from '../register-edge/federation.js';
import { aSession } from '../support/sessions.js';
import { SilentLog } from '../support/silent-log.js';
import { MemoryCosignatureStore } from '../witnesses/memory-stores.js';

const ISSUER = 'https://node.example';
const HOUR_MS = 3_600_000;
const federation = await aFederation();
const pages: Caller = { participant: federation.current.lookup.participant('pages')!, thumbprint: 'x5t of the pages' };
const clock = new SystemClock();
const vault = new MemoryKeyVault();
const seal = new Seal(Buffer.alloc(32, 3));
const cosigned = new MemoryCosignatureStore();
const witnesses = [1, 2, 3].map((n) => ({
  participant: `w${n}`,
  keys: [cosignatureVerifier(cosigner(n).vkey)],
}));
const silent = new SilentLog();
let database: LogDatabase;
let store: LogStore;
let activity: PostgresActivity;
let reader: PostgresLogReader;
let desk: OversightDesk;
let parts: ReturnType<typeof build>;

/** Has one line, about the retrieval that it was asked for under `ref-of-the-register`; another register does not answer. */
class OneLine extends RegisterLog {
  override async *lines(register: string): AsyncGenerator<RegisterLine> {
    if (register !== 'melderegister-bremen') throw new RegisterLogSilent('UNAVAILABLE');
    const answered = { outcome: 'answered', consumer: 'familienkasse-online', reason: undefined } as const;
    yield { sequence: 1, atMs: 1, ref: 'another', evidenceType: undefined, purpose: undefined, ...answered };
    yield {
      sequence: 2,
      atMs: 2,
      ref: 'ref-of-the-register',
      evidenceType: 'meldedaten',
      purpose: undefined,
      ...answered,
    };
  }
}
const registers = new OneLine();

/** Of one decision it is known who took it. */
class OneDecider extends Deciders {
  override async numbersOf(trigger: string): Promise<readonly string[]> {
    return trigger === 'decided-at-the-pages' ? [DECIDER] : [];
  }
}
const DECIDER = '09876543225';
const deciders = new OneDecider();

function build() {
  const key = federation.key('node', 'access-token');
  const node = new NodeIdentity('node', ISSUER, federation.nodeCertificate, key, key);
  const audit = new AuditLog(store);
  desk = new OversightDesk(new SessionDesk(node, federation.current, new MemorySessionStore(), audit, clock), audit);
  const cases = new PostgresCaseStore(database.pool);
  const follower = (pool = database.pool) =>
    new ActFollower(
      ...([new PostgresActPosition(pool), reader, vault, new PostgresCaseStore(pool)] as const),
      ...([new PostgresSampleStore(pool), silent] as const),
    );
  const acts = follower();
  const samples = new PostgresSampleStore(database.pool);
  const witnessOf = (log = audit, follow = acts, kept = cosigned) =>
    new SampleWitness('node', log, follow, samples, new WitnessedCheckpoints(kept, witnesses, logVerifier));
  const witness = witnessOf();
  const current = federation.current;
  const log = {
    origin: 'log',
    treeSize: 0,
    witnessedSize: 0,
    quorum: 0,
    witnesses: [],
    disputes: [],
    isStopped: false,
  };
  const queries = { execute: async () => log } as unknown as QueryBus;
  return {
    overview: new GetOverviewHandler(
      desk,
      activity,
      new PostgresStanding(database.pool),
      vault,
      new WitnessedCheckpoints(cosigned, witnesses, logVerifier),
      current,
      queries,
      clock,
    ),
    find: new FindEntriesHandler(desk, activity, reader, seal),
    inspect: new InspectEntryHandler(
      desk,
      store,
      new LogKey(logSigner.vkey),
      reader,
      activity,
      vault,
      current,
      new PostgresStanding(database.pool),
      deciders,
      registers,
      clock,
    ),
    search: new BeginPersonSearchHandler(desk),
    reads: new ListReadsHandler(desk, activity, reader, vault, seal),
    follower,
    witness,
    witnessOf,
    cases: new ListCasesHandler(desk, activity, reader, vault, acts, cases, seal),
    case: new GetCaseHandler(desk, reader, vault, acts, cases, seal),
    step: new RecordCaseStepHandler(desk, reader, acts, cases, clock),
    stepLater: (ms: number) => new RecordCaseStepHandler(desk, reader, acts, cases, new FixedClock(Date.now() + ms)),
    commit: new CommitSampleHandler(desk, activity, clock),
    draw: new DrawSampleHandler(desk, acts, reader, samples, witness),
    samples: new ListSamplesHandler(desk, samples, witness, seal),
    sample: new GetSampleHandler(
      ...([desk, samples, witness] as const),
      ...([new SampleProofs(store, new LogKey(logSigner.vkey), reader, vault), reader, vault, seal] as const),
    ),
    finding: new RecordSampleFindingHandler(desk, acts, samples),
    hunt: new AnomalyHunt(
      ...(['node', activity, new PostgresAnomalySource(database.pool), reader, vault, audit, current, silent] as const),
    ),
  };
}

beforeAll(async () => {
  database = await createLogDatabase();
  store = database.store({ vault, clock });
  reader = new PostgresLogReader(database.pool);
  activity = new PostgresActivity(database.pool);
  parts = build();
});
afterAll(() => database.close());

const visit = async (deviation: Partial<Session> = {}): Promise<Visit> => {
  const session = aSession({ signedInAt: Math.floor(Date.now() / 1000) - 60, ...deviation });
  const by = { pages: 'pages', issuer: ISSUER, key: federation.key('pages', 'session'), nowMs: clock.now() };
  return { caller: pages, sessionToken: await signSession(session, by) };
};
const officer = await visit();
const append = async (...entries: NewEntry[]) => (await store.append(entries)).map(({ index }) => index);
const closed = (deviation: Partial<NewEntry['caller']> = {}, rest: Partial<NewEntry> = {}) =>
  anEntry({
    caller: {
      ...{ event: 'retrieval.closed', consumer: 'familienkasse-online', register: 'melderegister-bremen' },
      ...{ purpose: 'kindergeld-antrag', legal_basis: 'estg-67', outcome: 'released' },
      ...deviation,
    },
    ...rest,
  });
const rolledUp = async () => {
  while (await activity.rollUp());
};
/** As if the hour of what was logged so far were over. */
const anHourLater = () => database.tamper(`update log.record set log_time = log_time - interval '1 hour'`);
/** As somebody could who has the database and no key. */
const alter = (...indices: readonly number[]) =>
  database.tamper(`update log.record set ciphertext = ciphertext || '\\x00' where index in (${indices.join()})`);
const mend = (index: number) =>
  database.tamper(
    `update log.record set ciphertext = substr(ciphertext, 1, length(ciphertext) - 1) where index = ${index}`,
  );
const events = async (from: number) =>
  (await database.pool.query('select event, consumer from log.record where index >= $1 order by index', [from])).rows;

describe('what is counted beside the log', () => {
  it('finds what a look at every record finds, counted or not, before any index', async () => {
    const first = (await store.head()).size;
    await append(...Array.from({ length: 60 }, (_, i) => closed({ consumer: `c${i % 3}`, register: `r${i % 5}` })));
    await append(
      closed({ consumer: 'c1', outcome: 'refused', reason: 'REGISTER_REFUSED' }),
      closed({ register: 'r1' }),
    );
    await anHourLater();
    await rolledUp();
    await append(...Array.from({ length: 20 }, (_, i) => closed({ consumer: `c${i % 3}`, register: `r${i % 5}` })));
    const records = await reader.list({}, Number.MAX_SAFE_INTEGER, 1000);
    const now = Date.now();
    const queries: EntryQuery[] = [
      {},
      { consumer: 'c1' },
      { consumer: 'c2', register: 'r2' },
      { reason: 'REGISTER_REFUSED' },
      { outcome: 'refused', consumer: 'c1' },
      { events: ['retrieval.closed'], register: 'r1' },
      { events: ['incident'] },
      { toMs: now - HOUR_MS / 2, consumer: 'c0' },
      { fromMs: now - HOUR_MS / 2, consumer: 'c0' },
    ];
    for (const query of queries) {
      for (const [before, limit] of [
        [Number.MAX_SAFE_INTEGER, 1000],
        [first + 63, 1000],
        [first + 30, 7],
      ] as const) {
        const expected = records
          .filter(({ index, caller }) => index < before && isMatch(query, caller))
          .slice(0, limit)
          .map(({ index }) => index);
        expect(await activity.matching(query, before, limit)).toEqual(expected);
      }
    }
  });

  it('counts each entry once, whether several nodes count at the same moment or what is rolled up is asked for', async () => {
    const period = { fromMs: Date.now() - 48 * HOUR_MS, toMs: Date.now() + HOUR_MS };
    const total = async () => (await activity.counts(period)).reduce((sum, { entries }) => sum + entries, 0);
    const { size } = await store.head();
    expect(await total()).toBe(size);
    await anHourLater();
    const other = new PostgresActivity(database.poolOfNode());
    await Promise.all([rolledUp(), other.rollUp(), other.rollUp()]);
    const { rows } = await database.pool.query('select next_index::int as next from app.activity_head');
    expect(rows[0].next).toBe(size);
    expect(await total()).toBe(size);
  });

  it('tells of each processing how often it was used since an hour, and when first and last, counted or not (GDPR Art. 30)', async () => {
    const copy = await createLogDatabase();
    const own = new PostgresActivity(copy.pool);
    const log = copy.store({ vault, clock });
    const of = (consumer: string, event: 'retrieval.closed' | 'identity.closed' | 'retrieval.opened') =>
      closed({ event, consumer, purpose: 'p' });
    await log.append([of('a', 'retrieval.closed'), of('a', 'identity.closed'), of('a', 'retrieval.opened')]);
    await copy.tamper(`update log.record set log_time = log_time - interval '5 hours'`);
    while (await own.rollUp());
    await log.append([of('a', 'retrieval.closed'), of('b', 'identity.closed')]);
    const hourOf = (ms: number) => Math.floor(ms / HOUR_MS) * HOUR_MS;
    const [first, last] = [hourOf(Date.now() - 5 * HOUR_MS), hourOf(Date.now())];
    expect(await own.uses(0)).toEqual([
      { consumer: 'a', purpose: 'p', retrievals: 2, lookups: 1, firstMs: first, lastMs: last },
      { consumer: 'b', purpose: 'p', retrievals: 0, lookups: 1, firstMs: last, lastMs: last },
    ]);
    expect((await own.uses(last))[0]).toMatchObject({ retrievals: 1, lookups: 0, firstMs: first });
    await copy.close();
  });

  it('forgets the counts of what was erased (IDNrG § 9 Abs. 3)', async () => {
    const copy = await createLogDatabase();
    await copy.store({ vault, clock }).append(Array.from({ length: 3 }, () => closed()));
    await copy.tamper(`update log.record set log_time = log_time - interval '3 hours'`);
    const own = new PostgresActivity(copy.pool);
    expect(await own.rollUp()).toBe(true);
    await copy.store({ vault, clock }).append([closed()]);
    await copy.tamper('delete from log.record where index < 3');
    expect(await own.rollUp()).toBe(false);
    const { rows } = await copy.pool.query('select count(*)::int as hours from app.activity_hour');
    expect(rows[0].hours).toBe(0);
    await copy.close();
  });
});

describe('an officer or auditor (IDNrG § 9)', () => {
  it('sees figures of all participants, and the look is on record before', async () => {
    const { size } = await store.head();
    const shown = overviewToWire(await parts.overview.execute(new GetOverview(officer, undefined, undefined)));
    expect((await events(size)).map(({ event }) => event)).toEqual(['session.opened', 'oversight.read']);
    expect(shown.outcomes).toEqual(expect.arrayContaining([{ name: 'refused', count: 1 }]));
    expect(shown.refusals).toEqual([{ name: 'REGISTER_REFUSED', count: 1 }]);
    expect(shown.consumers?.map(({ name }) => name)).toEqual(expect.arrayContaining(['c0', 'c1', 'c2']));
    const flow = shown.flows?.find(
      ({ consumer, register }) => consumer === 'c1' && register === 'melderegister-bremen',
    );
    expect(flow).toMatchObject({ retrievals: 1, released: 0 });
  });

  it('sees the newest checkpoint and the schedule of erasure of each class (IDNrG § 9 Abs. 3)', async () => {
    const shown = overviewToWire(await parts.overview.execute(new GetOverview(officer, undefined, undefined)));
    const { size, root } = await store.head();
    expect(shown.newest_checkpoint).toMatchObject({ tree_size: size, root_hash: root, witnesses: [] });
    const { rows } = await database.pool.query('select min(log_time) as oldest from log.record');
    const oldest: Date = rows[0].oldest;
    const due = new Date(oldest);
    due.setUTCFullYear(due.getUTCFullYear() + 2);
    expect(shown.retention).toEqual([
      {
        ...{ retention_class: 'standard', months: 24, erased_records: 0, due_records: 0, due_records_more: false },
        ...{ oldest_record_time: toTimestamp(oldest.getTime()), next_due_time: toTimestamp(due.getTime()) },
      },
    ]);
    expect([shown.erasure_due, shown.erased_records]).toEqual([false, 0]);
  });

  it.each([
    [3, 'hours', 3600],
    [40, 'days', 86_400],
    [365, 'calendar months', undefined],
  ])('sees %d days in %s', async (days, _steps, seconds) => {
    const period = { fromMs: Date.now() - days * 24 * HOUR_MS, toMs: Date.now() } as const;
    const shown = overviewToWire(await parts.overview.execute(new GetOverview(officer, period.fromMs, period.toMs)));
    expect(shown.step_seconds).toBe(seconds);
  });

  it('sees in months what days and hours have, each from its first day', async () => {
    const period = { fromMs: Date.now() - 90 * 24 * HOUR_MS, toMs: Date.now() + HOUR_MS };
    const total = async (step: 'hour' | 'day' | 'month') =>
      (await activity.steps(period, step)).reduce((sum, { entries }) => sum + entries, 0);
    expect(await total('hour')).toBeGreaterThan(0);
    expect([await total('day'), await total('month')]).toEqual([await total('hour'), await total('hour')]);
    const begun = (await activity.steps(period, 'month')).map(({ atMs }) => new Date(atMs).toISOString().slice(7));
    expect(new Set(begun)).toEqual(new Set(['-01T00:00:00.000Z']));
  });

  it.each([
    ['citizen', { role: 'citizen', subject: 'token' }, 'CALL_NOT_ALLOWED'],
    ['administrator', { role: 'administrator' }, 'CALL_NOT_ALLOWED'],
    ['officer signed in at the level low', { assurance: 'low' }, 'ASSURANCE_TOO_LOW'],
  ] as const)('is no %s', async (_who, deviation, reason) => {
    const given = await visit(deviation);
    await expect(parts.overview.execute(new GetOverview(given, undefined, undefined))).rejects.toMatchObject({
      reason,
    });
    await expect(parts.find.execute(new FindEntries(given, {}, 10, ''))).rejects.toMatchObject({ reason });
  });

  it('turns page after page and sees every entry once, whatever is logged meanwhile; the token is good for nobody else', async () => {
    const seen: number[] = [];
    let token = '';
    do {
      const page = await parts.find.execute(new FindEntries(officer, { consumer: 'c1' }, 7, token));
      seen.push(...page.records.map(({ index }) => index));
      await append(closed({ consumer: 'c1' }));
      token = page.nextPageToken;
    } while (token !== '');
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe(28);
    const { nextPageToken } = await parts.find.execute(new FindEntries(officer, { consumer: 'c1' }, 7, ''));
    const other = await visit({ actor: 'pairwise-pseudonym-of-another' });
    for (const [who, query] of [
      [other, { consumer: 'c1' }],
      [officer, { consumer: 'c2' }],
    ] as const) {
      await expect(parts.find.execute(new FindEntries(who, query, 7, nextPageToken))).rejects.toMatchObject({
        reason: 'REQUEST_INVALID',
      });
    }
  });

  it('sees an entry with its proof, and opens the protected half with a reason; the person finds that', async () => {
    const exchange = randomUUID();
    const [opened = 0, index = 0] = await append(
      closed({ event: 'retrieval.opened', exchange_ref: exchange }),
      closed(
        { exchange_ref: exchange },
        { protected: { cause: 'none', rule_ids: ['gone'], subjects: [{ role: 'child', person: PERSON }] } },
      ),
    );
    const closedView = await parts.inspect.execute(new InspectEntry(officer, index, '', ''));
    expect(closedView.hidden).toBeUndefined();
    expect(closedView.receipt.index).toBe(index);
    expect(closedView.related.map((it) => it.index)).toEqual([opened]);
    const { size } = await store.head();
    const open = await parts.inspect.execute(new InspectEntry(officer, index, 'Beschwerde vom Montag', 'DSB-1'));
    expect(open.hidden?.part.cause).toBe('none');
    expect(open.rules).toEqual([{ id: 'gone', rule: undefined }]);
    const { rows } = await database.pool.query('select capacity from log.subject_index where index = $1 order by 1', [
      size,
    ]);
    expect(rows.map(({ capacity }) => capacity)).toEqual(['decider', 'subject']);
    const auditor = await visit({ role: 'auditor' });
    await expect(
      parts.inspect.execute(new InspectEntry(auditor, index, 'Beschwerde vom Montag', 'DSB-1')),
    ).rejects.toMatchObject({
      reason: 'CALL_NOT_ALLOWED',
    });
    await expect(parts.inspect.execute(new InspectEntry(officer, index, 'kurz', ''))).rejects.toMatchObject({
      violations: [{ field: 'reason' }, { field: 'file_reference' }],
    });
    await expect(parts.inspect.execute(new InspectEntry(auditor, size + 1000, '', ''))).rejects.toMatchObject({
      reason: 'BEYOND_LOG',
    });
  });

  it('opens a decision; who took it and whom it was used for find that, though the entry names neither', async () => {
    const trigger = 'decided-at-the-pages';
    const retrieval = randomUUID();
    const [granted = 0] = await append(
      anEntry({
        caller: { event: 'trigger.granted', consumer: 'familienkasse-online', trigger_id: trigger },
        ...{ protected: { attributes: ['name'] }, effects: [{ kind: 'grant-trigger', trigger }] },
      }),
      closed(
        { event: 'retrieval.opened', trigger_id: trigger, retrieval_ref: retrieval },
        {
          protected: { subjects: [{ role: 'child', person: PERSON }] },
          effects: [{ kind: 'use-trigger', trigger, by: retrieval }],
        },
      ),
    );
    const found = async (person: PersonRef) => {
      const records = await reader.about(await subjectKeys(vault, [person]), Number.MAX_SAFE_INTEGER, 1);
      return records.map(({ record }) => record);
    };
    await parts.inspect.execute(new InspectEntry(officer, granted, '', ''));
    expect(await found({ kind: 'idnr', idnr: DECIDER })).toEqual([]);
    await parts.inspect.execute(new InspectEntry(officer, granted, 'Beschwerde vom Montag', 'DSB-1'));
    for (const person of [{ kind: 'idnr', idnr: DECIDER } as const, PERSON])
      expect(await found(person)).toMatchObject([{ caller: { event: 'oversight.read' } }]);
  });

  it('sees of a retrieval the decision it rests on, what permitted it, and what its register has about it', async () => {
    const [exchange, retrieval, trigger] = [randomUUID(), randomUUID(), randomUUID()];
    const about = { exchange_ref: exchange, retrieval_ref: retrieval, trigger_id: trigger };
    const inspected = async (register: string) => {
      const [granted, , index = 0] = await append(
        anEntry({ effects: [{ kind: 'grant-trigger', trigger: `${trigger}${register}` }] }),
        closed(
          { ...about, retrieval_ref: `${retrieval}${register}`, register, event: 'retrieval.opened' },
          { protected: { rule_ids: ['kindergeld-meldedaten'], register_refs: { [register]: 'ref-of-the-register' } } },
        ),
        closed({ ...about, retrieval_ref: `${retrieval}${register}`, register, trigger_id: `${trigger}${register}` }),
      );
      const seen = await new InspectEntryHandler(
        ...([desk, store, new LogKey(logSigner.vkey), reader, activity, vault, federation.current] as const),
        ...([new PostgresStanding(database.pool), deciders, registers, new FixedClock(Date.now() + 60_000)] as const),
      ).execute(new InspectEntry(officer, index, 'Beschwerde vom Montag', 'DSB-1'));
      expect(seen.trigger?.index).toBe(granted);
      return seen;
    };
    const seen = await inspected('melderegister-bremen');
    expect(seen.rules.map(({ id }) => id)).toEqual(['kindergeld-meldedaten']);
    expect(seen.otherSide).toMatchObject({ kind: 'line', line: { sequence: 2, evidenceType: 'meldedaten' } });
    expect((await inspected('personenstand-bremen')).otherSide).toEqual({ kind: 'silent', why: 'UNAVAILABLE' });
  });

  it('sees an entry also where another one of its exchange was altered; an altered one does not open', async () => {
    const about = { exchange_ref: randomUUID(), retrieval_ref: randomUUID() };
    const [opened = 0, index = 0] = await append(
      closed({ ...about, event: 'retrieval.opened' }, { protected: { rule_ids: ['kindergeld-meldedaten'] } }),
      closed(about),
    );
    await alter(opened);
    const open = (at: number) => parts.inspect.execute(new InspectEntry(officer, at, 'Beschwerde vom Montag', 'DSB-1'));
    expect(await open(index)).toMatchObject({ rules: [], related: [{ index: opened }] });
    await expect(open(opened)).rejects.toMatchObject({ reason: 'NOT_FOUND' });
  });

  it('sees who looked at what, their own looks included; an auditor no reasons, since these may name persons', async () => {
    const { reads } = await parts.reads.execute(new ListReads(officer, 50, ''));
    const own = 'pairwise-pseudonym-of-an-officer';
    expect(reads.every(({ isOwn, actor, role }) => isOwn === (actor === own) && role !== '')).toBe(true);
    expect(new Set(reads.map(({ isOwn }) => isOwn)).size).toBe(2);
    expect(reads.find(({ view }) => view === 'opened entry')).toMatchObject({
      ...{ reason: 'Beschwerde vom Montag', fileReference: 'DSB-1', role: 'officer' },
    });
    const [newest] = (await parts.reads.execute(new ListReads(officer, 1, ''))).reads;
    expect(newest?.view).toBe('reads');
    const other = await parts.reads.execute(new ListReads(await visit({ role: 'auditor' }), 50, ''));
    expect(other.reads.filter(({ reason }) => reason !== '')).toEqual([]);
  });

  it('searches no person unseen: grounds are on record before the lookup, for other officers too, and not whom it is about', async () => {
    const grounds = ['Beschwerde vom Dienstag', 'DSB-2'] as const;
    const index = await parts.search.execute(new BeginPersonSearch(officer, ...grounds));
    const other = await visit({ actor: 'pairwise-pseudonym-of-another' });
    const readBy = async (who: Visit) =>
      (await parts.reads.execute(new ListReads(who, 50, ''))).reads.find(({ record }) => record.index === index);
    expect(await readBy(other)).toMatchObject({
      ...{ actor: 'pairwise-pseudonym-of-an-officer', role: 'officer', view: 'person search', isOwn: false },
      ...{ reason: grounds[0], fileReference: grounds[1] },
    });
    expect(await readBy(await visit({ role: 'auditor' }))).toMatchObject({ view: 'person search', reason: '' });
    const { rows } = await database.pool.query('select capacity from log.subject_index where index = $1', [index]);
    expect(rows).toEqual([{ capacity: 'decider' }]);
    const auditor = new BeginPersonSearch(await visit({ role: 'auditor' }), ...grounds);
    await expect(parts.search.execute(auditor)).rejects.toMatchObject({ reason: 'CALL_NOT_ALLOWED' });
    await expect(parts.search.execute(new BeginPersonSearch(officer, 'kurz', ' '))).rejects.toMatchObject({
      violations: [{ field: 'reason' }, { field: 'file_reference' }],
    });
  });

  it('keeps filters for themself alone', async () => {
    const filters = new PostgresSavedFilters(database.pool);
    const [own, other] = ['one', 'other'].map((actor) => ({ pages: 'pages', actor }));
    await filters.save(own!, { name: 'mine', query: { a: 1 } });
    await filters.save(own!, { name: 'mine', query: { a: 2 } });
    expect(await filters.list(own!)).toEqual([{ name: 'mine', query: { a: 2 } }]);
    expect(await filters.list(other!)).toEqual([]);
    expect(await filters.remove(other!, 'mine')).toBe(false);
    for (let i = 0; i < 49; i++) await filters.save(own!, { name: `n${i}`, query: {} });
    expect(await filters.save(own!, { name: 'one too many', query: {} })).toBe(false);
    expect(await filters.save(own!, { name: 'mine', query: {} })).toBe(true);
  });
});

describe('a case (GDPR Art. 33)', () => {
  const breach: BreachStatement = {
    ...{ persons: 1, records: 2, contact: 'Datenschutz, Am Markt 1', delay: '' },
    ...{ consequences: 'Ein Ort wurde gesehen', measures: 'Register benachrichtigt' },
  };

  it('is an incident with 72 hours, taken up and reported by an officer, each step an entry', async () => {
    const [incident = 0, other = 0] = await append(
      closed(
        { event: 'incident', reason: 'EVIDENCE_INVALID', outcome: undefined },
        {
          protected: {
            ...{ cause: 'SURPLUS_FIELDS', attributes: ['geburtsort'] },
            subjects: [{ role: 'child', person: PERSON }],
          },
        },
      ),
      closed(),
    );
    const { cases } = await parts.cases.execute(new ListCases(officer, ['incident'], 10, ''));
    expect(cases).toMatchObject([{ record: { index: incident }, state: 'open', cause: 'SURPLUS_FIELDS' }]);
    const [{ record, dueMs } = {}] = cases;
    expect(dueMs).toBe(Date.parse(record?.caller.log_time ?? '') + 72 * HOUR_MS);
    const { size } = await store.head();
    const take = (who: Visit, index: number, state: StepState, note: string, report?: BreachStatement) =>
      parts.step.execute(new RecordCaseStep(who, index, { state, note, report }));
    await take(officer, incident, 'in_progress', 'Register um Auskunft gebeten', breach);
    await take(officer, incident, 'reported', 'Gemeldet unter BfDI-77/2026');
    expect((await events(size)).map(({ event }) => event)).toEqual(['case.changed', 'case.changed']);
    const file = await parts.case.execute(new GetCase(officer, incident, 100, ''));
    expect(file).toMatchObject({ opened: { state: 'reported' }, report: breach, nextPageToken: '' });
    expect(file.facts).toEqual({ attributes: ['geburtsort'], subjectRoles: ['child'], subjects: 1 });
    expect(file.firstReportedAtMs).toBe(file.steps[0]?.atMs);
    expect(file.steps.map(({ state, note, actor }) => [state, note, actor])).toEqual([
      ['reported', 'Gemeldet unter BfDI-77/2026', 'pairwise-pseudonym-of-an-officer'],
      ['in_progress', 'Register um Auskunft gebeten', 'pairwise-pseudonym-of-an-officer'],
    ]);
    const newest = await parts.case.execute(new GetCase(officer, incident, 1, ''));
    const rest = await parts.case.execute(new GetCase(officer, incident, 1, newest.nextPageToken));
    expect([...newest.steps, ...rest.steps]).toEqual(file.steps);
    expect(rest).toMatchObject({ nextPageToken: '', report: breach });
    const auditor = await visit({ role: 'auditor' });
    const seen = await parts.case.execute(new GetCase(auditor, incident, 100, ''));
    expect(seen.steps.map(({ note }) => note)).toEqual(['', '']);
    expect(seen.report).toBeUndefined();
    const step = (who: Visit, index: number) => take(who, index, 'dismissed', 'kein Risiko hier');
    await expect(step(auditor, incident)).rejects.toMatchObject({ reason: 'CALL_NOT_ALLOWED' });
    await expect(step(officer, other)).rejects.toMatchObject({ reason: 'NOT_FOUND' });
  });

  it('is an anomaly, told once however often it is looked for, with its numbers and without a term', async () => {
    const persons = [{ person: { kind: 'idnr', idnr: '09876543217' } as const, as: 'subject' as const }];
    await append(
      ...Array.from({ length: 5 }, (_, i) => closed({ event: 'retrieval.opened', consumer: `asker${i}` }, { persons })),
      closed({ event: 'trigger.granted', legal_basis: 'idnrg-9' }, { protected: {} }),
      closed({ event: 'trigger.granted', legal_basis: 'idnrg-9' }, { protected: { file_reference: 'DSB-2' } }),
      // Nothing has counted these yet.
      ...Array.from({ length: 10 }, () => closed({ event: 'refused', consumer: 'burst', outcome: undefined })),
      // Its retrievals that ended as refused count as well, not what failed or found nobody (ADR 66).
      ...Array.from({ length: 20 }, () =>
        closed({ consumer: 'burst', outcome: 'refused', reason: 'REGISTER_REFUSED' }),
      ),
      ...Array.from({ length: 30 }, () =>
        closed({ consumer: 'burst', outcome: 'failed', reason: 'REGISTER_UNAVAILABLE' }),
      ),
      ...Array.from({ length: 30 }, () =>
        closed({ consumer: 'burst', outcome: 'refused', reason: 'SUBJECT_NOT_AVAILABLE' }),
      ),
    );
    const soon = Date.now() + HOUR_MS;
    expect(await parts.hunt.look(soon)).toBe(3);
    const again = build().hunt;
    expect(await again.look(soon)).toBe(0);
    const { cases } = await parts.cases.execute(new ListCases(officer, ['anomaly'], 10, ''));
    expect(cases.map(({ cause, dueMs, anomaly }) => [cause, dueMs, anomaly?.observed])).toEqual([
      ['SAME_PERSON', undefined, 5],
      ['NO_FILE_REFERENCE', undefined, 1],
      ['REFUSALS', undefined, 30],
    ]);
    // Who is watched is not told.
    expect(cases.every(({ record: it }) => it.caller.consumer === 'node')).toBe(true);
  });

  it('knows of each consumer since when the log has it, by its first entry', async () => {
    const source = new PostgresAnomalySource(database.pool);
    const { rows } = await database.pool.query(`select min(log_time) as since from log.record where consumer = 'c1'`);
    const since = await source.seenSince(['c1', 'nobody-ever']);
    expect([...since]).toEqual([['c1', rows[0].since.getTime()]]);
  });

  it('has the number of its entry, and so has each step: two officers at the same moment get two', async () => {
    const numbers = await Promise.all(Array.from({ length: 8 }, () => append(closed({ event: 'incident' }))));
    expect(new Set(numbers.flat()).size).toBe(8);
    const [incident = 0] = numbers.flat();
    const other = await visit({ actor: 'pairwise-pseudonym-of-another' });
    const step = (who: Visit) =>
      parts.step.execute(
        new RecordCaseStep(who, incident, { state: 'reported', note: 'Gemeldet unter BfDI-80', report: breach }),
      );
    const taken = await Promise.all([step(officer), step(other)]);
    expect(new Set(taken).size).toBe(2);
    const { steps } = await parts.case.execute(new GetCase(officer, incident, 100, ''));
    expect(steps.map(({ logIndex }) => logIndex)).toEqual(taken.toSorted((a, b) => b - a));
  });

  it('is made of each task without a file, however many there are and also beside an altered one, which the operator is told of (IDNrG § 9)', async () => {
    const task = (part: NewEntry['protected']) =>
      closed({ event: 'trigger.granted', legal_basis: 'idnrg-9' }, { protected: part });
    const [first = 0, altered = 0] = await append(
      ...[task({}), task({})],
      ...Array.from({ length: 200 }, () => task({ file_reference: 'DSB-3' })),
    );
    await alter(altered);
    expect(await build().hunt.look(Date.now() + HOUR_MS)).toBe(1);
    const { cases } = await parts.cases.execute(new ListCases(officer, ['anomaly'], 1, ''));
    expect(cases.map(({ anomaly }) => [anomaly?.kind, anomaly?.entry])).toEqual([['NO_FILE_REFERENCE', first]]);
    expect(silent.lines).toContain(
      JSON.stringify({ index: altered, message: 'a record does not open; run "einmal audit fsck"' }),
    );
    await mend(altered);
  });

  it('says why it is reported late, or is not reported (GDPR Art. 33 (1))', async () => {
    const [incident = 0, anomaly = 0] = await append(
      closed({ event: 'incident', outcome: undefined }),
      closed({ event: 'anomaly', outcome: undefined }),
    );
    const later = parts.stepLater(73 * HOUR_MS);
    const report = (index: number, stated?: BreachStatement) =>
      later.execute(
        new RecordCaseStep(officer, index, { state: 'reported', note: 'Gemeldet unter BfDI-78', report: stated }),
      );
    await expect(report(incident)).rejects.toMatchObject({ violations: [{ field: 'report.delay' }] });
    await expect(report(incident, breach)).rejects.toMatchObject({ violations: [{ field: 'report.delay' }] });
    await report(anomaly);
    await report(incident, { ...breach, delay: 'Erst heute bemerkt' });
    const inTime = { state: 'reported', note: 'Gemeldet unter BfDI-79', report: undefined } as const;
    const [other = 0] = await append(closed({ event: 'incident', outcome: undefined }));
    await parts.step.execute(new RecordCaseStep(officer, other, inTime));
    // What is added later to a report that came in time is not late.
    await report(other);
  });

  it('is shown with every other step where one was altered after it was followed, and so is the list of cases', async () => {
    const [incident = 0, altered = 0] = await append(
      closed({ event: 'incident', outcome: undefined }),
      closed({ event: 'incident', outcome: undefined }, { protected: { cause: 'SURPLUS_FIELDS' } }),
    );
    const take = (note: string, report?: BreachStatement) =>
      parts.step.execute(new RecordCaseStep(officer, incident, { state: 'in_progress', note, report }));
    await take('Register um Auskunft gebeten');
    const step = await take('Register benachrichtigt', breach);
    await parts.case.execute(new GetCase(officer, incident, 100, ''));
    await alter(step, altered);
    const file = await parts.case.execute(new GetCase(officer, incident, 100, ''));
    expect(file.steps.map(({ actor, note }) => [actor, note])).toEqual([
      ['', ''],
      ['pairwise-pseudonym-of-an-officer', 'Register um Auskunft gebeten'],
    ]);
    expect(file.report).toBeUndefined();
    const { cases } = await parts.cases.execute(new ListCases(officer, ['incident'], 2, ''));
    expect(cases.map(({ record, cause }) => [record.index, cause])).toEqual([
      [altered, ''],
      [incident, 'test'],
    ]);
  });

  it('stands in its entries alone: a step whose process ended after it is there for whoever looks next', async () => {
    const [incident = 0] = await append(closed({ event: 'incident', outcome: undefined }));
    await parts.follower().follow();
    const audit = new AuditLog(store);
    const session = { id: 's', role: 'officer', assurance: 'high', actor: 'one-who-was-cut-off' };
    const step = (state: string) =>
      audit.officerActed('case.changed', {
        ...{ caller: { consumer: 'pages' }, persons: [] },
        protected: { session, case: { entry: incident, state }, note: 'Register um Auskunft gebeten' },
      });
    await step('in_progress');
    const { index } = await step('dismissed');
    await database.tamper(`update log.record set ciphertext = ciphertext || '\\x00' where index = ${index}`);
    await step('reported');
    // Cut off between the rows and the note of how far they go: they are written again, once each.
    const position = new PostgresActPosition(database.pool);
    const { indices } = await position.next(['case.changed'], 100);
    expect(indices).toHaveLength(3);
    await new PostgresCaseStore(database.pool).add(incident, {
      ...{ logIndex: indices[0] ?? 0, state: 'in_progress', hasReport: false, atMs: Date.now() },
    });
    await Promise.all([parts.follower().follow(), parts.follower(database.poolOfNode()).follow()]);
    const { opened, steps } = await parts.case.execute(new GetCase(officer, incident, 100, ''));
    expect(opened.state).toBe('reported');
    expect(steps.map(({ state, actor }) => [state, actor])).toEqual([
      ['reported', 'one-who-was-cut-off'],
      ['in_progress', 'one-who-was-cut-off'],
    ]);
    expect(silent.lines).toContainEqual(expect.stringContaining('does not open'));
    expect((await position.next(['case.changed'], 100)).indices).toEqual([]);
  });
});

describe('a sample (IDNrG § 8)', () => {
  const nonce = Buffer.alloc(32, 5);
  const nonceHash = createHash('sha256').update(nonce).digest();

  it('is drawn by what nobody knew when it was committed to, and by everybody again from what is public', async () => {
    await append(...Array.from({ length: 20 }, () => closed()));
    await witnessed();
    const period = { fromMs: 0, toMs: Date.now() };
    const sample = await parts.commit.execute(new CommitSample(officer, nonceHash, period, 5));
    const draw = (who = officer, by = nonce) => parts.draw.execute(new DrawSample(who, sample, by));
    const open = (part: Pick<SampleWish, 'isCountedOnly'>, who = officer) =>
      parts.sample.execute(new GetSample(who, sample, { ...part, isProved: false, limit: 200, pageToken: '' }));
    await expect(draw()).rejects.toMatchObject({ reason: 'LOG_NOT_WITNESSED' });
    const standing = async () => (await parts.samples.execute(new ListSamples(officer, 1, ''))).samples[0];
    expect(await standing()).toMatchObject({ state: 'waiting', fixedIndex: undefined });
    const checkpoint = await witnessed();
    // Fixed, and nobody but the node has seen that yet.
    const fixed = await standing();
    expect(fixed).toMatchObject({ state: 'waiting', checkpoint: expect.stringContaining(checkpoint) });
    expect((await reader.record(fixed?.fixedIndex ?? -1))?.caller).toMatchObject({ event: 'sample.fixed' });
    await expect(draw()).rejects.toMatchObject({ reason: 'LOG_NOT_WITNESSED' });
    await append(closed());
    await witnessed();
    // A later one does not count: it could be chosen.
    expect(await standing()).toMatchObject({ state: 'fixed', checkpoint: fixed?.checkpoint });
    await expect(draw(officer, Buffer.alloc(32, 6))).rejects.toMatchObject({ violations: [{ field: 'nonce' }] });
    await expect(draw(await visit({ actor: 'pairwise-pseudonym-of-another' }))).rejects.toMatchObject({
      reason: 'NOT_FOUND',
    });
    const drawn = await draw();
    expect(drawn.checkpoint?.startsWith(checkpoint)).toBe(true);
    const { items } = await open({ isCountedOnly: false });
    expect(items.filter(({ isCounted }) => isCounted)).toHaveLength(5);
    expect(drawn.endIndex).toBeLessThanOrEqual(sample);

    const drawnByAnybody = drawnAgain(nonce, drawn.checkpoint ?? '', drawn.firstIndex, drawn.endIndex);
    const first = Array.from(items, () => drawnByAnybody.next().value);
    expect(items.map(({ logIndex }) => logIndex)).toEqual(first);
    for (const { logIndex, isCounted } of items)
      expect(isCounted).toBe((await reader.record(logIndex))?.caller.event === 'retrieval.closed');
    expect(await draw()).toEqual(drawn);
    expect(await standing()).toEqual({ ...drawn, state: 'drawn' });
    expect((await open({ isCountedOnly: false })).items).toEqual(items);

    const [item] = items.filter(({ isCounted }) => isCounted);
    const found = {
      sample,
      entry: item?.logIndex ?? 0,
      finding: 'objection',
      note: 'Zweck passt nicht zum Nachweis',
    } as const;
    await parts.finding.execute(new RecordSampleFinding(officer, found));
    const { items: counted } = await open({ isCountedOnly: true });
    expect(counted).toHaveLength(5);
    expect(counted.find(({ logIndex }) => logIndex === item?.logIndex)).toMatchObject({
      ...{ finding: 'objection', note: 'Zweck passt nicht zum Nachweis' },
    });
    const forAuditor = await open({ isCountedOnly: true }, await visit({ role: 'auditor' }));
    expect(forAuditor.items.map(({ note }) => note)).toEqual(['', '', '', '', '']);
    await expect(
      parts.finding.execute(new RecordSampleFinding(officer, { ...found, entry: sample })),
    ).rejects.toMatchObject({
      reason: 'NOT_FOUND',
    });

    // What is altered once its row is made hides no other.
    const [, other] = items.filter(({ isCounted }) => isCounted);
    await parts.finding.execute(new RecordSampleFinding(officer, { ...found, entry: other?.logIndex ?? 0 }));
    const before = (await open({ isCountedOnly: true })).items;
    const finding = before.find(({ logIndex }) => logIndex === item?.logIndex)?.findingIndex ?? 0;
    await alter(finding);
    expect((await open({ isCountedOnly: true })).items).toEqual(
      before.map((it) => (it.logIndex === item?.logIndex ? { ...it, note: '' } : it)),
    );
    await mend(finding);
  });
});

describe('what a sample is drawn by (ADR 139)', () => {
  const period = () => ({ fromMs: 0, toMs: Date.now() });
  const commit = (nonce: Buffer) =>
    parts.commit.execute(new CommitSample(officer, createHash('sha256').update(nonce).digest(), period(), 1));
  const fixings = async (sample: number) => {
    const { rows } = await database.pool.query<{ index: string }>('select index from log.once where name = $1', [
      `sample ${sample}`,
    ]);
    return rows.map(({ index }) => Number(index));
  };
  const rowOf = (sample: number) => new PostgresSampleStore(database.pool).find(sample);

  it('is fixed by one entry where two nodes see different cosignatures at the same moment', async () => {
    await append(closed());
    const sample = await commit(Buffer.alloc(32, 21));
    await witnessed();
    const more = new MemoryCosignatureStore();
    for (const it of await cosigned.cosigned()) await more.keep(it);
    const { checkpoint = '', size } = await store.head();
    await more.keep({
      ...{ witness: 'w2', size, note: checkpoint },
      lines: cosign(checkpoint, cosigner(2), 1_795_000_009),
    });
    const other = database.store({ vault, clock });
    const pool = database.poolOfNode();
    await Promise.all([parts.witness.look(), parts.witnessOf(new AuditLog(other), parts.follower(pool), more).look()]);
    const [fixed, ...rest] = await fixings(sample);
    expect(rest).toEqual([]);
    const row = await rowOf(sample);
    expect(row?.fixedIndex).toBe(fixed);
    const half = await readableHalf(vault, (await reader.record(fixed ?? -1))!);
    expect(half?.part.sample).toMatchObject({ sample, checkpoint: row?.checkpoint });
  });

  it('stays as it was fixed when witnesses sign again, when the node was restarted, and when its entry is erased', async () => {
    const nonce = Buffer.alloc(32, 22);
    await append(closed());
    const sample = await commit(nonce);
    const checkpoint = await witnessed();
    await parts.witness.look();
    const before = await rowOf(sample);
    const { size } = await store.head();
    await cosigned.keep({
      ...{ witness: 'w2', size: sample + 1, note: checkpoint },
      lines: cosign(checkpoint, cosigner(2), 1_795_000_010),
    });
    expect(size).toBeGreaterThan(sample + 1);
    await witnessed();
    // Nothing but the log is left of what the node knew.
    await database.tamper('truncate app.sample, app.sample_item, app.case_step');
    await database.tamper('update app.act_head set next_index = 0');
    const restarted = build();
    await restarted.witness.look();
    expect(await rowOf(sample)).toEqual(before);
    expect(await fixings(sample)).toEqual([before?.fixedIndex]);
    await database.tamper(`delete from log.record where index = ${before?.fixedIndex}`);
    const drawn = await restarted.draw.execute(new DrawSample(officer, sample, nonce));
    expect(drawn).toMatchObject({ checkpoint: before?.checkpoint, fixedIndex: before?.fixedIndex });
    await witnessed();
    const wish = { isCountedOnly: false, isProved: true, limit: 3, pageToken: '' };
    expect((await restarted.sample.execute(new GetSample(officer, sample, wish))).grounds).toBeUndefined();
  });
});

describe('a sample that others verify (IDNrG § 8)', () => {
  const nonce = Buffer.alloc(32, 11);
  const nonceHash = createHash('sha256').update(nonce).digest();

  it('comes page by page with proofs that hold in one tree, of commitment and of what was drawn', async () => {
    const fromMs = Date.now();
    await append(...Array.from({ length: 5 }, () => closed()), ...Array.from({ length: 5 }, () => anEntry()));
    const period = { fromMs, toMs: Date.now() };
    const sample = await parts.commit.execute(new CommitSample(officer, nonceHash, period, 4));
    await witnessed();
    await parts.witness.look();
    await witnessed();
    await parts.draw.execute(new DrawSample(officer, sample, nonce));
    const wish = { isCountedOnly: false, isProved: true, limit: 3, pageToken: '' };
    await expect(parts.sample.execute(new GetSample(officer, sample, wish))).rejects.toMatchObject({
      reason: 'LOG_NOT_WITNESSED',
    });
    await append(closed());
    await witnessed();
    const { file, pages } = await fileOf(sample, 3);
    expect(pages).toBeGreaterThan(1);
    const keys = [1, 2, 3].map((n) => ({ participant: `w${n}`, vkeys: [cosigner(n).vkey] }));
    const policy = parsePolicy(trustPolicy(logSigner.vkey, keys));
    expect(checkSample({ ...file }, { policy })).toMatchObject({ verdict: 'holds', subject: { counted: 4 } });

    // What is erased, or was altered, cannot be shown any more; whoever verifies is told, and the rest is shown all the same.
    const [gone, altered] = file.items.filter(({ opening }) => String(opening?.caller.event).startsWith('retrieval.'));
    await database.tamper(`delete from log.record where index = ${gone?.log_index}`);
    await database.tamper(`update log.record set consumer = 'another' where index = ${altered?.log_index}`);
    expect(checkSample({ ...(await fileOf(sample, 200)).file }, { policy })).toMatchObject({
      verdict: 'cannot_tell',
      checks: expect.arrayContaining([expect.objectContaining({ detail: expect.stringMatching(/^2 of /) })]),
    });
  });

  it('is listed page by page without what was drawn, and made again from its entries where all rows are lost', async () => {
    const list = (limit: number, token: string) => parts.samples.execute(new ListSamples(officer, limit, token));
    const all = (await list(100, '')).samples;
    const first = await list(1, '');
    const second = await list(1, first.nextPageToken);
    expect([...first.samples, ...second.samples]).toEqual(all.slice(0, 2));
    await expect(
      parts.samples.execute(
        new ListSamples(await visit({ actor: 'pairwise-pseudonym-of-another' }), 1, first.nextPageToken),
      ),
    ).rejects.toMatchObject({ reason: 'REQUEST_INVALID' });
    const items = () => database.pool.query('select * from app.sample_item order by sample, place');
    const before = (await items()).rows;
    await database.tamper('truncate app.sample, app.sample_item, app.case_step');
    await database.tamper('update app.act_head set next_index = 0');
    expect((await list(100, '')).samples).toEqual(all);
    expect((await items()).rows).toEqual(before);
  });

  async function fileOf(sample: number, limit: number) {
    const items: SampleFile['items'][number][] = [];
    let [token, pages] = ['', 0];
    let grounds: SampleGrounds | undefined;
    while (true) {
      const wish = { isCountedOnly: false, isProved: true, limit, pageToken: token };
      const page = await parts.sample.execute(new GetSample(officer, sample, wish));
      pages += 1;
      grounds ??= page.grounds;
      for (const { logIndex, isCounted, receipt } of page.items)
        items.push({ ...(receipt && entryOf(receipt)), log_index: logIndex, counted: isCounted });
      token = page.nextPageToken;
      if (token !== '') continue;
      const { sample: drawn } = page;
      if (grounds === undefined) throw new Error('what the sample rests on is not proved');
      const file: SampleFile = {
        ...{ format: 'einmal-sample/2', checkpoint: drawn.checkpoint ?? '', items },
        nonce: drawn.nonce?.toString('base64') ?? '',
        commitment: openedOf(grounds.commitment),
        fixing: { ...openedOf(grounds.fixing), checkpoint: grounds.fixing.receipt.checkpoint },
        reveal: { ...openedOf(grounds.reveal), checkpoint: grounds.reveal.receipt.checkpoint },
      };
      return { file, pages };
    }
  }

  function openedOf({ receipt, hidden }: OpenedEntry): SampleFile['commitment'] {
    const part = JSON.parse(canonicalBytes(hidden.part).toString());
    return { ...entryOf(receipt), protected: { salt: hidden.salt.toString('base64'), part } };
  }

  function entryOf({ index, inclusionProof, opening }: ReceiptCopy): SampledEntry {
    const base64 = (text: string) => Buffer.from(text, 'base64url').toString('base64');
    return {
      log_index: index,
      inclusion_proof: inclusionProof.map((it) => it.toString('base64')),
      opening: {
        ...{ salt: base64(opening.caller_salt), caller: opening.caller },
        protected_hash: base64(opening.protected_hash),
      },
    };
  }
});

/** What the witnesses sign of the log as it is. */
async function witnessed(): Promise<string> {
  const { checkpoint = '', size } = await store.head();
  for (const n of [1, 3])
    await cosigned.keep({
      ...{ witness: `w${n}`, size, note: checkpoint },
      lines: cosign(checkpoint, cosigner(n), 1_795_000_000 + n),
    });
  return checkpoint;
}

function isMatch(query: EntryQuery, caller: CallerPart): boolean {
  const { fromMs, toMs, events: kinds, ...equal } = query;
  const at = Date.parse(caller.log_time);
  return (
    Object.entries(equal).every(([member, value]) => caller[member as keyof CallerPart] === value) &&
    (kinds === undefined || kinds.includes(caller.event)) &&
    (fromMs === undefined || at >= fromMs) &&
    (toMs === undefined || at < toMs)
  );
}

/** By the text of the decision record alone, with none of the code that drew. */
function* drawnAgain(nonce: Buffer, checkpoint: string, first: number, end: number): Generator<number> {
  const [text = '', lines = ''] = checkpoint.split('\n\n');
  const [origin] = text.split('\n');
  const cosignatures = lines
    .trim()
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, name]) => name !== origin)
    .map(([, name, blob = '']) => {
      const bytes = Buffer.from(blob, 'base64');
      return `${name}+${bytes.toString('hex', 0, 4)}+${bytes.toString('base64', 4)}\n`;
    })
    .sort();
  const sha256 = (...parts: (Buffer | string)[]) =>
    createHash('sha256')
      .update(Buffer.concat(parts.map((it) => Buffer.from(it))))
      .digest();
  const seed = sha256('einmal/sample/v1\n', nonce, `${text}\n`, ...cosignatures);
  const seen = new Set<number>();
  for (let n = 0; ; n++) {
    const counter = Buffer.alloc(8);
    counter.writeUInt32BE(n, 4);
    const word = BigInt(`0x${sha256(seed, counter).toString('hex', 0, 8)}`);
    const size = BigInt(end - first);
    const index = first + Number(word % size);
    if (word >= 2n ** 64n - (2n ** 64n % size) || seen.has(index)) continue;
    seen.add(index);
    yield index;
  }
}
