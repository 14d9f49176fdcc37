import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Emission } from '../../src/exchange/emit-evidence.js';
import { releasedText } from '../../src/exchange/exchange.js';
import { releaseDigest } from '../../src/prefill/release-digest.js';
import { canonicalDigest } from '../../src/tokens/digest.js';
import * as decide from './decided.js';
import { failureOf, missing, REGISTERS } from './decided.js';
import { aWorld, type World } from './world.js';

const [MELDEREGISTER, PERSONENSTAND, FAMILIENKASSE] = REGISTERS;

let world: World;
let emitted: Emission[];
beforeEach(() => {
  world = aWorld();
  emitted = [];
});
const emit = (emission: Emission) => {
  emitted.push(emission);
  world.story.push(`emit ${emission.evidence.evidence.evidenceType}`);
};
const typesEmitted = () => emitted.map(({ evidence }) => evidence.evidence.evidenceType);
const entriesOf = (event: string) => world.entries().filter(({ caller }) => caller.event === event);
/** Signatures are verified in other threads. */
const untilEmitted = async (count: number) => {
  for (let tries = 0; tries < 500 && emitted.length < count; tries += 1) await sleep(10);
  await sleep(30);
};

/** Registers that answer when told. */
function holdBack(...registers: readonly string[]) {
  const gates = new Map(
    registers.map((register) => {
      let open = (): void => undefined;
      const opened = new Promise<void>((resolve) => {
        open = resolve;
      });
      return [register, { open, opened }];
    }),
  );
  world.gateway.meanwhile = async ({ register }) => gates.get(register)?.opened;
  return (register: string) => gates.get(register)?.open();
}

describe('a prefill in a stream', () => {
  it('sends each piece when its register has answered, and only after its entry "closed" (design 3, step 11)', async () => {
    const { all } = await decide.everythingDecided(world);
    const answer = holdBack(MELDEREGISTER, FAMILIENKASSE);
    const ended = world.prefill({ triggers: all, emit });
    await untilEmitted(1);
    expect(typesEmitted()).toEqual(['geburt']);
    answer(FAMILIENKASSE);
    await untilEmitted(2);
    expect(typesEmitted()).toEqual(['geburt', 'kindergeld-bezug']);
    answer(MELDEREGISTER);
    await ended;
    expect(typesEmitted()).toEqual(['geburt', 'kindergeld-bezug', 'meldedaten']);
    const from = world.story.findIndex((it) => it.startsWith('emit'));
    expect(world.story.slice(from - 1)).toEqual([
      ...['log retrieval.closed', 'emit geburt', 'log retrieval.closed', 'emit kindergeld-bezug'],
      ...['log retrieval.closed', 'emit meldedaten', 'log exchange.closed'],
    ]);
    const digests = entriesOf('retrieval.closed').map(({ caller }) => caller.release_digest);
    expect(digests).toEqual(emitted.map(({ evidence }) => canonicalDigest(releasedText(evidence))));
    expect(emitted.map(({ evidence }) => evidence.receipt.opening.caller.release_digest)).toEqual(digests);
  });

  it('ends with the whole answer: the same as without a stream, with the digest of all of it', async () => {
    const { all } = await decide.everythingDecided(world);
    const answer = await world.prefill({ triggers: all, emit });
    expect(answer.evidence.map(({ evidence }) => evidence.evidenceType)).toEqual([
      'meldedaten',
      'geburt',
      'kindergeld-bezug',
    ]);
    const { fields, notDelivered, releaseSalt, evidence } = answer;
    const compacts = evidence.map(releasedText);
    expect(answer.receipt.opening.caller.release_digest).toBe(
      releaseDigest({ fields, not_delivered: notDelivered, evidence: compacts }, releaseSalt),
    );
    expect(entriesOf('exchange.closed').map(({ caller }) => caller.outcome)).toEqual(['partly_released']);
    const other = aWorld();
    const unary = await other.prefill({ triggers: (await decide.everythingDecided(other)).all });
    expect(unary.fields.map(({ fim_id, value }) => [fim_id, value])).toEqual(
      fields.map(({ fim_id, value }) => [fim_id, value]),
    );
  });

  it('sends every field, and one that later evidence changes once more', async () => {
    const { all } = await decide.everythingDecided(world);
    const answer = await world.prefill({ triggers: all, emit });
    const last = new Map(
      emitted.flatMap(({ fields }) => fields.map((field) => [`${field.fim_id} ${field.subject_role}`, field] as const)),
    );
    expect(last.size).toBe(answer.fields.length);
    for (const field of answer.fields) expect(last.get(`${field.fim_id} ${field.subject_role}`)).toEqual(field);
  });

  it.each(['refused', 'unavailable', 'garbage', 'deferred'] as const)(
    'leaves what is not delivered to its end: %s',
    async (behaviour) => {
      const { all } = await decide.everythingDecided(world);
      world.gateway.behaviour.set(MELDEREGISTER, behaviour);
      const answer = await world.prefill({ triggers: all, emit });
      expect(typesEmitted().sort()).toEqual(['geburt', 'kindergeld-bezug']);
      expect(missing(answer).map(([type]) => type)).toContain('meldedaten');
      expect(entriesOf('retrieval.closed')).toHaveLength(3);
      expect(entriesOf('retrieval.opened')).toHaveLength(3);
    },
  );

  it('tells that somebody is not available at the slot, whatever was sent before (IDNrG § 6 Abs. 5)', async () => {
    const { all } = await decide.everythingDecided(world);
    world.gateway.behaviour.set(MELDEREGISTER, 'not-available');
    const started = Date.now();
    const answer = await world.prefill({ triggers: all, emit });
    expect(missing(answer)).toContainEqual(['meldedaten', 'refused', 'SUBJECT_NOT_AVAILABLE']);
    expect(Date.now() - started).toBeGreaterThanOrEqual(15);
    expect(emitted).toHaveLength(2);
  });

  it('sends nothing where nobody is available, and leaves the entries of a call without a stream', async () => {
    const logs = [];
    for (const emitOrNot of [{ emit }, {}]) {
      world = aWorld();
      const { all } = await decide.everythingDecided(world);
      for (const register of REGISTERS) world.gateway.behaviour.set(register, 'not-available');
      expect(await failureOf(world.prefill({ triggers: all, ...emitOrNot }))).toMatchObject({
        reason: 'SUBJECT_NOT_AVAILABLE',
      });
      logs.push(world.entries().map(({ caller }) => [caller.event, caller.register, caller.outcome, caller.reason]));
    }
    expect([emitted, logs[0]]).toEqual([[], logs[1]]);
  });

  it('sends nothing that rests on a decision withdrawn meanwhile, and goes on (GDPR Art. 7 (3))', async () => {
    const { all, evidence } = await decide.everythingDecided(world);
    world.gateway.meanwhile = async ({ register }) => {
      if (register === MELDEREGISTER) await world.withdraw(evidence[0]!);
    };
    const answer = await world.prefill({ triggers: all, emit });
    expect(typesEmitted().sort()).toEqual(['geburt', 'kindergeld-bezug']);
    expect(missing(answer)).toContainEqual(['meldedaten', 'refused', 'TRIGGER_WITHDRAWN']);
  });

  /** Something happens when two pieces are sent, and one is to come. */
  async function afterTwo(happens: (decided: decide.Decided) => unknown) {
    const decided = await decide.everythingDecided(world);
    const answer = holdBack(FAMILIENKASSE);
    const ended = world.prefill({ triggers: decided.all, emit });
    await untilEmitted(2);
    expect(typesEmitted().sort()).toEqual(['geburt', 'meldedaten']);
    await happens(decided);
    answer(FAMILIENKASSE);
    return ended;
  }
  const expectWhole = ({
    fields,
    notDelivered,
    evidence,
    releaseSalt,
    receipt,
  }: Awaited<ReturnType<World['prefill']>>) =>
    expect(receipt.opening.caller.release_digest).toBe(
      releaseDigest({ fields, not_delivered: notDelivered, evidence: evidence.map(releasedText) }, releaseSalt),
    );

  it('does not take back what was sent before a withdrawal, and does not send it again (GDPR Art. 7 (3))', async () => {
    const ended = await afterTwo(({ evidence }) => world.withdraw(evidence[0]!));
    expect(ended.evidence.map(({ evidence }) => evidence.evidenceType)).toEqual(['geburt', 'kindergeld-bezug']);
    expect(missing(ended)).toContainEqual(['meldedaten', 'refused', 'TRIGGER_WITHDRAWN']);
    expect(ended.restsOn.retrievals.map(({ evidenceType }) => evidenceType.id)).toEqual(['geburt', 'kindergeld-bezug']);
    expectWhole(ended);
    const closed = entriesOf('retrieval.closed').map(({ caller }) => [caller.evidence_type, caller.outcome]);
    expect(closed).toContainEqual(['meldedaten', 'released']);
    expect([closed.length, entriesOf('exchange.closed')[0]?.caller.outcome]).toEqual([3, 'partly_released']);
  });

  it('ends with an answer without evidence where all that was sent is withdrawn: what rests on a lookup, by that', async () => {
    const ended = await afterTwo(async ({ identity }) => {
      for (const each of identity) await world.withdraw(each);
    });
    expect([ended.evidence, ended.fields, ended.restsOn.retrievals]).toEqual([[], [], []]);
    expect(missing(ended).filter(([, , reason]) => reason === 'TRIGGER_WITHDRAWN')).toHaveLength(3);
    expectWhole(ended);
    expect(entriesOf('exchange.closed').map(({ caller }) => caller.outcome)).toEqual(['partly_released']);
  });

  it('does not send again what is not permitted any more (IDNrG § 7 Abs. 2)', async () => {
    const { catalogue } = world.current;
    const ended = await afterTwo(() =>
      world.current.replace({
        ...catalogue,
        rules: catalogue.rules.filter(({ id }) => id !== 'kindergeld-meldedaten'),
        version: `after ${catalogue.version}`,
      }),
    );
    expect(ended.evidence.map(({ evidence }) => evidence.evidenceType)).toEqual(['geburt', 'kindergeld-bezug']);
    expect(missing(ended)).toContainEqual(['meldedaten', 'refused', 'TRANSFER_NOT_PERMITTED']);
    expectWhole(ended);
  });

  it('that is left keeps what was sent as released, and ends the rest as failed', async () => {
    const { all } = await decide.everythingDecided(world);
    const leaving = new AbortController();
    const answer = holdBack(FAMILIENKASSE);
    const ended = world.prefill({ triggers: all, emit, signal: leaving.signal });
    await untilEmitted(2);
    leaving.abort();
    answer(FAMILIENKASSE);
    expect(await failureOf(ended)).toMatchObject({ reason: 'CALLER_LEFT', isLogged: true });
    expect(
      entriesOf('retrieval.closed')
        .map(({ caller }) => [caller.evidence_type, caller.outcome])
        .sort(),
    ).toEqual([
      ['geburt', 'released'],
      ['kindergeld-bezug', 'failed'],
      ['meldedaten', 'released'],
    ]);
    expect(entriesOf('exchange.closed')[0]?.caller).toMatchObject({
      outcome: 'partly_released',
      reason: 'CALLER_LEFT',
    });
  });

  it('sends nothing without an entry; what the log does not take by itself is tried with the end (FZV § 68)', async () => {
    const { all } = await decide.everythingDecided(world);
    world.log.before = async (events) => {
      world.log.failing = events.includes('retrieval.closed') && !events.includes('exchange.closed');
    };
    const answer = await world.prefill({ triggers: all, emit });
    expect([emitted, answer.evidence.length]).toEqual([[], 3]);
    world.log.before = async (events) => {
      world.log.failing = events.includes('retrieval.closed');
    };
    const { all: more } = await decide.everythingDecided(world);
    expect(await failureOf(world.prefill({ triggers: more, emit }))).toMatchObject({ reason: 'AUDIT_LOG_UNAVAILABLE' });
    expect(emitted).toEqual([]);
  });

  it('is repeated without asking anybody, with the answer alone; either call repeats the other', async () => {
    const { all } = await decide.everythingDecided(world);
    const requestId = '6f1d9d5e-4a0b-4c8e-9f7e-3a2b1c0d9e8f';
    const first = await world.prefill({ triggers: all, emit, requestId });
    const [asked, sent] = [world.gateway.asked.length, emitted.length];
    expect(await world.prefill({ triggers: all, emit, requestId })).toEqual(first);
    expect(await world.prefill({ triggers: all, requestId })).toEqual(first);
    expect([world.gateway.asked.length, emitted.length]).toEqual([asked, sent]);
  });

  it('sends nothing before its end where the person wants to see it first (EGovG § 5 Abs. 5)', async () => {
    const identity = [await world.decided('identity', 'parent'), await world.decided('identity', 'child')];
    const wanted = await world.decided('meldedaten', 'parent', { preview: 'WANTED' });
    const other = await world.decided('geburt', 'child');
    const answer = await world.prefill({ triggers: [...identity, wanted, other], emit });
    expect([emitted, answer.evidence]).toEqual([[], []]);
    expect(missing(answer).map(([, state]) => state)).toContain('preview_required');
  });

  it('does not send what personenstand gives for another request', async () => {
    const { all } = await decide.everythingDecided(world);
    world.gateway.behaviour.set(PERSONENSTAND, 'of another request');
    await world.prefill({ triggers: all, emit });
    expect(typesEmitted()).not.toContain('geburt');
  });
});
