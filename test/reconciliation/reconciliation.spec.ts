import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Reconciled, Reconciliation } from '../../src/reconciliation/reconciliation.js';
import { ReconciliationJournal } from '../../src/reconciliation/reconciliation-journal.js';
import type { RegisterLine } from '../../src/reconciliation/register-line.js';
import { RegisterLogSilent } from '../../src/reconciliation/register-log.js';
import { FixedClock, logSigner, MemoryKeyVault } from '../audit/log-keys.js';
import { MemoryLogStore } from '../audit/memory-log-store.js';
import { MemoryRegisterLog, MemoryRetrievalReader, MemoryRunLines } from './memory-parts.js';
import {
  aTrace,
  endingEntries,
  lineOf,
  NODE,
  openedEntry,
  REGISTER,
  type Trace,
  WAY_NAMES,
  wayOf,
} from './two-logs.js';

const MINUTE = 60_000;
const FROM = Date.UTC(2026, 10, 23, 12);
const PERIOD = { fromMs: FROM, toMs: FROM + 60 * MINUTE };
const TOLERANCE = 10 * MINUTE;
const OPTIONS = { signal: new AbortController().signal };

/** A node with its log in memory, and a register that sends lines. */
function aNode() {
  const clock = new FixedClock(FROM);
  const vault = new MemoryKeyVault();
  const log = new MemoryLogStore(logSigner, vault, clock);
  const registerLog = new MemoryRegisterLog();
  const retrievals = new MemoryRetrievalReader(log);
  const lines = new MemoryRunLines();
  const journal = new ReconciliationJournal(log, NODE);
  const parts = { registerLog, retrievals, vault, lines, journal, toleranceMs: TOLERANCE };
  const run = (period = PERIOD, options: Parameters<Reconciliation['run']>[2] = OPTIONS) =>
    new Reconciliation(parts).run(REGISTER, period, options);
  const entries = (event: string) =>
    log.entries
      .filter(({ caller }) => caller.event === event)
      .map(({ caller, draft }) => ({ caller, hidden: draft.entry.protected, persons: draft.entry.persons }));
  /** Logs on both sides what happened at these moments. */
  const happened = async (traces: readonly (Trace & { atMs?: number; lineAtMs?: number })[]) => {
    const moments = traces.flatMap((trace, i) => {
      const atMs = trace.atMs ?? FROM + MINUTE + i * 1000;
      return [
        { atMs, entries: [openedEntry(trace)] },
        { atMs: atMs + 700, entries: endingEntries(trace) },
      ];
    });
    for (const { atMs, entries } of moments.toSorted((a, b) => a.atMs - b.atMs)) {
      clock.ms = atMs;
      await log.append(entries);
    }
    registerLog.lines_ = traces.flatMap((trace, i) =>
      lineOf(trace, i + 1, trace.lineAtMs ?? (trace.atMs ?? FROM + MINUTE + i * 1000) + 300),
    );
  };
  return { ...{ clock, vault, log, registerLog, retrievals, lines, run, entries, happened } };
}
const kindsOf = ({ findings }: Reconciled) => findings.map(({ kind }) => kind);

describe('two logs that agree', () => {
  it.each(WAY_NAMES.flatMap((way) => wayOf(way).theirs.map((theirs) => [way, theirs] as const)))(
    'have no difference: %s here, %s there',
    async (way, theirs) => {
      const node = aNode();
      await node.happened([aTrace('one', way, theirs)]);
      const result = await node.run();
      expect(result).toMatchObject({
        ...{ register: REGISTER, retrievals: 1, lines: theirs === 'nothing' ? 0 : 1 },
        ...{ differences: 0, new_differences: 0, undecided: 0, complete: true, findings: [] },
        open: wayOf(way).ours === 'open' ? 1 : 0,
      });
      expect(node.entries('reconciliation.finding')).toEqual([]);
    },
  );

  it('are compared with an entry of the comparison, its period and its counts, so that a gap is seen', async () => {
    const node = aNode();
    await node.happened([aTrace('one'), aTrace('two', 'lost'), aTrace('three', 'running', 'answered')]);
    await node.run();
    const [{ caller, hidden } = { caller: {}, hidden: {} }, ...more] = node.entries('reconciliation.run');
    expect(more).toEqual([]);
    expect(caller).toEqual({
      ...{ event: 'reconciliation.run', consumer: NODE, register: REGISTER, log_time: expect.any(String) },
    });
    expect(hidden).toEqual({
      reconciliation: {
        from: '2026-11-23T12:00:00.000Z',
        to: '2026-11-23T13:00:00.000Z',
        ...{ lines: 2, retrievals: 3, open: 1, undecided: 0, differences: 0, new_differences: 0, complete: true },
      },
    });
    expect(node.lines.runs.size).toBe(0);
  });
});

describe('one planted discrepancy', () => {
  type Plant = 'line gone' | 'line made up' | 'line twice' | 'other purpose' | 'other ending' | 'retrieval gone';
  const KINDS: Readonly<Record<Plant, string>> = {
    'line gone': 'NOT_THERE',
    'line made up': 'NOT_OURS',
    'line twice': 'ASKED_AGAIN',
    'other purpose': 'PARTICULARS_DIFFER',
    'other ending': 'OUTCOME_DIFFERS',
    'retrieval gone': 'NOT_OURS',
  };
  /** Jitter of both clocks and of the way, far below the tolerance. */
  const moment = fc.integer({ min: 0, max: 55 * MINUTE });
  const jitter = fc.integer({ min: -3 * MINUTE, max: 3 * MINUTE });
  const other = fc.record({
    way: fc.constantFrom(...WAY_NAMES),
    pick: fc.nat(),
    at: moment,
    jitter,
  });

  it('is found once, in the right direction, whatever else happened, in whichever order and however late', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(other, { maxLength: 12 }),
        fc.constantFrom(...(Object.keys(KINDS) as Plant[])),
        fc.record({ at: moment, jitter, position: fc.nat() }),
        async (others, plant, victim) => {
          const node = aNode();
          const traces = others.map(({ way, pick, at, jitter: by }, i) => {
            const { theirs } = wayOf(way);
            const trace = aTrace(`other-${i}`, way, theirs[pick % theirs.length]);
            return { ...trace, atMs: FROM + at, lineAtMs: FROM + at + by };
          });
          const one = {
            ...aTrace('victim'),
            atMs: FROM + victim.at,
            lineAtMs: Math.max(FROM, FROM + victim.at + victim.jitter),
          };
          const position = victim.position % (traces.length + 1);
          await node.happened(traces.toSpliced(position, 0, one));
          const line = node.registerLog.lines_.find(({ ref }) => ref === one.ref)!;
          const replace = (by: readonly RegisterLine[]) => {
            node.registerLog.lines_ = node.registerLog.lines_.flatMap((it) => (it === line ? by : [it]));
          };
          switch (plant) {
            case 'line gone':
              replace([]);
              break;
            case 'line made up':
              replace([line, { ...line, sequence: 1000, ref: 'of-nobody-at-all' }]);
              break;
            case 'line twice':
              replace([line, { ...line, sequence: 1000, outcome: 'repeated' }]);
              break;
            case 'other purpose':
              replace([{ ...line, purpose: 'elterngeld-antrag' }]);
              break;
            case 'other ending':
              replace([{ ...line, outcome: 'failed', reason: 'INTERNAL' }]);
              break;
            case 'retrieval gone':
              for (const { index, caller } of node.log.entries)
                if (caller.retrieval_ref === 'victim') node.retrievals.forgotten.add(index);
          }
          const first = await node.run();
          expect(kindsOf(first)).toEqual([KINDS[plant]]);
          expect(first).toMatchObject({ differences: 1, new_differences: 1, undecided: 0 });
          const [finding] = first.findings;
          expect(finding?.retrieval?.opened.caller.retrieval_ref).toBe(
            KINDS[plant] === 'NOT_OURS' ? undefined : 'victim',
          );
          const again = await node.run();
          expect(again).toMatchObject({ differences: 1, new_differences: 0 });
          expect(node.entries('reconciliation.finding')).toHaveLength(1);
          expect(node.entries('reconciliation.run')).toHaveLength(2);
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  it('is an entry of the node that a consumer does not see, with the retrieval in clear and the rest protected (IDNrG § 6 Abs. 5)', async () => {
    const node = aNode();
    await node.happened([aTrace('one', 'notAvailable', 'answered')]);
    await node.run();
    const [{ caller, hidden, persons } = { caller: {}, hidden: {}, persons: [] }] =
      node.entries('reconciliation.finding');
    expect(caller).toEqual({
      event: 'reconciliation.finding',
      log_time: expect.any(String),
      consumer: NODE,
      register: REGISTER,
      exchange_ref: 'exchange-of-one',
      retrieval_ref: 'one',
      evidence_type: 'meldedaten',
      purpose: 'kindergeld-antrag',
      legal_basis: 'egovg-5-1-1',
      subject_role: 'parent',
    });
    expect(hidden).toMatchObject({
      cause: 'OUTCOME_DIFFERS',
      register_refs: { [REGISTER]: 'ref-of-one' },
      finding: { ours: 'not_available', line: { sequence: 1, outcome: 'answered', retrieval_id: 'ref-of-one' } },
    });
    expect(persons).toEqual([{ person: hidden.subjects?.[0]?.person, as: 'subject' }]);
  });

  it('of the register alone has nothing of its text in clear', async () => {
    const node = aNode();
    await node.happened([]);
    node.registerLog.lines_ = [{ ...lineOf(aTrace('foreign'), 7, FROM + MINUTE)[0]!, purpose: 'erika-musterfrau' }];
    await node.run();
    const [{ caller, hidden } = { caller: {}, hidden: {} }] = node.entries('reconciliation.finding');
    expect(caller).toEqual({
      ...{ event: 'reconciliation.finding', log_time: expect.any(String), consumer: NODE, register: REGISTER },
    });
    expect(hidden).toMatchObject({
      cause: 'NOT_OURS',
      finding: { line: { sequence: 7, purpose: 'erika-musterfrau' } },
    });
  });
});

describe('the edges of a period', () => {
  it('belong to one period each: what lies across them is found in neither, what differs there once', async () => {
    const node = aNode();
    const second = { fromMs: PERIOD.toMs, toMs: PERIOD.toMs + 60 * MINUTE };
    const edge = PERIOD.toMs;
    await node.happened([
      { ...aTrace('before', 'released'), atMs: edge - 100, lineAtMs: edge + MINUTE },
      { ...aTrace('behind', 'released'), atMs: edge + 100, lineAtMs: edge - MINUTE },
      { ...aTrace('differs', 'notAvailable', 'answered'), atMs: edge - 50, lineAtMs: edge + 50 },
    ]);
    const results = [await node.run(), await node.run(second)];
    expect(results.map(kindsOf)).toEqual([['OUTCOME_DIFFERS'], ['OUTCOME_DIFFERS']]);
    expect(results.map(({ retrievals, lines, new_differences }) => [retrievals, lines, new_differences])).toEqual([
      [2, 1, 1],
      [1, 2, 0],
    ]);
    expect(node.entries('reconciliation.finding')).toHaveLength(1);
  });

  it('do not hide what is gone on either side', async () => {
    const node = aNode();
    await node.happened([
      { ...aTrace('first'), atMs: PERIOD.fromMs },
      { ...aTrace('last'), atMs: PERIOD.toMs - 1, lineAtMs: PERIOD.toMs - 1 },
    ]);
    const lines = node.registerLog.lines_;
    node.registerLog.lines_ = [];
    expect(kindsOf(await node.run())).toEqual(['NOT_THERE', 'NOT_THERE']);
    node.registerLog.lines_ = lines.map((line) => ({ ...line, ref: `${line.ref}-of-nobody` }));
    expect(kindsOf(await node.run()).sort()).toEqual(['NOT_OURS', 'NOT_OURS', 'NOT_THERE', 'NOT_THERE']);
  });

  it('accuse no register that was frozen for hours', async () => {
    const node = aNode();
    const atMs = FROM - 7 * 60 * MINUTE;
    await node.happened([{ ...aTrace('frozen', 'lost', 'refused'), atMs, lineAtMs: FROM + MINUTE }]);
    expect(await node.run()).toMatchObject({ differences: 0, retrievals: 0, lines: 1 });
    expect(await node.run({ fromMs: atMs - MINUTE, toMs: atMs + MINUTE })).toMatchObject({ differences: 0 });
  });
});

describe('a comparison that cannot tell', () => {
  it.each([0, 1])('is no agreement: the register is silent after %i lines', async (breaksAfter) => {
    const node = aNode();
    await node.happened([aTrace('one'), aTrace('two')]);
    node.registerLog.breaksAfter = breaksAfter;
    await expect(node.run()).rejects.toBeInstanceOf(RegisterLogSilent);
    expect(node.entries('reconciliation.finding')).toEqual([]);
    expect(node.entries('reconciliation.run')).toMatchObject([
      { caller: { outcome: 'failed' }, hidden: { cause: 'UNAVAILABLE', filter: { from: '2026-11-23T12:00:00.000Z' } } },
    ]);
    expect(node.lines.runs.size).toBe(0);
  });

  it('accuses nobody of what was erased here (IDNrG § 9 Abs. 3)', async () => {
    const node = aNode();
    await node.happened([aTrace('erased'), aTrace('kept')]);
    node.retrievals.erased = true;
    node.retrievals.forgotten.add(0).add(1);
    expect(await node.run()).toMatchObject({ differences: 0, undecided: 1, complete: true });
  });

  it('counts what it cannot read: the opening, or the closing alone', async () => {
    for (const event of ['retrieval.opened', 'retrieval.closed']) {
      const node = aNode();
      await node.happened([aTrace('one')]);
      const { index = -1 } = node.log.entries.find(({ caller }) => caller.event === event) ?? {};
      const entry = node.log.entries[index]!;
      entry.draft.sealed.ciphertext[20]! ^= 1;
      // Once for the retrieval, once for the line that may be its.
      expect(await node.run()).toMatchObject({ differences: 0, undecided: 2 });
    }
  });

  it('ends with its node, without an entry that says it failed', async () => {
    const node = aNode();
    await node.happened([aTrace('one')]);
    await expect(node.run(PERIOD, { signal: AbortSignal.abort() })).rejects.toThrow();
    expect(node.entries('reconciliation.run')).toEqual([]);
  });

  it('stops where a register makes up lines, says so, and goes on with the next comparison', async () => {
    const node = aNode();
    await node.happened([]);
    node.registerLog.lines_ = Array.from(
      { length: 1500 },
      (_, i) => lineOf(aTrace(`made-up-${i}`), i + 1, FROM + i)[0]!,
    );
    const first = await node.run();
    expect(first.complete).toBe(false);
    expect(first.new_differences).toBeGreaterThanOrEqual(1000);
    expect(first.new_differences).toBeLessThan(1100);
    const second = await node.run();
    expect(second).toMatchObject({ complete: true, differences: 1500 });
    expect(first.new_differences + second.new_differences).toBe(1500);
    expect(second.findings).toHaveLength(1000);
    expect(node.entries('reconciliation.finding')).toHaveLength(1500);
  }, 30_000);
});
