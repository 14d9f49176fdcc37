import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { packageRoot } from '../../src/platform/paths.js';

/** In a process of its own: the size of slabs holds for the whole of it. */
function told(program: string): number {
  const module = JSON.stringify(join(packageRoot, 'src/platform/small-memory.ts'));
  const whole = `import { keepMemorySmall } from ${module}; keepMemorySmall(); ${program}`;
  const flags = ['--no-warnings', '--input-type=module', '--eval'];
  return Number(execFileSync(process.execPath, [...flags, whole], { encoding: 'utf8', timeout: 60_000 }));
}

describe('the memory of a process that serves', () => {
  it('keeps no more than 8 KiB for a small buffer that waits, however little of it is its own', () => {
    const waiting = `const pieces = Array.from({ length: 40 }, () => Buffer.allocUnsafe(3000));
      console.log(pieces.at(-1).buffer.byteLength);`;
    expect(told(waiting)).toBe(8192);
  });
});
