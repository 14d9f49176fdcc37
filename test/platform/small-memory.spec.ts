import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { packageRoot } from '../../src/platform/paths.js';
import { YOUNG_GENERATION } from '../../src/platform/young-generation.js';

/** In a process of its own: flags of V8 hold for the whole of it. */
function told(program: string): number {
  const module = JSON.stringify(join(packageRoot, 'src/platform/small-memory.ts'));
  const whole = `import { keepMemorySmall } from ${module}; keepMemorySmall(); ${program}`;
  const flags = [YOUNG_GENERATION, '--no-warnings', '--input-type=module', '--eval'];
  return Number(execFileSync(process.execPath, [...flags, whole], { encoding: 'utf8', timeout: 60_000 }));
}

/** What is kept grows to 400 MB within seconds; tells how often all of it was looked through (4 = a major collection). */
const GROWTH = `
  const { PerformanceObserver } = await import('node:perf_hooks');
  let looks = 0;
  const count = (seen) => (looks += seen.getEntries().filter(({ detail }) => detail.kind === 4).length);
  new PerformanceObserver(count).observe({ entryTypes: ['gc'] });
  const kept = [];
  while (process.memoryUsage().heapUsed < 400e6) {
    for (let n = 0; n < 20_000; n += 1) kept.push({ n, text: [n, n + 1, n + 2] });
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  console.log(looks);`;

describe('the memory of a process that serves', () => {
  it('keeps no more than 8 KiB for a small buffer that waits, however little of it is its own', () => {
    const waiting = `const pieces = Array.from({ length: 40 }, () => Buffer.allocUnsafe(3000));
      console.log(pieces.at(-1).buffer.byteLength);`;
    expect(told(waiting)).toBe(8192);
  });

  it('is looked through for garbage when it has grown by two fifths, and not by a multiple', () => {
    expect(told(GROWTH)).toBeGreaterThanOrEqual(3);
  }, 60_000);
});
