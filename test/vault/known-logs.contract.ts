import { beforeEach, describe, expect, it } from '@jest/globals';
import type { KnownLogs } from '../../src/vault/known-logs.js';

const ORIGIN = 'log.test.example/node-ä/1';
const AT = Date.UTC(2026, 10, 26, 12, 0, 0, 123);

/** The sentences of the doc comment of KnownLogs. `create` gives an empty one; `another` opens the same as another process does. */
export function knownLogsContract(create: () => Promise<KnownLogs>, another: () => KnownLogs): void {
  let logs: KnownLogs;
  beforeEach(async () => {
    logs = await create();
  });

  describe('what is known of logs', () => {
    it('is nothing at first', async () => {
      expect(await logs.find(ORIGIN)).toEqual({});
    });

    it('moves forward only, whoever comes late', async () => {
      for (const atMs of [AT, AT - 1, AT + 5, AT + 4, AT + 5]) await another().reached(ORIGIN, atMs);
      await Promise.all([1, 9, 3, 7, 5].map((later) => another().reached(ORIGIN, AT + later)));
      expect(await logs.find(ORIGIN)).toEqual({ newestAtMs: AT + 9 });
    });

    it('is kept for each log apart', async () => {
      await logs.reached(ORIGIN, AT);
      await logs.end('other', 'third');
      expect([await another().find(ORIGIN), await another().find('other'), await another().find('third')]).toEqual([
        { newestAtMs: AT },
        { successor: 'third' },
        {},
      ]);
    });

    it('an end is final, and can be said again', async () => {
      await logs.reached(ORIGIN, AT);
      await logs.end(ORIGIN, 'next/é');
      await another().end(ORIGIN, 'next/é');
      await expect(another().end(ORIGIN, 'third')).rejects.toMatchObject({ name: 'VaultFault' });
      await another().reached(ORIGIN, AT + 1);
      expect(await another().find(ORIGIN)).toEqual({ newestAtMs: AT + 1, successor: 'next/é' });
    });

    it('of racing ends exactly one counts', async () => {
      const race = await Promise.allSettled(['a', 'b', 'c'].map((successor) => another().end(ORIGIN, successor)));
      expect(race.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const winner = ['a', 'b', 'c'][race.findIndex(({ status }) => status === 'fulfilled')];
      expect(await logs.find(ORIGIN)).toEqual({ successor: winner });
    });
  });
}
