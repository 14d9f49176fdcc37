import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { releasedText } from '../../src/exchange/exchange.js';
import { releaseDigest } from '../../src/prefill/release-digest.js';
import { canonicalDigest } from '../../src/tokens/digest.js';
import { NOW } from '../support/builders.js';
import { type Decided, everythingDecided, failureOf, MELDE, missing, oneDecided } from './decided.js';
import { BEHAVIOURS, type Behaviour } from './fake-parties.js';
import { aWorld, HORIZON_MS, KEEP_ANSWER_MS, type World } from './world.js';

const REGISTER = 'melderegister-bremen';
const T = NOW + 7_200_000;

let world: World;
let decided: Decided;
beforeEach(async () => {
  ({ world, decided } = await later());
});

/** A register that has the evidence at T, long after the decision ended. */
async function later() {
  const it = aWorld();
  const oneOf = await oneDecided(it);
  it.gateway.behaviour.set(REGISTER, 'deferred');
  it.gateway.availableAt = T;
  return { world: it, decided: oneOf };
}
const ask = (it: World = world, { evidence, identity }: Decided = decided) =>
  it.retrieve([{ ...MELDE, triggerId: evidence[0]!.id }], identity);
const now = (behaviour: Behaviour, { gateway, clock }: World = world) => {
  gateway.issuedAt = clock.now() / 1000;
  gateway.behaviour.set(REGISTER, behaviour);
};
const events = (it: World = world) =>
  it
    .entries()
    .filter(({ caller }) => caller.retrieval_ref !== undefined && !caller.event.startsWith('identity'))
    .map(({ caller, hidden }) => [caller.event, caller.outcome, caller.reason, hidden.cause]);
/** While a register is asked, the first time. */
const onceMeanwhile = (work: () => Promise<void>) => {
  let isFirst = true;
  world.gateway.meanwhile = async () => {
    if (!isFirst) return;
    isFirst = false;
    await work();
  };
};
const row = () => [...world.deferrals.rows.values()][0]!;
const asked = () => world.gateway.asked.length;

/** Deferred, and at T here. */
async function ready(): Promise<string> {
  const { exchangeId } = await ask();
  world.clock.ms = T;
  now('evidence');
  expect(await world.resumeDue()).toEqual(['ready']);
  return exchangeId;
}
const withdraw = async (trigger = decided.evidence[0]!) => {
  await world.withdraw(trigger);
  await world.deferrals.destroyByTrigger([trigger.id]);
};

describe('what a register announces for later', () => {
  it('is kept open for this exchange, and the answer says until when', async () => {
    const answer = await ask();
    expect(answer.notDelivered).toMatchObject([{ state: 'deferred', availableAt: T, keptUntil: NOW + HORIZON_MS }]);
    expect(row()).toMatchObject({ exchangeId: answer.exchangeId, state: 'waiting', expiresAt: NOW + HORIZON_MS });
    expect([...world.deferrals.due.values()]).toEqual([T]);
  });

  it('is kept each by its own time, also two of one type about one person: two employers', async () => {
    const other = await world.decided('meldedaten', 'parent');
    const beyond = NOW + HORIZON_MS + 1;
    world.gateway.first.set(REGISTER, [
      { kind: 'deferred', availableAt: beyond },
      { kind: 'deferred', availableAt: T },
    ]);
    const needs = [decided.evidence[0]!, other].map(({ id }) => ({ ...MELDE, triggerId: id }));
    const { notDelivered } = await world.retrieve(needs, decided.identity);
    const told = notDelivered.map(({ availableAt, keptUntil }) => [availableAt, keptUntil]);
    expect(told.toSorted()).toEqual(
      [
        [T, NOW + HORIZON_MS],
        [beyond, undefined],
      ].toSorted(),
    );
    expect([...world.deferrals.rows.values()]).toMatchObject([{ availableAt: T }]);
  });

  it('is not kept where it cannot be stored, and what other registers brought is released all the same', async () => {
    const { identity, evidence } = await everythingDecided(world);
    world.deferrals.put = async () => Promise.reject(new Error('the database is away'));
    const answer = await world.prefill({ triggers: [...identity, ...evidence] });
    expect(answer.evidence.length).toBeGreaterThan(0);
    const [item] = answer.notDelivered.filter(({ state }) => state === 'deferred');
    expect(item).toMatchObject({ evidence_type: 'meldedaten', availableAt: T });
    expect(item).not.toHaveProperty('keptUntil');
  });

  it('is kept sealed: nothing of the person in the clear', async () => {
    await ask();
    const text = JSON.stringify(row());
    for (const person of world.directory.persons.values()) {
      expect(text).not.toContain(person!.idnr);
      expect(Buffer.from(row().plan!.text, 'base64url').includes(person!.idnr)).toBe(false);
    }
  });

  it('is not kept beyond the horizon: who still wants it decides anew', async () => {
    world.gateway.availableAt = NOW + HORIZON_MS;
    const answer = await ask();
    expect(answer.notDelivered[0]).toMatchObject({ state: 'deferred' });
    expect(answer.notDelivered[0]).not.toHaveProperty('keptUntil');
    expect(world.deferrals.rows.size).toBe(0);
  });

  it('is not kept where the person wants to see it before it is used (EGovG § 5 Abs. 5)', async () => {
    const wanted = await world.decided('meldedaten', 'parent', { preview: 'WANTED' });
    await ask(world, { ...decided, evidence: [wanted] });
    expect(world.deferrals.rows.size).toBe(0);
  });

  it('is not kept where the exchange did not end so: a caller that hung up is told nothing', async () => {
    const hangUp = new AbortController();
    world.gateway.meanwhile = async () => hangUp.abort();
    const needs = [{ ...MELDE, triggerId: decided.evidence[0]!.id }];
    await failureOf(world.retrieve(needs, decided.identity, { signal: hangUp.signal }));
    expect([asked(), world.deferrals.rows.size]).toEqual([1, 0]);
  });
});

describe('an incident in what comes later (GDPR Art. 33)', () => {
  const incidents = () => world.entries().filter(({ caller }) => caller.event === 'incident');

  it('is one entry, when it comes, and no second one when it is fetched', async () => {
    const { exchangeId } = await ask();
    world.clock.ms = T;
    now('surplus');
    expect(await world.resumeDue()).toEqual(['ready']);
    expect(incidents().map(({ hidden }) => hidden.cause)).toEqual(['SURPLUS_FIELDS']);
    const { evidence } = await world.collect(exchangeId);
    expect(evidence).toHaveLength(1);
    expect(incidents()).toHaveLength(1);
  });

  it('is one entry where it is not kept, or a decision was withdrawn meanwhile', async () => {
    await ask();
    world.clock.ms = T;
    now('surplus');
    world.gateway.meanwhile = () => withdraw();
    await world.resumeDue();
    expect(incidents().map(({ hidden }) => hidden.cause)).toEqual(['SURPLUS_FIELDS']);
  });

  it('is one entry where the answer is that to another request, and ends what was kept open or is asked for again', async () => {
    await ask();
    world.clock.ms = T;
    now('of another request');
    await world.resumeDue();
    expect(incidents().map(({ hidden }) => hidden.cause)).toEqual(['EVIDENCE_FOREIGN']);
  });

  it('is on record with the late answer where others had closed the retrieval', async () => {
    await ask();
    world.clock.ms = T;
    now('of another request');
    const { id } = row();
    onceMeanwhile(async () => {
      now('evidence');
      await world.resume(id);
      now('of another request');
    });
    await world.resume(id);
    expect(
      events()
        .slice(-2)
        .map(([event, , , cause]) => [event, cause]),
    ).toEqual([
      ['retrieval.late', 'NOT_PASSED_ON'],
      ['incident', 'EVIDENCE_FOREIGN'],
    ]);
  });
});

describe('when it is due', () => {
  it('is not asked for before the log has taken the outcome: a time that has passed already is due a moment later', async () => {
    world.gateway.availableAt = NOW - 1;
    await ask();
    expect(world.deferrals.due.get(row().id)).toBe(NOW + 5000);
  });

  it('is asked for again by a retrieval of its own, with a fresh permission, also after the decision ended', async () => {
    await ready();
    const [first, again] = world.gateway.asked;
    expect(world.gateway.askedAgain).toEqual([REGISTER]);
    expect(again).toMatchObject({ evidence_type: 'meldedaten', fields: first!.fields });
    for (const member of ['retrieval_id', 'nonce', 'issued_at'] as const)
      expect(again![member]).not.toBe(first![member]);
    expect(world.story.slice(-5)).toEqual([
      ...['may meldedaten', 'bind meldedaten', 'log retrieval.resumed'],
      ...[`ask ${REGISTER} with entry retrieval.resumed`, 'log retrieval.held'],
    ]);
  });

  it('waits sealed for the consumer, no longer than it may', async () => {
    await ready();
    expect(row()).toMatchObject({ state: 'ready', expiresAt: T + KEEP_ANSWER_MS });
    expect(Buffer.from(row().answer!.text, 'base64url').toString('latin1')).not.toContain('-value');
  });

  it('waits on where the register says later again, longer each time whatever it says', async () => {
    await ask();
    world.clock.ms = T;
    const pauses: number[] = [];
    for (let tries = 0; tries < 4; tries += 1) {
      world.gateway.availableAt = world.clock.now() + 1;
      await world.resumeDue();
      const [due] = [...world.deferrals.due.values()];
      pauses.push(due! - world.clock.now());
      world.clock.ms = due!;
    }
    expect(pauses).toEqual([10_000, 20_000, 40_000, 80_000]);
    expect(events().slice(-4)).toEqual(
      [
        ...[['retrieval.resumed'], ['retrieval.closed', 'deferred', 'EVIDENCE_DEFERRED']],
        ...[['retrieval.resumed'], ['retrieval.closed', 'deferred', 'EVIDENCE_DEFERRED']],
      ].map(([event, outcome, reason]) => [event, outcome, reason, undefined]),
    );
  });

  it('is announced anew by a register that says later, and by none that has had enough for a moment', async () => {
    const { exchangeId } = await ask();
    world.clock.ms = T;
    world.gateway.first.set(REGISTER, [{ kind: 'refused', reason: 'REGISTER_RATE_LIMITED', retryDelayMs: 1 }]);
    await world.resumeDue();
    expect((await world.collect(exchangeId)).notDelivered).toMatchObject([{ availableAt: T + 10_000 }]);
  });

  it('waits on where its register is not asked now: no permission, no entry, no question', async () => {
    await ask();
    world.clock.ms = T;
    world.gateway.silent.set(REGISTER, { reason: 'REGISTER_SUSPENDED', untilMs: T + 60_000 });
    const before = [world.entries().length, world.intermediary.questions.length, asked()];
    await world.resumeDue();
    expect([world.entries().length, world.intermediary.questions.length, asked()]).toEqual(before);
    expect(world.deferrals.due.get(row().id)).toBe(T + 60_000);
    world.gateway.silent.clear();
    world.clock.ms = T + 60_000;
    now('evidence');
    expect(await world.resumeDue()).toEqual(['ready']);
  });

  it('is tried again where nobody answers, and where the intermediary does not', async () => {
    await ask();
    world.clock.ms = T;
    now('unavailable');
    await world.resumeDue();
    expect(row()).toMatchObject({ state: 'waiting', attempts: 1 });
    expect(events().at(-1)).toEqual(['retrieval.closed', 'failed', 'REGISTER_UNAVAILABLE', 'UNAVAILABLE']);
    world.intermediary.limited.add('meldedaten');
    world.clock.ms = world.deferrals.due.get(row().id)!;
    await expect(world.resume(row().id)).rejects.toMatchObject({ reason: 'RATE_LIMITED' });
    expect(row()).toMatchObject({ state: 'waiting' });
  });

  it.each([
    ['refused', 'refused', 'REGISTER_REFUSED'],
    ['not-available', 'refused', 'SUBJECT_NOT_AVAILABLE'],
  ] as const)('ends where the register says no: %s', async (behaviour, state, reason) => {
    const { exchangeId } = await ask();
    world.clock.ms = T;
    now(behaviour);
    expect(await world.resumeDue()).toEqual(['ended']);
    expect(missing((await world.collect(exchangeId)) as never)).toEqual([['meldedaten', state, reason]]);
    expect(row().plan).toBeUndefined();
  });

  it('ends with an entry when its time is over, without another question', async () => {
    const { exchangeId } = await ask();
    world.clock.ms = NOW + HORIZON_MS;
    await world.resumeDue();
    expect(asked()).toBe(1);
    expect(events().slice(-2)).toEqual([
      ['retrieval.resumed', undefined, undefined, undefined],
      ['retrieval.closed', 'failed', 'DEFERRAL_EXPIRED', 'DEFERRAL_EXPIRED'],
    ]);
    expect(missing((await world.collect(exchangeId)) as never)).toEqual([['meldedaten', 'failed', 'DEFERRAL_EXPIRED']]);
  });

  it('is forgotten where the keys of its month are gone: nothing can be asked any more', async () => {
    await ask();
    const { plan, ...rest } = row();
    world.deferrals.rows.set(rest.id, { ...rest, plan: { ...plan!, epoch: { ...plan!.epoch, month: '2024-01' } } });
    world.clock.ms = T;
    await world.resumeDue();
    expect([asked(), world.deferrals.rows.size]).toEqual([1, 0]);
  });

  it('takes an attempt for lost that has not ended: it is closed, and what it brings is on record and dropped', async () => {
    await ask();
    world.clock.ms = T;
    now('evidence');
    const { id } = row();
    onceMeanwhile(async () => {
      await world.resume(id);
    });
    await world.resume(id);
    const closed = events().filter(([event]) => event !== 'retrieval.opened' && event !== 'retrieval.resumed');
    expect(closed).toEqual([
      ['retrieval.closed', 'deferred', 'EVIDENCE_DEFERRED', undefined],
      ['retrieval.closed', 'unknown', undefined, 'ATTEMPT_LOST'],
      ['retrieval.held', 'held', undefined, undefined],
      ['retrieval.late', undefined, undefined, 'NOT_PASSED_ON'],
    ]);
    expect(row()).toMatchObject({ state: 'ready', attempts: 2 });
  });
});

describe('what has come and cannot be stored', () => {
  it('is on record as answered, and asked for once more', async () => {
    await ask();
    world.clock.ms = T;
    now('evidence');
    const { ready: store } = world.deferrals;
    world.deferrals.ready = async () => Promise.reject(new Error('the database is away'));
    await expect(world.resume(row().id)).rejects.toThrow('away');
    expect(events().at(-1)).toEqual(['retrieval.closed', 'failed', 'REGISTER_UNAVAILABLE', 'NOT_KEPT']);
    expect(world.entries().at(-1)?.hidden).toMatchObject({ answered: 'evidence' });
    world.deferrals.ready = store;
    expect(await world.resume(row().id)).toBe('ready');
    expect(events().filter(([event]) => event === 'retrieval.closed')).toHaveLength(2);
  });
});

describe('a job that comes twice', () => {
  it('does not ask before the register has it', async () => {
    const { exchangeId } = await ask();
    const { id } = row();
    expect([await world.resume(id), asked()]).toEqual([undefined, 1]);
    world.clock.ms = T;
    world.gateway.availableAt = T + 60_000;
    await world.resume(id);
    expect([await world.resume(id), asked()]).toEqual([undefined, 2]);
    expect((await world.collect(exchangeId)).notDelivered).toMatchObject([{ availableAt: T + 60_000 }]);
  });

  it('does not ask after the final no of the register, also where the process died before it kept it, and the next one too', async () => {
    const { exchangeId } = await ask();
    world.clock.ms = T;
    now('refused');
    const { end } = world.deferrals;
    world.deferrals.end = async () => Promise.reject(new Error('died'));
    await expect(world.resume(row().id)).rejects.toThrow('died');
    await expect(world.resume(row().id)).rejects.toThrow('died');
    world.deferrals.end = end;
    now('evidence');
    expect([await world.resume(row().id), asked()]).toEqual(['ended', 2]);
    expect(missing((await world.collect(exchangeId)) as never)).toEqual([
      ['meldedaten', 'refused', 'REGISTER_REFUSED'],
    ]);
  });
});

describe('an attempt that another one took over from', () => {
  it('ends nothing any more: what the later one brought stays (design 3)', async () => {
    await ask();
    world.clock.ms = T;
    const { id } = row();
    onceMeanwhile(async () => {
      now('evidence');
      await world.resume(id);
      now('refused');
    });
    expect(await world.resume(id)).toBeUndefined();
    expect(row()).toMatchObject({ state: 'ready', attempts: 2 });
    expect(row().answer).toBeDefined();
  });
});

describe('what has come', () => {
  it('is released to who asked, with receipt and digest as any answer, and destroyed', async () => {
    const exchangeId = await ready();
    const answer = await world.collect(exchangeId);
    expect(answer).toMatchObject({ notDelivered: [], service: undefined });
    const [{ evidence, receipt }] = answer.evidence as [(typeof answer.evidence)[number]];
    const text = releasedText({ evidence });
    expect(receipt.opening.caller).toMatchObject({
      event: 'retrieval.closed',
      ...{ exchange_ref: exchangeId, outcome: 'released', release_digest: canonicalDigest(text) },
    });
    expect(answer.receipt?.opening.caller).toMatchObject({
      event: 'exchange.closed',
      exchange_ref: exchangeId,
      release_digest: releaseDigest({ fields: [], not_delivered: [], evidence: [text] }, answer.releaseSalt ?? ''),
    });
    expect(world.deferrals.rows.size).toBe(0);
    expect(await failureOf(world.collect(exchangeId))).toMatchObject({ reason: 'NOT_FOUND' });
  });

  it('fills the form of the service that asked', async () => {
    const all = [...decided.identity, decided.evidence[0]!];
    const { exchangeId } = await world.prefill({ triggers: all, subjects: world.keyed('parent') });
    world.clock.ms = T;
    now('evidence');
    await world.resumeDue();
    const { fields, service } = await world.collect(exchangeId);
    expect(service?.id).toBe('kindergeld');
    expect(fields.length).toBeGreaterThan(0);
  });

  it('is given once more to the same request, and to no other consumer', async () => {
    const exchangeId = await ready();
    const caller = { participant: { ...world.consumer.participant, id: 'elterngeld-online' }, thumbprint: 'x' };
    expect(await failureOf(world.collect(exchangeId, { caller }))).toMatchObject({ reason: 'NOT_FOUND' });
    const requestId = randomUUID();
    const first = await world.collect(exchangeId, { requestId });
    expect(await world.collect(exchangeId, { requestId })).toEqual(first);
    expect(world.entries().filter(({ caller: it }) => it.outcome === 'released' && it.retrieval_ref)).toHaveLength(1);
  });

  it('stays where it is for a caller who does not wait', async () => {
    const exchangeId = await ready();
    const signal = AbortSignal.abort();
    expect(await failureOf(world.collect(exchangeId, { signal }))).toMatchObject({ reason: 'DEADLINE_PASSED' });
    expect((await world.collect(exchangeId)).evidence).toHaveLength(1);
  });

  it('is destroyed with an entry when nobody fetched it in time', async () => {
    const exchangeId = await ready();
    world.clock.ms = T + KEEP_ANSWER_MS;
    expect(missing((await world.collect(exchangeId)) as never)).toEqual([['meldedaten', 'failed', 'DEFERRAL_EXPIRED']]);
    await world.resumeDue();
    expect(row().answer).toBeUndefined();
    expect(events().at(-1)).toEqual(['retrieval.closed', 'failed', 'DEFERRAL_EXPIRED', 'DEFERRAL_EXPIRED']);
  });

  it('is not there yet before: the answer says when, and leaves no entry', async () => {
    const { exchangeId } = await ask();
    const before = world.entries().length;
    const answer = await world.collect(exchangeId);
    expect(answer.notDelivered).toMatchObject([{ state: 'deferred', availableAt: T, keptUntil: NOW + HORIZON_MS }]);
    expect([answer.receipt, world.entries().length]).toEqual([undefined, before]);
  });
});

describe('a withdrawal counts at the next step (GDPR Art. 7 (3))', () => {
  const reason = 'TRIGGER_WITHDRAWN';
  const withdrawnAt = () =>
    world.entries().findIndex(({ effects }) => effects.some(({ kind }) => kind === 'withdraw-trigger'));
  const releasedAfter = () =>
    world
      .entries()
      .slice(withdrawnAt())
      .filter(({ caller }) => caller.release_digest !== undefined);

  it.each(['evidence', 'identity'] as const)('before it is due: nobody is asked (%s)', async (which) => {
    const { exchangeId } = await ask();
    await withdraw(decided[which][0]!);
    await world.resumeDue();
    expect(asked()).toBe(1);
    expect(events().at(-1)).toEqual(['retrieval.closed', 'refused', reason, reason]);
    expect(missing((await world.collect(exchangeId)) as never)).toEqual([['meldedaten', 'refused', reason]]);
  });

  it('also where it is only in the log yet: the entry before the question is refused', async () => {
    await ask();
    await world.withdraw(decided.evidence[0]!);
    world.clock.ms = T;
    await world.resumeDue();
    expect(asked()).toBe(1);
    expect(row()).toMatchObject({ state: 'ended', reason });
  });

  it.each(['evidence', 'identity'] as const)(
    'while the register says later: nothing is kept open (%s)',
    async (which) => {
      world.gateway.meanwhile = async () => withdraw(decided[which][0]!);
      expect(await failureOf(ask())).toMatchObject({ reason });
      expect(events().at(-1)).toEqual(['retrieval.closed', 'refused', reason, reason]);
      expect(world.deferrals.rows.size).toBe(0);
    },
  );

  it('while the register says later once more: it ends', async () => {
    const { exchangeId } = await ask();
    world.clock.ms = T;
    world.gateway.meanwhile = async () => {
      await world.withdraw(decided.identity[0]!);
    };
    expect(await world.resumeDue()).toEqual(['ended']);
    expect(events().at(-1)).toEqual(['retrieval.closed', 'refused', reason, reason]);
    expect(missing((await world.collect(exchangeId)) as never)).toEqual([['meldedaten', 'refused', reason]]);
  });

  it('while the register works: what it sends is not kept', async () => {
    const { exchangeId } = await ask();
    world.clock.ms = T;
    now('evidence');
    world.gateway.meanwhile = async () => withdraw();
    await world.resumeDue();
    await world.resumeDue();
    expect(row().answer).toBeUndefined();
    expect(events().filter(([event]) => event === 'retrieval.held')).toEqual([]);
    expect(missing((await world.collect(exchangeId)) as never)).toEqual([['meldedaten', 'refused', reason]]);
    expect(releasedAfter()).toEqual([]);
  });

  it('between fetch and release: it is destroyed, and nothing is released', async () => {
    const exchangeId = await ready();
    await withdraw();
    expect(row().answer).toBeUndefined();
    expect(missing((await world.collect(exchangeId)) as never)).toEqual([['meldedaten', 'refused', reason]]);
    await world.resumeDue();
    expect(events().at(-1)).toEqual(['retrieval.closed', 'refused', reason, reason]);
    expect(releasedAfter()).toEqual([]);
  });

  it('that comes while it is being released wins: the log refuses the release', async () => {
    const exchangeId = await ready();
    let isDone = false;
    world.log.before = async (written) => {
      if (isDone || !written.includes('exchange.closed')) return;
      isDone = true;
      await world.withdraw(decided.evidence[0]!);
    };
    expect(await failureOf(world.collect(exchangeId))).toMatchObject({ reason });
    expect(releasedAfter()).toEqual([]);
    expect(row()).toMatchObject({ state: 'ended', reason });
  });
});

describe('what is not permitted any more (IDNrG § 7 Abs. 2)', () => {
  it('is not asked for', async () => {
    const { exchangeId } = await ask();
    world.intermediary.forbidden.add('meldedaten');
    world.clock.ms = T;
    await world.resumeDue();
    expect(asked()).toBe(1);
    const answer = await world.collect(exchangeId);
    expect(missing(answer as never)).toEqual([['meldedaten', 'refused', 'TRANSFER_NOT_PERMITTED']]);
  });

  it('is not released, and destroyed', async () => {
    const exchangeId = await ready();
    world.intermediary.forbidden.add('meldedaten');
    expect(await failureOf(world.collect(exchangeId))).toMatchObject({ reason: 'TRANSFER_NOT_PERMITTED' });
    expect(row()).toMatchObject({ state: 'ended', reason: 'TRANSFER_NOT_PERMITTED' });
  });
});

describe('whatever registers do, however often', () => {
  it('each retrieval that was opened ends exactly once, and one at most is released (design 3)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...BEHAVIOURS), { maxLength: 5 }), async (behaviours) => {
        const { world: it, decided: oneOf } = await later();
        const { exchangeId } = await ask(it, oneOf);
        for (const behaviour of behaviours) {
          it.clock.ms = Math.max(it.clock.ms, ...it.deferrals.due.values());
          it.gateway.availableAt = it.clock.ms + 1;
          now(behaviour, it);
          await it.resumeDue();
        }
        await it.collect(exchangeId);
        it.clock.ms += HORIZON_MS + KEEP_ANSWER_MS;
        await it.resumeDue();
        const refs = (event: string) =>
          it
            .entries()
            .filter(({ caller }) => caller.event === event)
            .map(({ caller }) => caller.retrieval_ref);
        expect(refs('retrieval.closed').sort()).toEqual(
          [...refs('retrieval.opened'), ...refs('retrieval.resumed')].sort(),
        );
        const released = it.entries().filter(({ caller }) => caller.retrieval_ref && caller.outcome === 'released');
        expect(released.length).toBeLessThanOrEqual(1);
        const last = it
          .entries()
          .filter(({ caller }) => caller.event === 'retrieval.closed')
          .at(-1);
        expect(last?.caller.outcome).not.toBe('deferred');
      }),
      { numRuns: 30 },
    );
  });
});
