import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { cpuPerExchange, cpuTimes, residentMb, totalOf } from '../../bench/exchange/accounting.js';

const BUSY_MS = 200;

describe('processor time (proc_pid_stat(5))', () => {
  test('of a process is what it says itself, by name', () => {
    const accounted = { processes: new Map([['own', process.pid]]) };
    const [before, own] = [cpuTimes(accounted), process.cpuUsage()];
    for (const until = performance.now() + BUSY_MS; performance.now() < until; );
    const { user, system } = process.cpuUsage(own);
    const each = cpuPerExchange(before, cpuTimes(accounted), 2);
    // Ticks of ten milliseconds, for user and system time each, at both ends.
    expect(Math.abs((each.get('own') ?? 0) * 2 - (user + system) / 1000)).toBeLessThanOrEqual(40);
    expect(totalOf(each)).toBe(each.get('own'));
  });

  test('of PostgreSQL holds that of its connections, also of those that have ended', async () => {
    const busy = `for (const until = Date.now() + ${BUSY_MS}; Date.now() < until; );`;
    const parent = spawn(process.execPath, [
      '-e',
      `const child = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(busy)}]);
       child.on('close', () => console.log('ended')); setInterval(() => {}, 1000);`,
    ]);
    try {
      await once(parent.stdout, 'data');
      const pid = parent.pid ?? 0;
      const [alone, all] = [
        cpuTimes({ processes: new Map([['parent', pid]]) }),
        cpuTimes({ processes: new Map(), postgres: pid }),
      ];
      expect(totalOf(all) - totalOf(alone)).toBeGreaterThan(BUSY_MS / 4);
    } finally {
      parent.kill();
    }
  });

  test('memory is that of the process', () => {
    expect(Math.abs(residentMb(process.pid) - process.memoryUsage.rss() / 2 ** 20)).toBeLessThan(20);
  });
});
