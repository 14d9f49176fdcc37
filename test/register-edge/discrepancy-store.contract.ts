import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Discrepancy, DiscrepancyStore } from '../../src/register-edge/discrepancy-store.js';

export const aReport = (deviation: Partial<Discrepancy> = {}): Discrepancy => ({
  reportId: randomUUID(),
  caller: 'node',
  consumer: 'familienkasse-online',
  evidenceType: 'meldedaten',
  attribute: 'family_name',
  retrievalId: randomUUID(),
  reporter: 'subject',
  idnr: '02476291358',
  evidenceId: '',
  remark: 'Der Name ist ein anderer.\nDie Urkunde liegt vor.',
  ...deviation,
});

const AT = Date.parse('2026-11-27T10:00:00Z');

/** The sentences of the doc comment of DiscrepancyStore, one test each. */
export function discrepancyStoreContract(create: () => Promise<DiscrepancyStore>): void {
  let store: DiscrepancyStore;
  beforeEach(async () => {
    store = await create();
  });

  describe('put', () => {
    it('takes the very same report again as the same, with its first moment', async () => {
      const report = aReport();
      expect(await store.put(report, AT)).toEqual({ acceptedAt: AT });
      expect(await store.put(report, AT + 5000)).toEqual({ acceptedAt: AT });
    });

    it('takes no other content, no other person and no other node under the same id', async () => {
      const report = aReport();
      await store.put(report, AT);
      for (const other of [{ remark: 'etwas anderes' }, { idnr: '01234567899' }, { caller: 'other-node' }])
        expect(await store.put({ ...report, ...other }, AT)).toBe('other');
    });
  });

  it('finds the standing of a report of this node, and of no other', async () => {
    const report = aReport();
    await store.put(report, AT);
    const standing = { state: 'received', acceptedAt: AT, changedAt: AT, explanation: '' };
    expect(await store.find('node', report.reportId)).toEqual(standing);
    expect(await store.find('other-node', report.reportId)).toBeUndefined();
    expect(await store.find('node', randomUUID())).toBeUndefined();
  });

  it('lists by state, the oldest first, whole as they were put', async () => {
    const [newer, older, settled] = [aReport(), aReport(), aReport()];
    await store.put(older, AT - 1000);
    await store.put(newer, AT);
    await store.put(settled, AT);
    await store.settle(settled.reportId, 'corrected', '', AT);
    const listed = (await store.list(['received'])).map(
      ({ state: _, acceptedAt: __, changedAt: ___, explanation: ____, ...it }) => it,
    );
    const own = listed.filter(({ reportId }) => [newer.reportId, older.reportId, settled.reportId].includes(reportId));
    expect(own).toEqual([older, newer]);
  });

  it('is told what became of one, and says whether there is such a report', async () => {
    const report = aReport();
    await store.put(report, AT);
    expect(await store.settle(report.reportId, 'not-confirmed', 'Die Urkunde sagt dasselbe.', AT + 9000)).toBe(true);
    expect(await store.find('node', report.reportId)).toEqual({
      ...{ state: 'not-confirmed', acceptedAt: AT, changedAt: AT + 9000 },
      explanation: 'Die Urkunde sagt dasselbe.',
    });
    expect(await store.settle(randomUUID(), 'corrected', '', AT)).toBe(false);
  });
}
