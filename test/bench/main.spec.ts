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
    const { status, stdout, stderr } = bench('exchange', '--json', '--requests', '3', '--warm-up', '1');
    const { measures, machine } = JSON.parse(stdout);
    expect(measures.map(({ id }: { id: string }) => id)).toEqual(['exchange.p50_ms', 'exchange.p99_ms']);
    for (const measure of measures) {
      expect(Object.keys(measure).sort()).toEqual(['baseline', 'id', 'ok', 'samples', 'target', 'unit', 'value']);
      expect(measure.samples).toHaveLength(3);
      expect(measure.value).toBeGreaterThan(measure.baseline);
    }
    expect(machine).toEqual({
      cores: expect.any(Number),
      node: process.version,
      postgres: expect.stringMatching(/^18\./),
    });
    expect(stderr).toContain('exchange.p50_ms');
    expect(status).toBe(measures.every(({ ok }: { ok: boolean }) => ok) ? 0 : 1);
  }, 120_000);
});
