import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));

function bench(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist/bench/main.js'), ...args], {
    cwd: root,
    encoding: 'utf8',
    timeout: 110_000,
  });
  return { status, stdout, stderr };
}

describe('npm run bench', () => {
  test.each([[['no-such-measure']], [['--requests', '0']], [['--no-such-option']]])(
    'refuses %j before anything is started',
    (args) => {
      const { status, stdout, stderr } = bench(...args);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toContain('usage:');
    },
  );

  test('--json prints one document with raw samples, everything else elsewhere', () => {
    const wanted = ['exchange.ratio_bare', 'exchange.node_cpu_ratio', 'exchange.cpu_over_floor'];
    const byItself = ['exchange.p50_ms', 'exchange.p99_ms'];
    const { status, stdout, stderr } = bench(...wanted, ...byItself, '--json', '--requests', '3', '--warm-up', '1');
    const { measures, machine } = JSON.parse(stdout);
    expect(measures.map(({ id }: { id: string }) => id)).toEqual([...wanted, ...byItself]);
    for (const measure of measures) {
      expect(Object.keys(measure).sort()).toEqual(['baseline', 'id', 'ok', 'samples', 'target', 'unit', 'value']);
      expect(measure.samples).toHaveLength(byItself.includes(measure.id) ? 3 : 1);
      expect(measure.baseline).toBeGreaterThan(0);
      expect(measure.value).toBeGreaterThan(0);
    }
    expect(machine).toEqual({
      cores: expect.any(Number),
      node: process.version,
      postgres: expect.stringMatching(/^18\./),
    });
    expect(stderr).toContain('exchange.ratio_bare');
    // Each process by itself, in absolute figures.
    expect(stderr).toMatch(/repeated: .*ms of processor time each \(.*node \d/);
    expect(status).toBe(measures.every(({ ok }: { ok: boolean }) => ok) ? 0 : 1);
  }, 120_000);
});
