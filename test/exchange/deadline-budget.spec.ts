import { beforeEach, describe, expect, it } from '@jest/globals';
import { stepDeadline } from '../../src/exchange/deadline-budget.js';
import { FixedSlot } from '../../src/exchange/fixed-slot.js';
import { SystemClock } from '../../src/platform/clock.js';
import { NOW } from '../support/builders.js';
import * as decide from './decided.js';
import { missing } from './decided.js';
import { aWorld, type World } from './world.js';

let world: World;
beforeEach(() => {
  world = aWorld();
});

describe('the time of a caller', () => {
  it('is divided so that each step leaves some to those after it', () => {
    const call = { arrivedAt: NOW, deadline: NOW + 4000 };
    expect(stepDeadline(call, 'permission')).toBe(NOW + 2000);
    expect(stepDeadline(call, 'identity')).toBe(NOW + 3000);
  });

  it("is given to each party as far as its step goes, and what a step leaves is the next one's", async () => {
    const { all } = await decide.everythingDecided(world);
    world.directory.meanwhile = async () => {
      world.clock.ms += 700;
    };
    await world.prefill({ triggers: all, deadline: NOW + 3000 });
    expect(new Set(world.intermediary.deadlines.slice(0, 2))).toEqual(new Set([NOW + 1500]));
    expect(new Set(world.directory.deadlines)).toEqual(new Set([NOW + 2250]));
    // 1400 ms are over; registers get what is left, less the reserve.
    expect(new Set(world.gateway.deadlines)).toEqual(new Set([NOW + 2850]));
  });

  it('ends with an answer: the one who is not available among others is told at the slot, or at the end of the time', async () => {
    const { all } = await decide.everythingDecided(world);
    world.gateway.behaviour.set('melderegister-bremen', 'not-available');
    const answer = await world.prefill({ triggers: all, deadline: world.clock.now() + 160 });
    expect(missing(answer)).toContainEqual(['meldedaten', 'refused', 'SUBJECT_NOT_AVAILABLE']);
  });

  it('is not used up by the slot', async () => {
    const clock = new SystemClock();
    const began = Date.now();
    await new FixedSlot(60_000, clock).reached(began, began + 30);
    expect(Date.now() - began).toBeLessThan(10_000);
    await new FixedSlot(20, clock).reached(began, Number.POSITIVE_INFINITY);
  });
});
