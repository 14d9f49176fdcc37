import { beforeEach, describe, expect, it } from '@jest/globals';
import type { RegisterAnswer } from '../../src/registers/register-gateway.js';
import { NOW } from '../support/builders.js';
import * as decide from './decided.js';
import { failureOf, MELDE, missing, REGISTERS } from './decided.js';
import { aWorld, type World } from './world.js';

const GAVE_NOTHING: RegisterAnswer = { kind: 'unavailable', cause: 'UNAVAILABLE', repeatable: true };
const SHAKY = 'melderegister-bremen';

let world: World;
beforeEach(() => {
  world = aWorld();
});
const typesOf = ({ evidence }: Awaited<ReturnType<World['prefill']>>) =>
  evidence.map(({ evidence: { evidenceType } }) => evidenceType);
const entriesOf = (event: string) => world.entries().filter(({ caller }) => caller.event === event);

describe('a register that gave nothing', () => {
  it('is asked once more, the very same, with an entry of its own before (design 3, step 6)', async () => {
    const { all } = await decide.everythingDecided(world);
    world.gateway.first.set(SHAKY, [GAVE_NOTHING]);
    const answer = await world.prefill({ triggers: all });
    expect(typesOf(answer)).toEqual(['meldedaten', 'geburt', 'kindergeld-bezug']);
    const [first, again, ...more] = world.gateway.asked.filter(({ register }) => register === SHAKY);
    expect([again, more]).toEqual([first, []]);
    expect(world.story.filter((it) => it.startsWith(`ask ${SHAKY}`))).toEqual([
      `ask ${SHAKY} with entry retrieval.opened`,
      `ask ${SHAKY} with entry retrieval.repeated`,
    ]);
    const [repeated, ...others] = entriesOf('retrieval.repeated');
    const opened = entriesOf('retrieval.opened').find(({ caller }) => caller.register === SHAKY)!;
    expect(others).toEqual([]);
    expect(repeated?.caller).toEqual({ ...opened.caller, event: 'retrieval.repeated', log_time: expect.any(String) });
    expect(repeated?.hidden).toEqual({ cause: 'UNAVAILABLE', subjects: opened.hidden.subjects });
  });

  it('is asked no third time, and ends as one that does not answer', async () => {
    const { all } = await decide.everythingDecided(world);
    world.gateway.first.set(SHAKY, [GAVE_NOTHING, GAVE_NOTHING, GAVE_NOTHING]);
    const answer = await world.prefill({ triggers: all });
    expect(missing(answer)).toContainEqual(['meldedaten', 'failed', 'REGISTER_UNAVAILABLE']);
    expect(world.gateway.asked.filter(({ register }) => register === SHAKY)).toHaveLength(2);
  });

  const ONCE: readonly (readonly [string, RegisterAnswer])[] = [
    ['too slow', { kind: 'unavailable', cause: 'DEADLINE_EXCEEDED' }],
    ['broken', { kind: 'unavailable', cause: 'INTERNAL' }],
    ['empty', { kind: 'unavailable', cause: 'EMPTY_ANSWER', hasAnswered: true }],
    ['a record that is no good', { kind: 'unavailable', cause: 'RECORD_FAULTY', ofRecord: true }],
    ['a refusal', { kind: 'refused', reason: 'REPLAY' }],
    ['nobody', { kind: 'not-available' }],
    ['later', { kind: 'deferred', availableAt: NOW + 1 }],
  ];
  it.each(ONCE)(
    'is asked once where it may have given something, or has said what it has to say: %s',
    async (_, first) => {
      const { all } = await decide.everythingDecided(world);
      world.gateway.first.set(SHAKY, [first]);
      await world.prefill({ triggers: all });
      expect(world.gateway.asked.filter(({ register }) => register === SHAKY)).toHaveLength(1);
    },
  );

  it('is asked once where there is no time left, or the share of repeats is used up', async () => {
    const { all } = await decide.everythingDecided(world);
    world.gateway.first.set(SHAKY, [GAVE_NOTHING]);
    const answer = await world.prefill({ triggers: all, deadline: world.clock.now() + 300 });
    expect(missing(answer)).toContainEqual(['meldedaten', 'failed', 'REGISTER_UNAVAILABLE']);
    const asked = [];
    for (let round = 0; round < 3; round += 1) {
      const decided = await decide.everythingDecided(world);
      world.gateway.first.set(SHAKY, [GAVE_NOTHING]);
      const before = world.gateway.asked.length;
      await world.prefill({ triggers: decided.all });
      asked.push(world.gateway.asked.length - before);
    }
    expect(asked).toEqual([4, 3, 3]);
  });

  it('is not asked once more after a withdrawal (GDPR Art. 7 (3))', async () => {
    const { all, evidence } = await decide.everythingDecided(world);
    world.gateway.first.set(SHAKY, [GAVE_NOTHING]);
    world.gateway.meanwhile = async ({ register }) => {
      if (register === SHAKY) await world.withdraw(evidence[0]!);
    };
    const answer = await world.prefill({ triggers: all });
    expect(typesOf(answer)).toEqual(['geburt', 'kindergeld-bezug']);
    expect([entriesOf('retrieval.repeated'), world.gateway.asked.length]).toEqual([[], 3]);
  });

  it('is not asked once more for what is not permitted any more (IDNrG § 7 Abs. 2)', async () => {
    const { all } = await decide.everythingDecided(world);
    const { catalogue } = world.current;
    world.gateway.first.set(SHAKY, [GAVE_NOTHING]);
    world.gateway.meanwhile = async ({ register }) => {
      const rules = catalogue.rules.filter(({ id }) => id !== 'kindergeld-meldedaten');
      if (register === SHAKY) world.current.replace({ ...catalogue, rules, version: `after ${catalogue.version}` });
    };
    await world.prefill({ triggers: all });
    expect([entriesOf('retrieval.repeated'), world.gateway.asked.length]).toEqual([[], 3]);
  });

  it('is not asked once more where the log does not take it (FZV § 68)', async () => {
    const { all } = await decide.everythingDecided(world);
    world.gateway.first.set(SHAKY, [GAVE_NOTHING]);
    world.log.before = async (events) => {
      if (events.includes('retrieval.repeated')) throw new Error('away');
    };
    const answer = await world.prefill({ triggers: all });
    expect(typesOf(answer)).toEqual(['geburt', 'kindergeld-bezug']);
    expect(world.gateway.asked).toHaveLength(3);
  });
});

describe('a register that is not asked now', () => {
  const UNTIL = NOW + 700;
  const silence = (register: string) =>
    world.gateway.silent.set(register, { reason: 'REGISTER_SUSPENDED', untilMs: UNTIL });

  it('is a failed item with the time from which it is worth asking, and an entry; the others answer', async () => {
    const { all, evidence } = await decide.everythingDecided(world);
    silence(SHAKY);
    const answer = await world.prefill({ triggers: all });
    expect(typesOf(answer)).toEqual(['geburt', 'kindergeld-bezug']);
    expect(answer.notDelivered).toContainEqual(
      expect.objectContaining({ state: 'failed', reason: 'REGISTER_SUSPENDED', availableAt: UNTIL }),
    );
    const [entry, ...more] = entriesOf('refused');
    expect(more).toEqual([]);
    expect(entry?.caller).toMatchObject({ register: SHAKY, outcome: 'failed', reason: 'REGISTER_SUSPENDED' });
    expect(entriesOf('retrieval.opened').map(({ caller }) => caller.register)).not.toContain(SHAKY);
    // The decision is not used: it serves when the register is back.
    world.gateway.silent.clear();
    const identity = await world.decided('identity', 'parent');
    const later = await world.retrieve([{ ...MELDE, triggerId: evidence[0]!.id }], [identity]);
    expect(typesOf(later)).toEqual(['meldedaten']);
  });

  it('has nobody looked up for it (IDNrG § 6 Abs. 4)', async () => {
    const { all } = await decide.everythingDecided(world);
    silence('personenstand-bremen');
    await world.prefill({ triggers: all });
    // Nothing else is about the child.
    expect(world.directory.asked.map(({ subject_role }) => subject_role)).toEqual(['parent']);
  });

  it('is the error with its time where it is all there is, and the same decisions serve later', async () => {
    const { evidence, identity } = await decide.oneDecided(world);
    const ask = () => world.retrieve([{ ...MELDE, triggerId: evidence[0]!.id }], identity);
    silence(SHAKY);
    const fault = await failureOf(ask());
    expect(fault).toMatchObject({ reason: 'REGISTER_SUSPENDED', retryDelayMs: 700 });
    expect([world.directory.asked, world.gateway.asked]).toEqual([[], []]);
    world.gateway.silent.clear();
    expect(typesOf(await ask())).toEqual(['meldedaten']);
  });

  it('is closed as not asked where that turns out when it was to be asked', async () => {
    const { all } = await decide.everythingDecided(world);
    world.gateway.first.set(SHAKY, [{ kind: 'not-asked', reason: 'REGISTER_BUSY', untilMs: UNTIL }]);
    const answer = await world.prefill({ triggers: all });
    expect(answer.notDelivered).toContainEqual(
      expect.objectContaining({ state: 'failed', reason: 'REGISTER_BUSY', availableAt: UNTIL }),
    );
    const closed = entriesOf('retrieval.closed').find(({ caller }) => caller.register === SHAKY);
    expect(closed?.hidden.answered).toBe('not_asked');
  });

  it('makes no difference to the refusal for somebody nobody knows (IDNrG § 6 Abs. 5)', async () => {
    const logs = [];
    for (const isKnown of [true, false]) {
      world = aWorld();
      const { all } = await decide.everythingDecided(world);
      silence('familienkasse-register');
      if (isKnown) for (const register of REGISTERS) world.gateway.behaviour.set(register, 'not-available');
      else world.directory.persons.set('parent', undefined);
      expect(await failureOf(world.prefill({ triggers: all }))).toMatchObject({ reason: 'SUBJECT_NOT_AVAILABLE' });
      logs.push(world.entries().map(({ caller }) => [caller.event, caller.register, caller.outcome, caller.reason]));
    }
    expect(logs[0]).toEqual(logs[1]);
  });
});
