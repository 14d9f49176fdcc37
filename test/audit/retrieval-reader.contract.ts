import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { LogStore } from '../../src/audit/log-store.js';
import type { RetrievalReader } from '../../src/audit/retrieval-reader.js';
import { aTrace, endingEntries, logTraces, openedEntry, REGISTER, type Trace } from '../reconciliation/two-logs.js';
import { anEntry } from './entries.js';

type Opened = Readonly<{
  log: LogStore;
  reader: RetrievalReader;
  /** Lets time pass where it does not by itself. */
  wait?: () => void;
  /** Makes the record of an index vanish, as an erasure of its month or as nobody may. */
  forget(index: number, by: 'erasure' | 'nobody'): Promise<void>;
}>;

export function retrievalReaderContract(open: () => Promise<Opened>): void {
  describe('the log by retrieval', () => {
    let it_: Opened;
    let name = 0;
    beforeAll(async () => {
      it_ = await open();
    });
    const trace = (...of: Parameters<typeof aTrace> extends [string, ...infer Rest] ? Rest : never): Trace => {
      name += 1;
      return aTrace(`retrieval-${name}`, ...of);
    };
    const size = async () => (await it_.log.head()).size;
    const openedFrom = async (first: number, limit = 100) => it_.reader.opened(REGISTER, first, await size(), limit);

    it('gives what was opened with its end and what came between', async () => {
      const first = await size();
      const traces = [
        trace('released'),
        trace('running'),
        trace('late'),
        trace('heldAndForgotten'),
        trace('foundPerson'),
      ];
      await logTraces(it_.log, traces);
      const records = await openedFrom(first);
      expect(records.map(({ opened }) => opened.caller.retrieval_ref)).toEqual(traces.map(({ id }) => id));
      expect(
        records.map(({ opened, isClosed, closed, others }) => [
          opened.caller.event,
          isClosed,
          closed?.caller.event,
          closed?.caller.outcome,
          others.map(({ caller }) => caller.event),
        ]),
      ).toEqual([
        ['retrieval.opened', true, 'retrieval.closed', 'released', []],
        ['retrieval.opened', false, undefined, undefined, []],
        ['retrieval.opened', true, 'retrieval.closed', 'failed', ['retrieval.late']],
        ['retrieval.opened', true, 'retrieval.closed', 'unknown', ['retrieval.held']],
        ['identity.opened', true, 'identity.closed', undefined, []],
      ]);
    });

    it('gives those of one register, between two indices, a page at a time', async () => {
      const first = await size();
      const traces = Array.from({ length: 7 }, () => trace('running'));
      const elsewhere = openedEntry(trace('running'));
      await it_.log.append([
        ...traces.slice(0, 3).map(openedEntry),
        { ...elsewhere, caller: { ...elsewhere.caller, register: 'personenstand-bremen' } },
        anEntry({ caller: { event: 'incident', consumer: 'familienkasse-online', register: REGISTER } }),
        ...traces.slice(3).map(openedEntry),
      ]);
      const pages = [await openedFrom(first, 4)];
      pages.push(await openedFrom(pages[0]!.at(-1)!.opened.index + 1, 4));
      expect(pages.map((page) => page.map(({ opened }) => opened.caller.retrieval_ref))).toEqual([
        traces.slice(0, 4).map(({ id }) => id),
        traces.slice(4).map(({ id }) => id),
      ]);
      expect(await it_.reader.opened(REGISTER, first, first + 2, 100)).toHaveLength(2);
    });

    it('finds the first index of a moment, also where records around it are gone', async () => {
      const moments: { index: number; atMs: number }[] = [];
      for (let i = 0; i < 9; i += 1) {
        it_.wait?.();
        await sleep(3);
        const [receipt] = await it_.log.append([anEntry()]);
        moments.push({ index: receipt!.index, atMs: Date.parse(receipt!.opening.caller.log_time) });
      }
      for (const { index, atMs } of moments) expect(await it_.reader.indexAt(atMs)).toBe(index);
      expect(await it_.reader.indexAt(0)).toBe(0);
      expect(await it_.reader.indexAt(moments.at(-1)!.atMs + 1)).toBe(await size());
      await it_.forget(moments[3]!.index, 'nobody');
      await it_.forget(moments[4]!.index, 'nobody');
      expect(await it_.reader.indexAt(moments[5]!.atMs)).toBe(moments[3]!.index);
      expect(await it_.reader.indexAt(moments[2]!.atMs)).toBe(moments[2]!.index);
    });

    it('leaves out what was erased, and tells an erasure from a hole', async () => {
      const first = await size();
      const [one, two] = [trace('released'), trace('released')];
      for (const each of [one, two]) await it_.log.append([openedEntry(each), ...endingEntries(each)]);
      expect(await it_.reader.wereErased(first, first + 4)).toBe(false);
      await it_.forget(first, 'nobody');
      expect(await it_.reader.wereErased(first, first + 4)).toBe(false);
      await it_.forget(first + 3, 'erasure');
      expect(await it_.reader.wereErased(first, first + 4)).toBe(true);
      expect(await it_.reader.wereErased(first + 1, first + 3)).toBe(false);
      const [left, ...more] = await openedFrom(first);
      expect(more).toEqual([]);
      expect(left).toMatchObject({ isClosed: true, closed: undefined, opened: { caller: { retrieval_ref: two.id } } });
    });
  });
}
