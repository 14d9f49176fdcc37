import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { LogBusy } from '../../src/audit/log-store.js';
import type { CallerPart } from '../../src/audit/record.js';
import { cast } from '../../src/demo/people/cast.js';
import { makeTestIdnr } from '../../src/identity/idnr.js';
import { Fault, outage } from '../../src/platform/fault.js';
import { NotAsked } from '../../src/platform/guard/shared-party.js';
import { withEffects } from '../audit/entries.js';
import * as decide from './decided.js';
import { failureOf, REGISTERS } from './decided.js';
import { aWorld, SLOT_MS, type World } from './world.js';

let world: World;
beforeEach(() => {
  world = aWorld();
});
const everythingDecided = (it: World = world) => decide.everythingDecided(it);
const eventsOf = (it: World = world) => it.entries().map(({ caller }) => caller.event);

describe('nobody, several, blocked, absent (IDNrG § 6 Abs. 5)', () => {
  /** What the caller may open, without what is random. */
  const visible = (it: World) =>
    it
      .entries()
      .map(({ caller: { exchange_ref: _, retrieval_ref: __, trigger_id: ___, ...rest } }): Partial<CallerPart> => rest);

  function withoutRecord(it = aWorld()): World {
    for (const register of REGISTERS) it.gateway.behaviour.set(register, 'not-available');
    return it;
  }
  function notFound(...roles: readonly string[]): World {
    const it = aWorld();
    for (const role of roles) it.directory.persons.set(role, undefined);
    return it;
  }

  /** All that a caller can see of each of them, where something else happens meanwhile. */
  async function seenOf(
    meanwhile: (it: World, decided: decide.Decided) => Promise<AbortSignal | undefined> = async () => undefined,
    worlds = [withoutRecord(), notFound('parent'), notFound('child'), notFound('parent', 'child')],
  ) {
    return Promise.all(
      worlds.map(async (it) => {
        const decided = await everythingDecided(it);
        const signal = await meanwhile(it, decided);
        const fault = await it.prefill({ triggers: decided.all, ...(signal && { signal }) }).then(
          ({ evidence, notDelivered }) => ({
            evidence,
            notDelivered: notDelivered.map(({ ofRetrieval: _, ...item }) => item),
          }),
          (error: unknown) => {
            if (!(error instanceof Fault)) throw error;
            const { reason, metadata, violations, retryDelayMs, isLogged } = error;
            return { reason, metadata, violations, retryDelayMs, isLogged };
          },
        );
        const checks = it.story.filter((event) => /^(may|bind) /.test(event));
        return { fault, entries: visible(it), checks };
      }),
    );
  }

  it('are one answer and the same entries in the same order, whoever of them it was', async () => {
    const [first, ...others] = await seenOf();
    expect(first).toMatchObject({ fault: { reason: 'SUBJECT_NOT_AVAILABLE', isLogged: true } });
    for (const each of others) expect(each).toEqual(first);
  });

  it('are asked about at the intermediary alike: each check is on record there, and counted', async () => {
    const [first, ...others] = await seenOf();
    expect(first?.checks.filter((it) => it.startsWith('bind'))).toHaveLength(5);
    for (const { checks } of others) expect(checks).toEqual(first?.checks);
  });

  it.each(['meldedaten', 'kindergeld-bezug'])(
    'are refused alike where a limit is used up meanwhile: %s',
    async (type) => {
      const [first, ...others] = await seenOf(async (it) => {
        it.intermediary.limitedWhenBound.add(type);
        return undefined;
      });
      for (const each of others) expect(each).toEqual(first);
    },
  );

  it.each([0, 1])('end alike where the consumer withdraws a decision about identity meanwhile: %i', async (which) => {
    const [first, ...others] = await seenOf(async (it, { identity }) => {
      let closed = 0;
      it.log.before = async (events) => {
        if (!events.includes('identity.closed') || ++closed < 2) return;
        it.log.before = async () => undefined;
        await it.withdraw(identity[which]!);
      };
      return undefined;
    });
    expect(first).toMatchObject({ fault: { reason: 'TRIGGER_WITHDRAWN' } });
    for (const each of others) expect(each).toEqual(first);
  });

  it.each([
    ['every register', REGISTERS],
    ['one register', REGISTERS.slice(0, 1)],
  ])('end alike where it turns out only when it was to be asked that %s has too much to do', async (_, busy) => {
    const untilMs = world.clock.now() + 700;
    const [first, ...others] = await seenOf(async (it) => {
      for (const register of busy)
        it.gateway.first.set(register, [{ kind: 'not-asked', reason: 'REGISTER_BUSY', untilMs }]);
      return undefined;
    });
    expect(JSON.stringify(first)).toContain('REGISTER_BUSY');
    for (const each of others) expect(each).toEqual(first);
  });

  it('is the answer where somebody decides by virtue of something else than was confirmed (design 4)', async () => {
    const it = aWorld();
    const identity = [await it.decided('identity', 'parent'), await it.decided('identity', 'child')];
    const custody = await it.decided('geburt', 'child', { representation: 'custody' });
    await expect(it.prefill({ triggers: [...identity, custody] })).resolves.toBeDefined();
    const others = [await it.decided('identity', 'parent'), await it.decided('identity', 'child')];
    const guardian = await it.decided('geburt', 'child', { representation: 'guardianship' });
    const refused = await failureOf(it.prefill({ triggers: [...others, guardian] }));
    expect(refused).toMatchObject({ reason: 'SUBJECT_NOT_AVAILABLE' });
    expect(it.entries().map(({ hidden }) => hidden.cause)).toContain('NOT_THE_REPRESENTATIVE');
  });

  it('is the answer where who decided at the pages has the name of the person who is found, and is another (design 4)', async () => {
    const decidedBy = async (it: World, idnr: string) => [
      await it.decided('identity', 'parent', {}, idnr),
      await it.decided('identity', 'child', {}, idnr),
      await it.decided('geburt', 'child', {}, idnr),
    ];
    const it = aWorld();
    const parent = it.directory.persons.get('parent')?.idnr ?? '';
    await expect(it.prefill({ triggers: await decidedBy(it, parent) })).resolves.toBeDefined();
    const other = aWorld();
    const refused = await failureOf(other.prefill({ triggers: await decidedBy(other, cast.none.idnr) }));
    expect(refused).toMatchObject({ reason: 'SUBJECT_NOT_AVAILABLE' });
    expect(other.entries().map(({ hidden }) => hidden.cause)).toContain('NOT_WHO_DECIDED');
  });

  it('is the answer, too, where only the evidence was decided on by another', async () => {
    const identity = [await world.decided('identity', 'parent'), await world.decided('identity', 'child')];
    const evidence = await world.decided('geburt', 'child', {}, cast.none.idnr);
    const refused = await failureOf(world.prefill({ triggers: [...identity, evidence] }));
    expect(refused).toMatchObject({ reason: 'SUBJECT_NOT_AVAILABLE' });
  });

  it.each([
    ['identity.opened', 1],
    ['identity.closed', 2],
    ['retrieval.opened', 1],
  ] as const)(
    'end alike where the caller hangs up, and as it ends for somebody who is there: at %s %i',
    async (event, nth) => {
      const patient = () => aWorld(600);
      const lacking = (role: string) => {
        const it = patient();
        it.directory.persons.set(role, undefined);
        return it;
      };
      const [first, ...others] = await seenOf(
        async (it) => {
          const controller = new AbortController();
          let seen = 0;
          it.log.before = async (events) => {
            if (events.includes(event) && ++seen === nth) controller.abort();
          };
          return controller.signal;
        },
        [withoutRecord(patient()), lacking('parent'), lacking('child'), patient()],
      );
      expect(first).toMatchObject({ fault: { reason: 'CALLER_LEFT', isLogged: true } });
      for (const each of others) expect(each).toEqual(first);
    },
  );

  it('look nobody up for a caller who has hung up before', async () => {
    const { all } = await everythingDecided();
    const asked = world.prefill({ triggers: all, signal: AbortSignal.abort() });
    expect(await failureOf(asked)).toMatchObject({ reason: 'DEADLINE_PASSED', isLogged: false });
    expect(world.directory.asked).toEqual([]);
    await expect(world.prefill({ triggers: all })).resolves.toBeDefined();
  });

  it('differ in the protected half only', async () => {
    const it = notFound('parent');
    const { all } = await everythingDecided(it);
    await failureOf(it.prefill({ triggers: all }));
    expect(it.entries().map(({ hidden }) => hidden.cause)).toContain('IDENTITY_NOT_AVAILABLE');
    expect(it.gateway.asked).toEqual([]);
    const answered = it.entries().flatMap(({ hidden }) => hidden.answered ?? []);
    expect(answered).toEqual(['not_available', ...answered.slice(1).map(() => 'not_asked')]);
  });

  it('are answered at one fixed moment after arrival', async () => {
    for (const it of [withoutRecord(), notFound('parent')]) {
      const { all } = await everythingDecided(it);
      const start = performance.now();
      await failureOf(it.prefill({ triggers: all }));
      expect(performance.now() - start).toBeGreaterThanOrEqual(19);
    }
  });

  it('have their outcome written at one moment, too, whether a register was asked or not', async () => {
    for (const it of [withoutRecord(), notFound('parent')]) {
      const { all } = await everythingDecided(it);
      const writtenAt = new Map<string, number>();
      it.log.before = async (events) => {
        for (const event of events) writtenAt.set(event, performance.now());
      };
      const start = performance.now();
      await failureOf(it.prefill({ triggers: all }));
      for (const event of ['retrieval.closed', 'exchange.closed'])
        expect((writtenAt.get(event) ?? 0) - start).toBeGreaterThanOrEqual(SLOT_MS * (7 / 8) - 2);
    }
  });

  it('take as long over somebody who need not be looked up any more as over others', async () => {
    const it = notFound('parent');
    it.directory.meanwhile = () => sleep(60);
    const { all } = await everythingDecided(it);
    const at: number[] = [];
    it.log.before = async ([event]) => {
      if (event?.startsWith('identity.')) at.push(performance.now());
    };
    await failureOf(it.prefill({ triggers: all }));
    expect(it.directory.asked.map(({ subject_role }) => subject_role)).toEqual(['parent']);
    const [, opened = 0, closed = 0] = at;
    expect(closed - opened).toBeGreaterThanOrEqual(57);
  });

  it('use up the decisions alike', async () => {
    for (const it of [withoutRecord(), notFound('parent')]) {
      const { all } = await everythingDecided(it);
      await failureOf(it.prefill({ triggers: all }));
      expect(await failureOf(it.prefill({ triggers: all }))).toMatchObject({ reason: 'TRIGGER_USED' });
    }
  });
});

describe('the outcome of a lookup', () => {
  const refsOf = (event: string) =>
    world.entries().flatMap(({ caller }) => (caller.event === event ? [caller.retrieval_ref] : []));
  const closedAsFound = () => {
    expect(refsOf('identity.closed')).toEqual(refsOf('identity.opened'));
    const closed = world.entries().filter(({ caller }) => caller.event === 'identity.closed');
    for (const { caller, hidden } of closed) expect([caller.outcome, hidden.cause]).toEqual([undefined, 'FOUND']);
  };
  /** Once, before the append that opens this one. */
  const beforeOpening = (event: string, role: string, then: () => Promise<unknown>) => {
    let appends = 0;
    world.log.before = async (events) => {
      if (!events.includes(event) || ++appends < (role === 'child' ? 2 : 1)) return;
      world.log.before = async () => undefined;
      await then();
    };
  };

  it('is in the log also where the next decision was withdrawn meanwhile, and nobody else is asked about', async () => {
    const { all, identity } = await everythingDecided();
    beforeOpening('identity.opened', 'child', () => world.withdraw(identity[1]!));
    expect(await failureOf(world.prefill({ triggers: all }))).toMatchObject({ reason: 'TRIGGER_WITHDRAWN' });
    expect(world.directory.asked.map(({ subject_role }) => subject_role)).toEqual(['parent']);
    closedAsFound();
  });

  it('is in the log also where another exchange used a decision about evidence meanwhile', async () => {
    const { all, evidence } = await everythingDecided();
    beforeOpening('retrieval.opened', 'parent', () =>
      world.log.append([withEffects({ kind: 'use-trigger', trigger: evidence[0]!.id, by: 'another' })]),
    );
    expect(await failureOf(world.prefill({ triggers: all }))).toMatchObject({ reason: 'TRIGGER_USED' });
    expect(world.gateway.asked).toEqual([]);
    expect(refsOf('identity.opened')).toHaveLength(2);
    closedAsFound();
  });

  it('is in the log also where the log had no room for the next step', async () => {
    const { all } = await everythingDecided();
    beforeOpening('retrieval.opened', 'parent', () => Promise.reject(new LogBusy('too many entries wait for the log')));
    expect(await failureOf(world.prefill({ triggers: all }))).toMatchObject({ reason: 'BUSY' });
    expect(world.gateway.asked).toEqual([]);
    closedAsFound();
  });

  it('is in the log also where the intermediary says no to all that would come next', async () => {
    const { all } = await everythingDecided();
    for (const type of ['meldedaten', 'geburt', 'kindergeld-bezug']) world.intermediary.limitedWhenBound.add(type);
    const { evidence } = await world.prefill({ triggers: all });
    expect(evidence).toEqual([]);
    expect(world.gateway.asked).toEqual([]);
    expect(refsOf('identity.opened')).toHaveLength(2);
    closedAsFound();
  });

  it('is one, and late, where others had called it unknown before anything was opened after it (design 3)', async () => {
    const { all } = await everythingDecided();
    beforeOpening('retrieval.opened', 'parent', () =>
      world.log.append([withEffects({ kind: 'close-retrieval', retrieval: refsOf('identity.opened')[1]! })]),
    );
    expect(await failureOf(world.prefill({ triggers: all }))).toMatchObject({
      reason: 'IDENTITY_DIRECTORY_UNAVAILABLE',
    });
    expect(refsOf('identity.closed')).toEqual(refsOf('identity.opened').slice(0, 1));
    expect(refsOf('retrieval.late')).toEqual(refsOf('identity.opened').slice(1));
    expect(refsOf('retrieval.opened')).toEqual([]);
  });
});

describe('the identity directory', () => {
  const notNow = (delayMs: number) =>
    outage('IDENTITY_DIRECTORY_UNAVAILABLE', new NotAsked({ reason: 'busy', untilMs: Date.now() + delayMs }), delayMs);

  it('is not asked for a moment where it hangs: at once, before anything is opened or used, whoever it is about', async () => {
    for (const it of [world, aWorld()]) {
      if (it !== world) it.directory.persons.set('parent', undefined);
      const { all } = await everythingDecided(it);
      it.directory.notNow = notNow(700);
      await expect(it.prefill({ triggers: all })).rejects.toMatchObject({
        ...{ reason: 'IDENTITY_DIRECTORY_UNAVAILABLE', retryDelayMs: 700 },
      });
      expect([eventsOf(it), it.directory.asked]).toEqual([[], []]);
      it.directory.notNow = undefined;
      it.directory.persons.set('parent', { idnr: makeTestIdnr(1), birth_date: '1990-04-05' });
      await expect(it.prefill({ triggers: all })).resolves.toBeDefined();
    }
  });

  it('does not tell nobody from somebody by whether there is room for the next lookup (IDNrG § 6 Abs. 5)', async () => {
    const ending = async (it: World) => {
      const { all } = await everythingDecided(it);
      return failureOf(it.prefill({ triggers: all }));
    };
    const somebody = aWorld();
    somebody.directory.meanwhile = async () => {
      somebody.directory.failure = somebody.directory.asked.length > 1 ? notNow(500) : undefined;
    };
    const nobody = aWorld();
    nobody.directory.persons.set('parent', undefined);
    nobody.directory.notInTurn = notNow(500);
    const [first, second] = [await ending(somebody), await ending(nobody)];
    expect(first).toMatchObject({ reason: 'IDENTITY_DIRECTORY_UNAVAILABLE', retryDelayMs: 500 });
    expect(second).toMatchObject({ reason: 'IDENTITY_DIRECTORY_UNAVAILABLE', retryDelayMs: 500 });
    expect([nobody.directory.turns, eventsOf(nobody)]).toEqual([1, eventsOf(somebody)]);
    for (const it of [somebody, nobody]) expect(it.entries().at(-1)?.hidden.answered).toBe('not_asked');
  });

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
