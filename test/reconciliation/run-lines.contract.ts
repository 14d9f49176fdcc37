import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { RegisterLine } from '../../src/reconciliation/register-line.js';
import type { RunLines } from '../../src/reconciliation/run-lines.js';

const aLine = (sequence: number, deviation: Partial<RegisterLine> = {}): RegisterLine => ({
  sequence,
  atMs: 1000 + sequence,
  ref: `ref-${sequence}`,
  consumer: 'familienkasse-online',
  evidenceType: 'meldedaten',
  purpose: 'kindergeld-antrag',
  outcome: 'refused',
  reason: 'REPLAY',
  ...deviation,
});
const EVER = { fromMs: 0, toMs: 1_000_000_000 };

export function runLinesContract(open: () => Promise<RunLines>): void {
  describe('the lines of a comparison', () => {
    let lines: RunLines;
    beforeAll(async () => {
      lines = await open();
    });

    it('are taken by the retrieval ids, whole, and once', async () => {
      const run = randomUUID();
      const twice = aLine(3, { ref: 'ref-2', outcome: 'repeated', reason: undefined });
      await lines.put(run, [aLine(1), aLine(2), twice]);
      await lines.put(run, [aLine(4)]);
      const taken = await lines.take(run, ['ref-2', 'ref-4', 'ref-of-nobody']);
      expect(taken.toSorted((a, b) => a.sequence - b.sequence)).toEqual([aLine(2), twice, aLine(4)]);
      expect(await lines.take(run, ['ref-2'])).toEqual([]);
      expect(await lines.take(run, [])).toEqual([]);
      expect(await lines.rest(run, EVER, 0, 10)).toEqual([aLine(1)]);
    });

    it('that nobody took are given in order, a page at a time, of a period, and counted', async () => {
      const run = randomUUID();
      const unnamed = aLine(2, { ref: undefined, consumer: undefined, evidenceType: undefined, purpose: undefined });
      await lines.put(run, [aLine(9), unnamed, aLine(5), aLine(7)]);
      expect(await lines.rest(run, EVER, 0, 2)).toEqual([unnamed, aLine(5)]);
      expect(await lines.rest(run, EVER, 5, 2)).toEqual([aLine(7), aLine(9)]);
      const period = { fromMs: 1005, toMs: 1009 };
      expect(await lines.rest(run, period, 0, 10)).toEqual([aLine(5), aLine(7)]);
      expect([await lines.countRest(run, EVER), await lines.countRest(run, period)]).toEqual([4, 2]);
    });

    it('of one comparison are not those of another, and are gone with it', async () => {
      const [one, other] = [randomUUID(), randomUUID()];
      await lines.put(one, [aLine(1)]);
      await lines.put(other, [aLine(1)]);
      await lines.end(one);
      expect([await lines.countRest(one, EVER), await lines.countRest(other, EVER)]).toEqual([0, 1]);
      expect(await lines.take(other, ['ref-1'])).toEqual([aLine(1)]);
    });
  });
}
