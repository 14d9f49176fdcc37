import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { verifyTlogProof } from '#libs/tlog/tlog-proof.js';
import type { CallerPart } from '../../src/audit/record.js';
import type { Trigger } from '../../src/consent/trigger.js';
import type { ExchangeAnswer } from '../../src/exchange/release.js';
import { Fault, outage } from '../../src/platform/fault.js';
import { releaseDigest } from '../../src/prefill/release-digest.js';
import { canonicalDigest } from '../../src/tokens/digest.js';
import { logSigner } from '../audit/log-keys.js';
import { CONSUMER, NOW } from '../support/builders.js';
import { BEHAVIOURS, type Behaviour } from './fake-parties.js';
import { aWorld, type World } from './world.js';

const REGISTERS = ['melderegister-bremen', 'personenstand-bremen', 'familienkasse-register'] as const;
const EVIDENCE = [
  ['meldedaten', 'parent'],
  ['geburt', 'child'],
  ['kindergeld-bezug', 'parent'],
] as const;

const MELDE = {
  evidenceType: 'meldedaten',
  subjectRole: 'parent',
  fields: undefined,
  partial: true,
  ars: '04011000',
} as const;

let world: World;
beforeEach(() => {
  world = aWorld();
});

type Decided = Readonly<{ identity: readonly Trigger[]; evidence: readonly Trigger[]; all: readonly Trigger[] }>;

/** Everything that the form needs and some register here holds. */
async function everythingDecided(it: World = world): Promise<Decided> {
  const identity = [await it.decided('identity', 'parent'), await it.decided('identity', 'child')];
  const evidence: Trigger[] = [];
  for (const [type, role] of EVIDENCE) evidence.push(await it.decided(type, role));
  return { identity, evidence, all: [...identity, ...evidence] };
}

/** One piece of evidence about one person. */
async function oneDecided(it: World = world): Promise<Decided & { subjects: ReturnType<World['keyed']> }> {
  const [identity, evidence] = [[await it.decided('identity', 'parent')], [await it.decided('meldedaten', 'parent')]];
  return { identity, evidence, all: [...identity, ...evidence], subjects: it.keyed('parent') };
}

const eventsOf = (it: World = world) => it.entries().map(({ caller }) => caller.event);
const failureOf = async (promise: Promise<unknown>): Promise<Fault> => {
  const error = await promise.then(
    () => new Error('was answered'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Fault)) throw error;
  return error;
};
const missing = ({ notDelivered }: ExchangeAnswer) =>
  notDelivered.map(({ evidence_type, state, reason }) => [evidence_type, state, reason]);

describe('an exchange from top to bottom (design 3)', () => {
  it('asks for permission before it names a person, logs before it asks, and logs before it answers (FZV § 68)', async () => {
    const { all } = await everythingDecided();
    await world.prefill({ triggers: all });
    const [may, rest] = [world.story.slice(0, 5), world.story.slice(5)];
    expect(may.sort()).toEqual([
      'may geburt',
      'may identity',
      'may identity',
      'may kindergeld-bezug',
      'may meldedaten',
    ]);
    expect(rest).toEqual([
      'bind identity',
      'log identity.opened',
      'look up parent with entry identity.opened',
      'log identity.closed',
      'bind identity',
      'log identity.opened',
      'look up child with entry identity.opened',
      'log identity.closed',
      ...['meldedaten', 'geburt', 'kindergeld-bezug'].map((type) => `bind ${type}`),
      ...REGISTERS.map(() => 'log retrieval.opened'),
      ...REGISTERS.map((register) => `ask ${register} with entry retrieval.opened`),
      ...REGISTERS.map(() => 'log retrieval.closed'),
      'log exchange.closed',
    ]);
  });

  it('fills the form with values and their sources, and says what the applicant brings', async () => {
    const { all } = await everythingDecided();
    const answer = await world.prefill({ triggers: all });
    expect(answer.fields.find(({ fim_id }) => fim_id === 'F60000227')).toMatchObject({
      value: 'family_name-value',
      source: { register: 'melderegister-bremen', assurance: 'substantial' },
    });
    expect(missing(answer)).toEqual([['auslaendische-familienleistung', 'refused', 'WITHHELD_BY_APPLICANT']]);
  });

  it('gives receipts that anybody can check, of each release and of the whole', async () => {
    const { all } = await everythingDecided();
    const answer = await world.prefill({ triggers: all });
    expect(answer.evidence).toHaveLength(3);
    for (const { evidence, receipt } of answer.evidence) {
      verifyTlogProof(receipt.tlogProof, receipt.leaf, logSigner.vkey);
      expect(receipt.opening.caller).toMatchObject({
        event: 'retrieval.closed',
        outcome: 'released',
        evidence_type: evidence.evidenceType,
        release_digest: canonicalDigest(evidence.compact),
      });
    }
    verifyTlogProof(answer.receipt.tlogProof, answer.receipt.leaf, logSigner.vkey);
    const { fields, notDelivered, evidence, releaseSalt } = answer;
    expect(answer.receipt.opening.caller).toMatchObject({
      event: 'exchange.closed',
      outcome: 'partly_released',
      release_digest: releaseDigest(
        { fields, not_delivered: notDelivered, evidence: evidence.map((it) => it.evidence.compact) },
        releaseSalt,
      ),
    });
  });

  it('has nothing personal in what the caller may open of the log', async () => {
    const { all } = await everythingDecided();
    await world.prefill({ triggers: all });
    const open = JSON.stringify(world.entries().map(({ caller }) => caller));
    for (const secret of ['Musterfrau', 'Erika', '1990', 'pairwise-4711', 'family_name', ...idnrs()])
      expect(open).not.toContain(secret);
  });

  const idnrs = () => [...world.directory.persons.values()].flatMap((it) => it?.idnr ?? []);

  it('finds in the log each person and who decided', async () => {
    const { all } = await everythingDecided();
    await world.prefill({ triggers: all });
    const closed = world.log.entries.find(
      ({ caller }) => caller.event === 'retrieval.closed' && caller.subject_role === 'child',
    );
    expect(closed?.draft.entry.persons).toEqual([
      { as: 'subject', person: { kind: 'idnr', idnr: world.directory.persons.get('child')?.idnr } },
      { as: 'decider', person: { kind: 'pseudonym', issuer: CONSUMER, value: 'pairwise-4711' } },
    ]);
  });

  it('gives each register an identifier of its own; only the log can join them, encrypted (design 5)', async () => {
    const { all } = await everythingDecided();
    await world.prefill({ triggers: all });
    const refs = world.gateway.asked.map(({ retrieval_id }) => retrieval_id);
    expect(new Set(refs).size).toBe(3);
    const open = JSON.stringify(world.entries().map(({ caller }) => caller));
    for (const ref of refs) expect(open).not.toContain(ref);
    const opened = world.entries().filter(({ caller }) => caller.event === 'retrieval.opened');
    expect(opened.flatMap(({ hidden }) => Object.values(hidden.register_refs ?? {}))).toEqual(refs);
  });

  it('looks up who decides before whom they decide for, and proves the representation', async () => {
    const { all } = await everythingDecided();
    await world.prefill({ triggers: all, subjects: world.keyed('child', 'parent') });
    expect(world.directory.asked.map((it) => [it.subject_role, it.representative_idnr])).toEqual([
      ['parent', null],
      ['child', world.directory.persons.get('parent')?.idnr],
    ]);
  });

  it('asks only for fields that form, rule and decision all name', async () => {
    const { identity } = await oneDecided();
    const narrow = await world.decided('meldedaten', 'parent', { fields: ['family_name', 'sex', 'street'] });
    world.intermediary.deviation = { fields: ['family_name', 'given_names', 'idnr', 'birth_date'] };
    await world.prefill({ triggers: [...identity, narrow], subjects: world.keyed('parent') });
    expect(world.gateway.asked.map(({ fields }) => fields)).toEqual([['family_name']]);
  });

  it('keeps back time to log and answer, and gives no register more than its own', async () => {
    const { all, subjects } = await oneDecided();
    await world.prefill({ triggers: all, subjects });
    expect(world.gateway.deadlines).toEqual([NOW + 2000]);
    const second = aWorld();
    const again = await oneDecided(second);
    await second.prefill({ triggers: again.all, subjects: again.subjects, deadline: NOW + 1000 });
    expect(second.gateway.deadlines).toEqual([NOW + 850]);
  });
});

describe('no log, no data (FZV § 68)', () => {
  it('looks nobody up where the lookup cannot be logged', async () => {
    const { all } = await everythingDecided();
    world.log.failing = true;
    const fault = await failureOf(world.prefill({ triggers: all }));
    expect(fault).toMatchObject({ reason: 'AUDIT_LOG_UNAVAILABLE' });
    expect(world.directory.asked).toEqual([]);
    expect(world.gateway.asked).toEqual([]);
  });

  it('asks no register where the retrieval cannot be logged', async () => {
    const { all } = await everythingDecided();
    world.log.before = async (events) => {
      world.log.failing = events.includes('retrieval.opened');
    };
    expect(await failureOf(world.prefill({ triggers: all }))).toMatchObject({ reason: 'AUDIT_LOG_UNAVAILABLE' });
    expect(world.gateway.asked).toEqual([]);
  });

  it('releases nothing where the release cannot be logged', async () => {
    const { all } = await everythingDecided();
    world.log.before = async (events) => {
      world.log.failing = events.includes('exchange.closed');
    };
    expect(await failureOf(world.prefill({ triggers: all }))).toMatchObject({ reason: 'AUDIT_LOG_UNAVAILABLE' });
    expect(world.gateway.asked).toHaveLength(3);
    expect([...world.repeats.rows]).toEqual([]);
  });
});

describe('what a register does', () => {
  const ENDINGS: Readonly<
    Record<Behaviour, readonly [outcome: string, reason: string | undefined, cause: string | undefined]>
  > = {
    evidence: ['released', undefined, undefined],
    surplus: ['released', undefined, undefined],
    'of another request': ['failed', 'EVIDENCE_INVALID', 'BINDING'],
    garbage: ['failed', 'EVIDENCE_INVALID', 'MALFORMED'],
    deferred: ['failed', 'REGISTER_UNAVAILABLE', 'DEFERRED_ANSWERS_NOT_BUILT'],
    'not-available': ['refused', 'SUBJECT_NOT_AVAILABLE', 'NO_RECORD_OR_BLOCKED'],
    refused: ['refused', 'REGISTER_REFUSED', 'REPLAY'],
    unavailable: ['failed', 'REGISTER_UNAVAILABLE', 'UNAVAILABLE'],
    throws: ['failed', 'REGISTER_UNAVAILABLE', 'FAULT'],
  };

  it.each(BEHAVIOURS)('ends its retrieval in the log, and leaves the others alone: %s', async (behaviour) => {
    const { all } = await everythingDecided();
    world.gateway.behaviour.set('melderegister-bremen', behaviour);
    const answer = await world.prefill({ triggers: all });
    const closed = world
      .entries()
      .find(({ caller }) => caller.event === 'retrieval.closed' && caller.register === 'melderegister-bremen');
    const [outcome, reason, cause] = ENDINGS[behaviour];
    expect([closed?.caller.outcome, closed?.caller.reason, closed?.hidden.cause]).toEqual([outcome, reason, cause]);
    const types = answer.evidence.map(({ evidence }) => evidence.evidenceType);
    expect(types).toEqual(expect.arrayContaining(['geburt', 'kindergeld-bezug']));
    expect(types.includes('meldedaten')).toBe(reason === undefined);
    if (reason !== undefined) expect(missing(answer)).toContainEqual(['meldedaten', outcome, reason]);
  });

  it('is told to the caller alike for surplus and for exactly what was asked, and is an incident (design 3, step 8)', async () => {
    const { all, subjects } = await oneDecided();
    world.gateway.behaviour.set('melderegister-bremen', 'surplus');
    const answer = await world.prefill({ triggers: all, subjects });
    expect(JSON.stringify(answer)).not.toContain('religion');
    const incident = world.entries().find(({ caller }) => caller.event === 'incident');
    expect(incident?.hidden).toMatchObject({ cause: 'SURPLUS_FIELDS', attributes: ['religion'] });
    expect(JSON.stringify(incident?.caller)).not.toContain('religion');
  });

  it('closes exactly what was opened, asks only with an entry, and releases only what is logged, whatever registers do', async () => {
    const behaviour = fc.constantFrom(...BEHAVIOURS);
    await fc.assert(
      fc.asyncProperty(fc.tuple(behaviour, behaviour, behaviour), async (behaviours) => {
        const it = aWorld();
        const { all } = await everythingDecided(it);
        for (const [at, register] of REGISTERS.entries()) it.gateway.behaviour.set(register, behaviours[at]!);
        const answer = await it.prefill({ triggers: all }).catch((error: unknown) => {
          if (error instanceof Fault) return undefined;
          throw error;
        });
        const refsOf = (event: string) =>
          it
            .entries()
            .filter(({ caller }) => caller.event === event)
            .map(({ caller }) => caller.retrieval_ref)
            .sort();
        expect(refsOf('retrieval.closed')).toEqual(refsOf('retrieval.opened'));
        expect(refsOf('identity.closed')).toEqual(refsOf('identity.opened'));
        expect(eventsOf(it).filter((event) => event === 'exchange.closed')).toHaveLength(1);
        const logged = it
          .entries()
          .flatMap(({ caller }) => (caller.outcome === 'released' ? (caller.release_digest ?? []) : []));
        const released = answer?.evidence.map(({ evidence }) => canonicalDigest(evidence.compact)) ?? [];
        expect(released.sort()).toEqual(logged.sort());
        const good = behaviours.filter((each) => each === 'evidence' || each === 'surplus').length;
        expect(released).toHaveLength(good);
      }),
      { numRuns: 30 },
    );
  });

  it.each(['unavailable', 'refused', 'garbage'] as const)(
    'is the error where it is the one reason for all, and the end of the exchange: %s',
    async (behaviour) => {
      const { evidence, identity } = await oneDecided();
      world.gateway.behaviour.set('melderegister-bremen', behaviour);
      const fault = await failureOf(world.retrieve([{ ...MELDE, triggerId: evidence[0]!.id }], identity));
      const [outcome, reason] = ENDINGS[behaviour];
      expect(fault).toMatchObject({ reason, isLogged: true });
      expect(fault.retryDelayMs === undefined).toBe(behaviour === 'refused');
      expect(world.entries().at(-1)?.caller).toMatchObject({ event: 'exchange.closed', outcome });
    },
  );

  it('is a partial answer where the reasons differ, also where nothing is left of it', async () => {
    const { all } = await everythingDecided();
    for (const register of REGISTERS) world.gateway.behaviour.set(register, 'unavailable');
    const answer = await world.prefill({ triggers: all });
    expect(answer.evidence).toEqual([]);
    expect(new Set(missing(answer).map(([, , reason]) => reason))).toEqual(
      new Set(['REGISTER_UNAVAILABLE', 'WITHHELD_BY_APPLICANT']),
    );
  });
});

describe('a withdrawal while registers work (GDPR Art. 7 (3))', () => {
  it('takes out what rests on it and nothing else, and the answer says so', async () => {
    const { all, evidence } = await everythingDecided();
    world.gateway.meanwhile = async ({ register }) => {
      if (register === 'melderegister-bremen') await world.withdraw(evidence[0]!);
    };
    const answer = await world.prefill({ triggers: all });
    expect(answer.evidence.map(({ evidence: it }) => it.evidenceType)).toEqual(['geburt', 'kindergeld-bezug']);
    expect(missing(answer)).toContainEqual(['meldedaten', 'refused', 'TRIGGER_WITHDRAWN']);
    expect(JSON.stringify(answer)).not.toContain('family_name-value');
    const closed = world.entries().filter(({ caller }) => caller.event === 'retrieval.closed');
    expect(closed.map(({ caller }) => [caller.evidence_type, caller.outcome]).sort()).toEqual([
      ['geburt', 'released'],
      ['kindergeld-bezug', 'released'],
      ['meldedaten', 'refused'],
    ]);
    const { fields, notDelivered, releaseSalt } = answer;
    const compacts = answer.evidence.map((it) => it.evidence.compact);
    expect(answer.receipt.opening.caller.release_digest).toBe(
      releaseDigest({ fields, not_delivered: notDelivered, evidence: compacts }, releaseSalt),
    );
  });

  it('of everything releases nothing', async () => {
    const { all, evidence, subjects } = await oneDecided();
    world.gateway.meanwhile = async () => {
      await world.withdraw(evidence[0]!);
    };
    const asked = world.retrieve([{ ...MELDE, triggerId: evidence[0]!.id }], [all[0]!], { subjects });
    expect(await failureOf(asked)).toMatchObject({ reason: 'TRIGGER_WITHDRAWN', isLogged: true });
    expect(eventsOf().slice(-2)).toEqual(['retrieval.closed', 'exchange.closed']);
  });

  it('before anything was asked lets nothing be asked', async () => {
    const { all, evidence } = await everythingDecided();
    await world.withdraw(evidence[0]!);
    expect(await failureOf(world.prefill({ triggers: all }))).toMatchObject({ reason: 'TRIGGER_WITHDRAWN' });
    expect(world.directory.asked).toEqual([]);
  });
});

describe('what others closed meanwhile', () => {
  it('is not released a second time: a retrieval has one final outcome', async () => {
    const { all } = await everythingDecided();
    let swept = false;
    world.log.before = async (events) => {
      if (!events.includes('exchange.closed') || swept) return;
      swept = true;
      const opened = world
        .entries()
        .find(({ caller }) => caller.evidence_type === 'geburt' && caller.event === 'retrieval.opened');
      await world.log.append([
        {
          caller: { event: 'retrieval.closed', consumer: CONSUMER, outcome: 'unknown' },
          protected: {},
          persons: [],
          effects: [{ kind: 'close-retrieval', retrieval: opened!.caller.retrieval_ref! }],
        },
      ]);
    };
    const answer = await world.prefill({ triggers: all });
    expect(answer.evidence.map(({ evidence }) => evidence.evidenceType)).toEqual(['meldedaten', 'kindergeld-bezug']);
    expect(missing(answer)).toContainEqual(['geburt', 'failed', 'REGISTER_UNAVAILABLE']);
  });
});

describe('a caller that waits no longer', () => {
  it.each([
    ['the deadline passed', () => (world.clock.ms += 5000)],
    ['the caller cancelled', () => world.story.push('cancelled') && controller.abort()],
  ])('gets nothing, and every retrieval ends as failed: %s', async (_case, end) => {
    controller = new AbortController();
    const { all } = await everythingDecided();
    world.gateway.meanwhile = async ({ register }) => {
      if (register === 'familienkasse-register') end();
    };
    const asked = world.prefill({ triggers: all, signal: controller.signal });
    expect(await failureOf(asked)).toMatchObject({ reason: 'DEADLINE_PASSED', isLogged: true });
    const closed = world.entries().slice(-4);
    expect(closed.map(({ caller }) => [caller.event, caller.outcome, caller.release_digest])).toEqual([
      ...REGISTERS.map(() => ['retrieval.closed', 'failed', undefined]),
      ['exchange.closed', 'failed', undefined],
    ]);
  });
  let controller = new AbortController();

  it('gets nothing also where others closed a retrieval in the meantime', async () => {
    const { all } = await everythingDecided();
    world.gateway.meanwhile = async ({ register }) => {
      if (register !== 'familienkasse-register') return;
      world.clock.ms += 5000;
      const opened = world.entries().find(({ caller }) => caller.event === 'retrieval.opened')!;
      await world.log.append([
        {
          caller: { event: 'retrieval.closed', consumer: CONSUMER, outcome: 'unknown' },
          protected: {},
          persons: [],
          effects: [{ kind: 'close-retrieval', retrieval: opened.caller.retrieval_ref! }],
        },
      ]);
    };
    expect(await failureOf(world.prefill({ triggers: all }))).toMatchObject({ reason: 'DEADLINE_PASSED' });
    const closed = world.entries().filter(({ caller }) => caller.event === 'retrieval.closed');
    expect(closed).toHaveLength(3);
  });
});

describe('nobody, several, blocked, absent (IDNrG § 6 Abs. 5)', () => {
  /** What the caller may open, without what is random. */
  const visible = (it: World) =>
    it
      .entries()
      .map(({ caller: { exchange_ref: _, retrieval_ref: __, trigger_id: ___, ...rest } }): Partial<CallerPart> => rest);

  async function withoutRecord(): Promise<World> {
    const it = aWorld();
    for (const register of REGISTERS) it.gateway.behaviour.set(register, 'not-available');
    return it;
  }
  async function notFound(...roles: readonly string[]): Promise<World> {
    const it = aWorld();
    for (const role of roles) it.directory.persons.set(role, undefined);
    return it;
  }

  it('are one answer and the same entries in the same order, whoever of them it was', async () => {
    const worlds = [
      await withoutRecord(),
      await notFound('parent'),
      await notFound('child'),
      await notFound('parent', 'child'),
    ];
    const seen: unknown[] = [];
    for (const it of worlds) {
      const { all } = await everythingDecided(it);
      const { reason, metadata, violations, retryDelayMs, isLogged } = await failureOf(it.prefill({ triggers: all }));
      seen.push({ fault: { reason, metadata, violations, retryDelayMs, isLogged }, entries: visible(it) });
    }
    expect(seen[0]).toMatchObject({ fault: { reason: 'SUBJECT_NOT_AVAILABLE', isLogged: true } });
    for (const each of seen) expect(each).toEqual(seen[0]);
  });

  it('differ in the protected half only', async () => {
    const it = await notFound('parent');
    const { all } = await everythingDecided(it);
    await failureOf(it.prefill({ triggers: all }));
    expect(it.entries().map(({ hidden }) => hidden.cause)).toContain('IDENTITY_NOT_AVAILABLE');
    expect(it.gateway.asked).toEqual([]);
  });

  it('are answered at one fixed moment after arrival', async () => {
    for (const it of [await withoutRecord(), await notFound('parent')]) {
      const { all } = await everythingDecided(it);
      const start = performance.now();
      await failureOf(it.prefill({ triggers: all }));
      expect(performance.now() - start).toBeGreaterThanOrEqual(19);
    }
  });

  it('use up the decisions alike', async () => {
    for (const it of [await withoutRecord(), await notFound('parent')]) {
      const { all } = await everythingDecided(it);
      await failureOf(it.prefill({ triggers: all }));
      expect(await failureOf(it.prefill({ triggers: all }))).toMatchObject({ reason: 'TRIGGER_USED' });
    }
  });
});

describe('the identity directory', () => {
  it.each([
    ['cannot answer', outage('IDENTITY_DIRECTORY_UNAVAILABLE'), { reason: 'IDENTITY_DIRECTORY_UNAVAILABLE' }],
    ['refuses', new Fault('REGISTER_REFUSED'), { reason: 'REGISTER_REFUSED' }],
    ['has a fault', new TypeError('bug'), { name: 'TypeError' }],
  ])('ends its lookup in the log where it %s, and no register is asked', async (_case, failure, expected) => {
    const { all } = await everythingDecided();
    world.directory.failure = failure;
    await expect(world.prefill({ triggers: all })).rejects.toMatchObject(expected);
    expect(eventsOf()).toEqual(['identity.opened', 'identity.closed']);
    expect(world.entries().at(-1)?.caller).toMatchObject({ outcome: 'failed' });
    expect(world.gateway.asked).toEqual([]);
  });
});

describe('what the caller may not', () => {
  it.each([
    ['a decision that is missing', (decided: Decided) => decided.evidence, 'TRIGGER_MISSING'],
    ['no decision on evidence at all', (decided: Decided) => decided.identity, 'TRIGGER_MISSING'],
  ])('is answered before anybody is looked up: %s', async (_case, pick, reason) => {
    const decided = await everythingDecided();
    expect(await failureOf(world.prefill({ triggers: pick(decided) }))).toMatchObject({ reason });
    expect(world.entries()).toEqual([]);
    expect(world.directory.asked).toEqual([]);
  });

  it.each([
    ['has expired', { exp: NOW / 1000 }, 'TRIGGER_EXPIRED'],
    ['is for another version of the purpose', { purpose_hash: 'old' }, 'TRIGGER_NOT_COVERING'],
    ['was made about another person', { subject: { role: 'parent', commitment: 'other' } }, 'TRIGGER_NOT_COVERING'],
    ['was made on another text', { text_hash: 'other' }, 'TRIGGER_NOT_COVERING'],
    ['was made with too low an assurance', { assurance: 'low' }, 'TRIGGER_NOT_COVERING'],
    ['is by somebody who is not the person (SELF, another role)', { decider_role: 'child' }, 'TRIGGER_NOT_COVERING'],
    [
      'is by a representative who is not in the request',
      { acting: 'REPRESENTATIVE', decider_role: 'guardian' },
      'TRIGGER_NOT_COVERING',
    ],
    ['was attested by somebody unknown', { attester: 'nobody' }, 'TRIGGER_NOT_ATTESTED'],
    ['is on an unknown legal basis', { legal_basis: 'none' }, 'TRIGGER_NOT_COVERING'],
  ] as const)('is to use a decision that %s: %s', async (_case, deviation, reason) => {
    const { identity } = await oneDecided();
    const wrong = await world.decided('meldedaten', 'parent', deviation);
    const asked = world.prefill({ triggers: [...identity, wrong], subjects: world.keyed('parent') });
    expect(await failureOf(asked)).toMatchObject({ reason });
    expect(world.entries()).toEqual([]);
    expect(world.directory.asked).toEqual([]);
  });

  it('is to use a decision twice', async () => {
    const { all, subjects } = await oneDecided();
    await world.prefill({ triggers: all, subjects });
    expect(await failureOf(world.prefill({ triggers: all, subjects }))).toMatchObject({ reason: 'TRIGGER_USED' });
    expect(world.gateway.asked).toHaveLength(1);
  });

  it('is to race two requests for one decision: one is answered, nothing is asked for the other', async () => {
    const { all, subjects } = await oneDecided();
    const both = await Promise.allSettled([1, 2].map(() => world.prefill({ triggers: all, subjects })));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { reason: 'TRIGGER_USED' } });
    expect(world.directory.asked).toHaveLength(1);
    expect(world.gateway.asked).toHaveLength(1);
  });

  it('is to prefill the form of another consumer, or of nobody', async () => {
    const { all } = await everythingDecided();
    const stranger = { participant: { ...world.consumer.participant, id: 'elterngeld-online' }, thumbprint: 'x' };
    expect(await failureOf(world.prefill({ triggers: all, caller: stranger }))).toMatchObject({
      reason: 'TRANSFER_NOT_PERMITTED',
    });
  });

  it('is to name a role that the form does not have', async () => {
    const { all } = await everythingDecided();
    const subjects = [...world.keyed('parent', 'child'), { ...world.keyed('parent')[0]!, role: 'neighbour' }];
    expect(await failureOf(world.prefill({ triggers: all, subjects }))).toMatchObject({ reason: 'REQUEST_INVALID' });
  });

  it('is to ask about a person it does not name', async () => {
    const { all } = await everythingDecided();
    const asked = world.prefill({ triggers: all, subjects: world.keyed('parent') });
    expect(await failureOf(asked)).toMatchObject({ reason: 'REQUEST_INVALID' });
  });

  it('is to get what no rule permits; the rest comes', async () => {
    const { all } = await everythingDecided();
    world.intermediary.forbidden.add('meldedaten');
    const answer = await world.prefill({ triggers: all });
    expect(missing(answer)).toContainEqual(['meldedaten', 'refused', 'TRANSFER_NOT_PERMITTED']);
    expect(world.gateway.asked.map(({ register }) => register)).toEqual(REGISTERS.slice(1));
  });

  it('is to have anybody looked up where the lookup is not permitted', async () => {
    const { all } = await everythingDecided();
    world.intermediary.forbidden.add('identity');
    expect(await failureOf(world.prefill({ triggers: all }))).toMatchObject({ reason: 'TRANSFER_NOT_PERMITTED' });
    expect(world.directory.asked).toEqual([]);
  });

  it('is to have anybody looked up where nothing can be fetched, for whatever reasons (IDNrG § 6: only what is needed)', async () => {
    const { identity, evidence } = await oneDecided();
    const abroad = await world.decided('auslaendische-familienleistung', 'parent');
    world.intermediary.forbidden.add('meldedaten');
    const answer = await world
      .prefill({ triggers: [...identity, ...evidence, abroad], subjects: world.keyed('parent') })
      .catch((error: unknown) => error);
    expect(world.directory.asked).toEqual([]);
    expect(answer).toBeDefined();
  });

  it('is to route without the region key that the register needs', async () => {
    const { all } = await everythingDecided();
    const answer = await world.prefill({ triggers: all, ars: undefined });
    expect(missing(answer)).toContainEqual(['meldedaten', 'refused', 'ROUTE_PARAMETER_MISSING']);
    expect(world.gateway.asked.map(({ register }) => register)).toEqual(['familienkasse-register']);
  });
});

describe('a repeat (design 8)', () => {
  it('passes its checks again, is logged, and gets the very first answer', async () => {
    const { all } = await everythingDecided();
    const requestId = randomUUID();
    const first = await world.prefill({ triggers: all, requestId });
    world.story.length = 0;
    expect(await world.prefill({ triggers: all, requestId })).toEqual(first);
    expect(world.story.filter((it) => it.startsWith('may '))).toHaveLength(5);
    expect(world.story.filter((it) => !it.startsWith('may '))).toEqual(['log repeated']);
    expect(world.gateway.asked).toHaveLength(3);
  });

  it('gets nothing where a check fails by now', async () => {
    const { all } = await everythingDecided();
    const requestId = randomUUID();
    await world.prefill({ triggers: all, requestId });
    world.intermediary.forbidden.add('identity');
    expect(await failureOf(world.prefill({ triggers: all, requestId }))).toMatchObject({
      reason: 'TRANSFER_NOT_PERMITTED',
    });
    world.intermediary.forbidden.clear();
    await world.withdraw(all[2]!);
    expect(await failureOf(world.prefill({ triggers: all, requestId }))).toMatchObject({ reason: 'TRIGGER_WITHDRAWN' });
  });

  it('gets nothing that is not logged', async () => {
    const { all } = await everythingDecided();
    const requestId = randomUUID();
    await world.prefill({ triggers: all, requestId });
    world.log.failing = true;
    expect(await failureOf(world.prefill({ triggers: all, requestId }))).toMatchObject({
      reason: 'AUDIT_LOG_UNAVAILABLE',
    });
  });

  it.each([
    ['another region', { ars: '04012000' }],
    ['another person', { subjects: [] as never[] }],
    ['fewer decisions', { drop: 1 }],
  ])(
    'with other content is refused: %s',
    async (_case, { drop = 0, ...other }: { drop?: number; ars?: string; subjects?: never[] }) => {
      const { all } = await everythingDecided();
      const requestId = randomUUID();
      await world.prefill({ triggers: all, requestId });
      const asked = world.prefill({ triggers: all.slice(0, all.length - drop), requestId, ...other });
      expect(await failureOf(asked)).toMatchObject({ reason: 'REQUEST_ID_REUSED' });
    },
  );

  it('while the first runs is told to come back', async () => {
    const { all } = await everythingDecided();
    const requestId = randomUUID();
    const both = await Promise.allSettled([1, 2].map(() => world.prefill({ triggers: all, requestId })));
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { reason: 'REQUEST_IN_PROGRESS', retryDelayMs: 500 },
    });
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('after five minutes is a new exchange, and the decisions are used', async () => {
    const { all } = await everythingDecided();
    const requestId = randomUUID();
    await world.prefill({ triggers: all, requestId });
    world.clock.ms += 300_001;
    expect(await failureOf(world.prefill({ triggers: all, requestId }))).toMatchObject({ reason: 'TRIGGER_USED' });
  });

  it('of a request that failed before anything was asked is a first one', async () => {
    const { all } = await everythingDecided();
    const requestId = randomUUID();
    world.intermediary.forbidden.add('identity');
    await failureOf(world.prefill({ triggers: all, requestId }));
    world.intermediary.forbidden.clear();
    expect((await world.prefill({ triggers: all, requestId })).evidence).toHaveLength(3);
  });

  it('is kept sealed: the store holds nothing that can be read', async () => {
    const { all } = await everythingDecided();
    await world.prefill({ triggers: all });
    const kept = [...world.repeats.rows.values()].map(({ sealed = '' }) =>
      Buffer.from(sealed, 'base64url').toString('latin1'),
    );
    expect(kept.join()).not.toMatch(/family_name-value|Musterfrau|1990/);
    expect([...world.repeats.rows.values()][0]?.triggers).toEqual(all.map(({ id }) => id));
  });
});
