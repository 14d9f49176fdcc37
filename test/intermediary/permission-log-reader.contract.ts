import { randomBytes } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { PermissionLog } from '../../src/intermediary/permission-log.js';
import type { PermissionLogReader } from '../../src/intermediary/permission-log-reader.js';
import { aCheck } from './permission-log.contract.js';

type Opened = Readonly<{ log: PermissionLog; reader: PermissionLogReader }>;

const NOW = Date.parse('2026-11-23T12:00:00Z');

/** The sentences of the doc comment of PermissionLogReader, one test each. */
export function permissionLogReaderContract(open: () => Promise<Opened>): void {
  const unique = (name: string) => `${name}-${randomBytes(6).toString('hex')}`;

  it('gives each participant the checks that concern it, in the order of entries', async () => {
    const { log, reader } = await open();
    const [node, other, consumer, provider] = ['node', 'node', 'consumer', 'register'].map(unique) as [
      string,
      string,
      string,
      string,
    ];
    const checks = [
      aCheck({ caller: node, consumer, provider }),
      aCheck({ caller: node, consumer, provider: null }),
      aCheck({ caller: other, consumer, provider }),
      aCheck({ caller: other, provider }),
      aCheck({ caller: node, decision: 'REFUSED', reason: 'RATE_LIMITED', tokenId: null, fields: [] }),
    ];
    for (const check of checks) await log.append(check);
    const found = async (scope: Parameters<PermissionLogReader['list']>[0]) => {
      const listed = await reader.list(scope, 0, 0, 1_000_000);
      return listed.flatMap(({ check }) => {
        const place = checks.findIndex((it) => it.catalogueVersion === check.catalogueVersion);
        return place < 0 ? [] : [place];
      });
    };
    expect(await found({ of: 'everybody' })).toEqual([0, 1, 2, 3, 4]);
    expect(await found({ of: 'node', node })).toEqual([0, 1, 4]);
    expect(await found({ of: 'consumer', consumer })).toEqual([0, 1, 2]);
    expect(await found({ of: 'registers', registers: [provider, 'another'] })).toEqual([0, 2, 3]);
    expect(await found({ of: 'registers', registers: [] })).toEqual([]);
  });

  it('gives all that a replay needs, and nothing that would link checks', async () => {
    const { log, reader } = await open();
    const consumer = unique('consumer');
    const check = aCheck({ consumer });
    await log.append(check);
    const [listed] = await reader.list({ of: 'consumer', consumer }, 0, 0, 10);
    expect(listed?.check).toEqual({
      checkedAt: check.checkedAt,
      consumer,
      provider: check.provider,
      evidenceType: check.evidenceType,
      purpose: check.purpose,
      legalBasis: check.legalBasis,
      askedFields: check.askedFields,
      fields: check.fields,
      isRequest: true,
      reason: null,
      ruleIds: check.ruleIds,
      catalogueVersion: check.catalogueVersion,
    });
  });

  it('begins at a moment and after an entry, and ends at a limit', async () => {
    const { log, reader } = await open();
    const consumer = unique('consumer');
    for (const minutes of [0, 1, 2, 3]) await log.append(aCheck({ consumer, checkedAt: NOW + minutes * 60_000 }));
    const list = (sinceMs: number, after: number, limit: number) =>
      reader.list({ of: 'consumer', consumer }, sinceMs, after, limit);
    const times = (listed: Awaited<ReturnType<typeof list>>) =>
      listed.map(({ check }) => (check.checkedAt - NOW) / 60_000);
    expect(times(await list(NOW + 60_000, 0, 10))).toEqual([1, 2, 3]);
    const page = await list(NOW + 60_000, 0, 2);
    expect(times(page)).toEqual([1, 2]);
    expect(times(await list(NOW + 60_000, page.at(-1)?.entry ?? 0, 2))).toEqual([3]);
  });
}
