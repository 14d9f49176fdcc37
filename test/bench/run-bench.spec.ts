import { describe, expect, test } from '@jest/globals';
import type { BenchContext, Measure, MeasureGroup, Reading } from '../../bench/measure.js';
import { judge } from '../../bench/measure.js';
import { registry } from '../../bench/registry.js';
import { runBench } from '../../bench/run-bench.js';
import { select, UnknownName } from '../../bench/select.js';

const context: BenchContext = {
  requests: 1,
  warmUp: 0,
  log: () => undefined,
  system: () => Promise.reject(new Error('no system here')),
};

function group(name: string, ids: readonly string[], run: () => Promise<Record<string, Reading>>): MeasureGroup {
  return { name, measures: ids.map((id) => ({ id, unit: 'ms', better: 'lower', target: 10 })), run };
}

const fast = group('fast', ['fast.p50_ms', 'fast.p99_ms'], async () => ({
  'fast.p50_ms': { value: 1, baseline: 0.5, samples: [1, 1] },
  'fast.p99_ms': { value: 11, samples: [11] },
}));
const broken = group('broken', ['broken.p50_ms'], () => Promise.reject(new Error('no such luck')));

describe('a target', () => {
  const measure: Measure = { id: 'a.b_ms', unit: 'ms', better: 'lower', target: 10 };

  test.each([
    ['lower', 10, 10, true],
    ['lower', 10, 10.1, false],
    ['higher', 10, 10, true],
    ['higher', 10, 9.9, false],
    ['lower', null, 1e9, true],
  ] as const)('%s is better, target %d: %d', (better, target, value, ok) => {
    expect(judge({ ...measure, better, target }, { value, samples: [] }).ok).toBe(ok);
  });

  test('is missed by what could not be measured, also where there is none', () => {
    expect(judge(measure, undefined)).toMatchObject({ ok: false, value: null, samples: [] });
    expect(judge({ ...measure, target: null }, undefined).ok).toBe(false);
  });
});

describe('a run', () => {
  test('reports value, baseline and raw samples of each measure', async () => {
    expect(await runBench(select([fast], []), context)).toEqual([
      { id: 'fast.p50_ms', value: 1, unit: 'ms', baseline: 0.5, target: 10, ok: true, samples: [1, 1] },
      { id: 'fast.p99_ms', value: 11, unit: 'ms', baseline: null, target: 10, ok: false, samples: [11] },
    ]);
  });

  test('reports one measure alone where its id was given', async () => {
    const results = await runBench(select([broken, fast], ['fast.p99_ms']), context);
    expect(results.map(({ id }) => id)).toEqual(['fast.p99_ms']);
  });

  test('goes on with the next group after one that fails', async () => {
    const results = await runBench(select([broken, fast], []), context);
    expect(results.map(({ id, value }) => [id, value])).toEqual([
      ['broken.p50_ms', null],
      ['fast.p50_ms', 1],
      ['fast.p99_ms', 11],
    ]);
  });
});

describe('a name', () => {
  test('that nobody knows is refused with those that are known', () => {
    expect(() => select([fast], ['slow'])).toThrow(UnknownName);
    expect(() => select([fast], ['slow'])).toThrow(/fast\.p50_ms/);
    expect(() => select([fast], ['fast', 'slow'])).toThrow(UnknownName);
  });

  test('given twice, or with its group, runs once', () => {
    const { groups, ids } = select([fast], ['fast', 'fast.p50_ms', 'fast']);
    expect(groups).toEqual([fast]);
    expect([...ids]).toEqual(['fast.p50_ms', 'fast.p99_ms']);
  });
});

test('the registry gives each id once, below the name of its group', () => {
  const ids = registry.flatMap(({ name, measures }) => measures.map(({ id }) => [name, id] as const));
  expect(new Set(ids.map(([, id]) => id)).size).toBe(ids.length);
  expect(ids.filter(([name, id]) => !id.startsWith(`${name}.`))).toEqual([]);
});
