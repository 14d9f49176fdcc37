import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { releasedText } from '../../src/exchange/exchange.js';
import { Fault } from '../../src/platform/fault.js';
import { releaseDigest } from '../../src/prefill/release-digest.js';
import { canonicalDigest } from '../../src/tokens/digest.js';
import { CONSUMER, NOW } from '../support/builders.js';
import * as decide from './decided.js';
import { failureOf, MELDE, missing, REGISTERS } from './decided.js';
import { BEHAVIOURS, type Behaviour } from './fake-parties.js';
import { aWorld, type World } from './world.js';

let world: World;
beforeEach(() => {
  world = aWorld();
});
const everythingDecided = (it: World = world) => decide.everythingDecided(it);
const oneDecided = () => decide.oneDecided(world);
const eventsOf = (it: World = world) => it.entries().map(({ caller }) => caller.event);

describe('what a register does', () => {
  type Ending = readonly [outcome: string, reason: string | undefined, cause: string | undefined, answered: string];
  const ENDINGS: Readonly<Record<Behaviour, Ending>> = {
    evidence: ['released', undefined, undefined, 'evidence'],
    surplus: ['released', undefined, undefined, 'evidence'],
    'of another request': ['failed', 'EVIDENCE_INVALID', 'BINDING', 'evidence'],
    garbage: ['failed', 'EVIDENCE_INVALID', 'MALFORMED', 'evidence'],
    deferred: ['deferred', 'EVIDENCE_DEFERRED', undefined, 'deferred'],
    'not-available': ['refused', 'SUBJECT_NOT_AVAILABLE', 'NO_RECORD_OR_BLOCKED', 'not_available'],
    refused: ['refused', 'REGISTER_REFUSED', 'REPLAY', 'refused'],
    limited: ['failed', 'REGISTER_RATE_LIMITED', 'REGISTER_RATE_LIMITED', 'refused'],
    unavailable: ['failed', 'REGISTER_UNAVAILABLE', 'UNAVAILABLE', 'none'],
    throws: ['failed', 'REGISTER_UNAVAILABLE', 'FAULT', 'none'],
  };

  it.each(BEHAVIOURS)('ends its retrieval in the log, and leaves the others alone: %s', async (behaviour) => {
    const { all } = await everythingDecided();
    world.gateway.behaviour.set('melderegister-bremen', behaviour);
    const answer = await world.prefill({ triggers: all });
    const closed = world
      .entries()
      .find(({ caller }) => caller.event === 'retrieval.closed' && caller.register === 'melderegister-bremen');
    const [outcome, reason, cause, answered] = ENDINGS[behaviour];
    expect([closed?.caller.outcome, closed?.caller.reason, closed?.hidden.cause]).toEqual([outcome, reason, cause]);
    expect(closed?.hidden.answered).toBe(answered);
    expect(closed?.hidden.register_reason).toBe(answered === 'refused' ? cause : undefined);
    const types = answer.evidence.map(({ evidence }) => evidence.evidenceType);
    expect(types).toEqual(expect.arrayContaining(['geburt', 'kindergeld-bezug']));
    expect(types.includes('meldedaten')).toBe(reason === undefined);
    if (reason !== undefined) expect(missing(answer)).toContainEqual(['meldedaten', outcome, reason]);
  });

  it('that has enough of a consumer says until when, and so does the answer', async () => {
    const { identity, evidence, subjects } = await oneDecided();
    world.gateway.behaviour.set('melderegister-bremen', 'limited');
    const needs = evidence.map(({ id }) => ({ ...MELDE, triggerId: id }));
    await expect(world.retrieve(needs, identity, { subjects })).rejects.toMatchObject({
      reason: 'REGISTER_RATE_LIMITED',
      retryDelayMs: 60_000,
    });
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

  const incidentsOf = (it: World = world) =>
    it
      .entries()
      .filter(({ caller }) => caller.event === 'incident')
      .map(({ caller, hidden }) => ({ ...caller, hidden }));

  it('is an incident of its own where it answers another request: somebody may be mistaken for somebody (GDPR Art. 33)', async () => {
    const { all, subjects } = await oneDecided();
    world.gateway.behaviour.set('melderegister-bremen', 'of another request');
    await world.prefill({ triggers: all, subjects });
    const opened = world.entries().find(({ caller }) => caller.event === 'retrieval.opened')!;
    const { log_time: _, event: __, ...ofRetrieval } = opened.caller;
    expect(incidentsOf()).toEqual([
      {
        ...ofRetrieval,
        event: 'incident',
        reason: 'EVIDENCE_INVALID',
        log_time: expect.any(String),
        hidden: {
          cause: 'EVIDENCE_FOREIGN',
          attributes: opened.hidden.attributes,
          subjects: opened.hidden.subjects,
        },
      },
    ]);
  });

  it('is no incident where it is misshapen: a failure and no more', async () => {
    const { all, subjects } = await oneDecided();
    world.gateway.behaviour.set('melderegister-bremen', 'garbage');
    await world.prefill({ triggers: all, subjects });
    expect(incidentsOf()).toEqual([]);
  });

  it.each(['surplus', 'of another request'] as const)(
    'stays an incident where nobody waits for the answer any more: %s',
    async (behaviour) => {
      const { all } = await everythingDecided();
      const hangUp = new AbortController();
      world.gateway.behaviour.set('melderegister-bremen', behaviour);
      world.gateway.meanwhile = async ({ register }) => {
        if (register === 'melderegister-bremen' || hangUp.signal.aborted) return;
        await sleep(100);
        hangUp.abort();
      };
      expect((await failureOf(world.prefill({ triggers: all, signal: hangUp.signal }))).reason).toBe('CALLER_LEFT');
      expect(incidentsOf()).toHaveLength(1);
    },
  );

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
        const released = answer?.evidence.map((it) => canonicalDigest(releasedText(it))) ?? [];
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

  it('is an answer with its time where the register has it later, also where that is all there is', async () => {
    const { evidence, identity } = await oneDecided();
    world.gateway.behaviour.set('melderegister-bremen', 'deferred');
    const answer = await world.retrieve([{ ...MELDE, triggerId: evidence[0]!.id }], identity);
    expect(answer.evidence).toEqual([]);
    expect(answer.notDelivered).toMatchObject([
      { state: 'deferred', reason: 'EVIDENCE_DEFERRED', availableAt: NOW + 1 },
    ]);
    expect(world.entries().at(-1)?.caller).toMatchObject({ event: 'exchange.closed', outcome: 'deferred' });
  });

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
    const compacts = answer.evidence.map(releasedText);
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
    ['the deadline passed', 'DEADLINE_PASSED', () => (world.clock.ms += 5000)],
    ['the caller cancelled', 'CALLER_LEFT', () => world.story.push('cancelled') && controller.abort()],
    [
      'the caller cancelled when its deadline passed',
      'DEADLINE_PASSED',
      () => {
        world.clock.ms += 5000;
        controller.abort();
      },
    ],
  ] as const)('gets nothing, and every retrieval ends as failed: %s', async (_case, reason, end) => {
    controller = new AbortController();
    const { all } = await everythingDecided();
    world.gateway.meanwhile = async ({ register }) => {
      if (register === 'familienkasse-register') end();
    };
    const asked = world.prefill({ triggers: all, signal: controller.signal });
    expect(await failureOf(asked)).toMatchObject({ reason, isLogged: true });
    const closed = world
      .entries()
      .slice(-4)
      .map(({ caller }) => caller);
    expect(closed.map((it) => [it.event, it.outcome, it.reason, it.release_digest])).toEqual([
      ...REGISTERS.map(() => ['retrieval.closed', 'failed', reason, undefined]),
      ['exchange.closed', 'failed', reason, undefined],
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
