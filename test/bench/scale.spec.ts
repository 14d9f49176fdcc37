import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { EventQueue } from '../../bench/scale/event-queue.js';
import { row, run, SCENARIOS } from '../../bench/scale/scenarios.js';
import { type Deployment, simulate } from '../../bench/scale/simulation.js';

const idle: Deployment = {
  cores: 4,
  cpuMs: 30,
  commitMs: 4,
  entryMs: 0.1,
  entries: [1, 2],
  fanOut: 1,
  registerMs: { p50: 50, p99: 50 },
};

describe('the clock of a simulation', () => {
  test('lets everything happen in its order, and what was planned first first', () => {
    const queue = new EventQueue();
    const happened: string[] = [];
    for (const [ms, what] of [
      [5, 'c'],
      [1, 'a'],
      [5, 'd'],
      [3, 'b'],
    ] as const)
      queue.in(ms, () => happened.push(`${what}${queue.now}`));
    queue.in(2, () => queue.in(0, () => happened.push('in between')));
    queue.runUntil(4);
    expect(happened).toEqual(['a1', 'in between', 'b3']);
    queue.runUntil(10);
    expect(happened).toEqual(['a1', 'in between', 'b3', 'c5', 'd5']);
  });

  test('keeps the order of a thousand moments', () => {
    const queue = new EventQueue();
    const seen: number[] = [];
    for (let i = 0; i < 1000; i += 1) queue.in((i * 7919) % 1009, () => seen.push(queue.now));
    queue.runUntil(2000);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen).toHaveLength(1000);
  });
});

describe('a simulated deployment', () => {
  test('takes for one exchange what its parts take, where nobody waits', () => {
    const { p50Ms, p99Ms, leftOver } = simulate(idle, { perSecond: 0.5, seconds: 2000, seed: 1 });
    // Work, both commits, and the register.
    const alone = 30 + (4 + 0.1) + (4 + 0.2) + 50;
    expect(p50Ms).toBeCloseTo(alone, 5);
    expect(p99Ms).toBeLessThan(alone + 40);
    expect(leftOver).toBeLessThan(0.01);
  });

  test('has its cores at work as long as its exchanges need them', () => {
    const { coresBusy, entriesPerSecond, logUsed } = simulate(idle, { perSecond: 80, seconds: 50, seed: 1 });
    expect(coresBusy).toBeCloseTo((80 * 30) / 4000, 1);
    expect(entriesPerSecond / 240).toBeCloseTo(1, 1);
    expect(logUsed).toBeCloseTo(0.024, 2);
  });

  test('falls behind where it gets more than it can do: by its cores, or by its log', () => {
    const load = { perSecond: 200, seconds: 30, seed: 1 };
    expect(simulate(idle, load).leftOver).toBeGreaterThan(0.2);
    expect(simulate({ ...idle, cores: 100 }, load).leftOver).toBeLessThan(0.02);
    expect(simulate({ ...idle, cores: 100, entryMs: 2.5 }, load).leftOver).toBeGreaterThan(0.2);
  });

  test('says the same for the same seed', () => {
    const load = { perSecond: 50, seconds: 10, seed: 3 };
    expect(simulate(idle, load)).toEqual(simulate(idle, load));
  });
});

test('docs/scale.md shows what the simulation says', () => {
  const page = readFileSync('docs/scale.md', 'utf8').split('\n');
  expect(SCENARIOS.map((it) => row(it, run(it))).filter((line) => !page.includes(line))).toEqual([]);
});
