import { beforeEach, describe, expect, it } from '@jest/globals';
import type { RegisterStatement } from '../../src/audit/record.js';
import { outage } from '../../src/platform/fault.js';
import { CONSUMER } from '../support/builders.js';
import * as decide from './decided.js';
import { failureOf, missing } from './decided.js';
import { aWorld, type World } from './world.js';

const SLOW = 'melderegister-bremen';

let world: World;
beforeEach(() => {
  world = aWorld();
});
const entriesOf = (event: string) => world.entries().filter(({ caller }) => caller.event === event);
/** What the sweeper of another node does to the retrieval of this evidence type. */
const sweep = async (type: string, event = 'retrieval.opened') => {
  const opened = world.entries().find(({ caller }) => caller.evidence_type === type && caller.event === event)!;
  await world.log.append([
    {
      caller: { event: 'retrieval.closed', consumer: CONSUMER, outcome: 'unknown' },
      protected: {},
      persons: [],
      effects: [{ kind: 'close-retrieval', retrieval: opened.caller.retrieval_ref! }],
    },
  ]);
};

describe('a register that answers when its retrieval was given up', () => {
  const ANSWERS: readonly RegisterStatement[] = [
    { answered: 'evidence' },
    { answered: 'not_available' },
    { answered: 'refused', register_reason: 'REPLAY' },
  ];

  async function givenUp() {
    const { all } = await decide.everythingDecided(world);
    world.gateway.behaviour.set(SLOW, 'unavailable');
    await world.prefill({ triggers: all });
    const before = world.entries().length;
    return { answer: world.gateway.late.get(SLOW)!, before };
  }

  it.each(ANSWERS)('is on record with what kind of answer it was, protected: %j', async (statement) => {
    const { answer, before } = await givenUp();
    answer(statement);
    await world.late.close();
    const [late, ...more] = world.entries().slice(before);
    expect(more).toEqual([]);
    const opened = entriesOf('retrieval.opened').find(({ caller }) => caller.register === SLOW)!;
    expect(late?.caller).toEqual({
      ...opened.caller,
      event: 'retrieval.late',
      log_time: expect.any(String),
    });
    expect(late?.hidden).toEqual({
      cause: 'NOT_PASSED_ON',
      ...statement,
      subjects: opened.hidden.subjects,
    });
    expect(late?.effects).toEqual([]);
  });

  it('looks the same to the caller whatever it answered (IDNrG § 6 Abs. 5)', async () => {
    const seen = [];
    for (const statement of ANSWERS) {
      world = aWorld();
      const { answer } = await givenUp();
      answer(statement);
      await world.late.close();
      const { exchange_ref: _, retrieval_ref: __, trigger_id: ___, ...clear } = entriesOf('retrieval.late')[0]!.caller;
      seen.push(clear);
    }
    for (const clear of seen) expect(clear).toEqual(seen[0]);
  });

  it('is recorded also where the log is away for a moment', async () => {
    const { answer } = await givenUp();
    world.log.failing = true;
    answer({ answered: 'evidence' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(entriesOf('retrieval.late')).toEqual([]);
    world.log.failing = false;
    while (entriesOf('retrieval.late').length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(entriesOf('retrieval.late')).toHaveLength(1);
  });

  it('does not keep the process from ending where the log stays away', async () => {
    const { answer } = await givenUp();
    world.log.failing = true;
    answer({ answered: 'evidence' });
    await world.late.close();
    expect(entriesOf('retrieval.late')).toEqual([]);
  });

  it('is on record for a lookup, too', async () => {
    const { all } = await decide.everythingDecided(world);
    world.directory.failure = outage('IDENTITY_DIRECTORY_UNAVAILABLE');
    expect(await failureOf(world.prefill({ triggers: all }))).toMatchObject({
      reason: 'IDENTITY_DIRECTORY_UNAVAILABLE',
    });
    world.directory.late.get('parent')!({ answered: 'evidence' });
    await world.late.close();
    const [late] = entriesOf('retrieval.late');
    expect(late).toMatchObject({
      caller: { evidence_type: 'identity', retrieval_ref: entriesOf('identity.opened')[0]!.caller.retrieval_ref },
      hidden: { answered: 'evidence' },
    });
    expect(late?.hidden.subjects).toBeUndefined();
  });
});

describe('a node that wakes up when others have called the outcome unknown (design 3)', () => {
  const sweepOnce = (type: string, on: string) => {
    let isSwept = false;
    world.log.before = async (events) => {
      if (!events.includes(on) || isSwept) return;
      isSwept = true;
      await sweep(type);
    };
  };

  const previewDecided = async () => {
    const { all, evidence } = await decide.everythingDecided(world);
    const wanted = await world.decided('meldedaten', 'parent', { preview: 'WANTED' });
    return all.map((it) => (it.id === evidence[0]!.id ? wanted : it));
  };

  it('releases the rest, and puts on record that the register had answered', async () => {
    const { all } = await decide.everythingDecided(world);
    sweepOnce('geburt', 'exchange.closed');
    const answer = await world.prefill({ triggers: all });
    expect(missing(answer)).toContainEqual(['geburt', 'failed', 'REGISTER_UNAVAILABLE']);
    expect(entriesOf('retrieval.late')).toMatchObject([
      { caller: { evidence_type: 'geburt' }, hidden: { answered: 'evidence' } },
    ]);
  });

  it('the same where the person wants a preview', async () => {
    const triggers = await previewDecided();
    world.gateway.behaviour.set('personenstand-bremen', 'refused');
    sweepOnce('geburt', 'retrieval.held');
    await world.prefill({ triggers });
    expect(entriesOf('retrieval.held')).toHaveLength(2);
    expect(entriesOf('retrieval.late')).toMatchObject([
      { caller: { evidence_type: 'geburt' }, hidden: { answered: 'refused', register_reason: 'REPLAY' } },
    ]);
  });

  it('holds nothing whose outcome is on record already', async () => {
    const triggers = await previewDecided();
    sweepOnce('geburt', 'retrieval.held');
    const answer = await world.prefill({ triggers });
    expect(missing(answer)).toContainEqual(['geburt', 'failed', 'REGISTER_UNAVAILABLE']);
    expect(entriesOf('retrieval.held').map(({ caller }) => caller.evidence_type)).not.toContain('geburt');
    expect(entriesOf('retrieval.late')).toMatchObject([
      { caller: { evidence_type: 'geburt' }, hidden: { answered: 'evidence' } },
    ]);
  });

  it('the same where nobody had a record, with the same answer (IDNrG § 6 Abs. 5)', async () => {
    const { all } = await decide.everythingDecided(world);
    for (const register of decide.REGISTERS) world.gateway.behaviour.set(register, 'not-available');
    sweepOnce('geburt', 'exchange.closed');
    expect(await failureOf(world.prefill({ triggers: all }))).toMatchObject({ reason: 'SUBJECT_NOT_AVAILABLE' });
    expect(entriesOf('retrieval.late')).toMatchObject([
      { caller: { evidence_type: 'geburt' }, hidden: { answered: 'not_available' } },
    ]);
    expect(entriesOf('exchange.closed')).toHaveLength(1);
  });

  it('the same where the caller has left, and nothing is late where the register did not answer', async () => {
    const { all } = await decide.everythingDecided(world);
    world.gateway.behaviour.set(SLOW, 'unavailable');
    world.gateway.meanwhile = async ({ register }) => {
      if (register !== 'familienkasse-register') return;
      world.clock.ms += 5000;
      await sweep('meldedaten');
      await sweep('geburt');
    };
    expect(await failureOf(world.prefill({ triggers: all }))).toMatchObject({ reason: 'DEADLINE_PASSED' });
    expect(entriesOf('retrieval.late').map(({ caller }) => caller.evidence_type)).toEqual(['geburt']);
  });

  it('the same for a lookup, and no register is asked', async () => {
    const { all } = await decide.everythingDecided(world);
    world.directory.meanwhile = () => sweep('identity', 'identity.opened');
    expect(await failureOf(world.prefill({ triggers: all }))).toMatchObject({
      reason: 'IDENTITY_DIRECTORY_UNAVAILABLE',
    });
    expect(entriesOf('retrieval.late')).toMatchObject([
      { caller: { evidence_type: 'identity' }, hidden: { answered: 'evidence' } },
    ]);
    expect(world.gateway.asked).toEqual([]);
  });

  it('has nothing late where the answer was on record as held', async () => {
    const { exchangeId, notDelivered } = await world.prefill({ triggers: await previewDecided() });
    for (const type of ['meldedaten', 'geburt', 'kindergeld-bezug']) await sweep(type);
    const held_id = notDelivered.find(({ evidence_type }) => evidence_type === 'meldedaten')!.heldId!;
    await failureOf(world.decide(exchangeId, [{ held_id, decision: 'RELEASE' }]));
    expect(entriesOf('retrieval.late')).toEqual([]);
  });
});
