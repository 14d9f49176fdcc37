import { beforeAll, describe, expect, it } from '@jest/globals';
import { toTimestamp } from '../../src/platform/clock.js';
import { Fault } from '../../src/platform/fault.js';
import { type AskedPeriod, decodePeriod, SETTLED_AFTER_MS } from '../../src/register-edge/decode-period.js';
import type { Period } from '../../src/register-edge/edge-log.js';
import { type EdgeLogLine, EdgeLogReader, type Extent } from '../../src/register-edge/edge-log-reader.js';
import { StreamLog, StreamLogHandler } from '../../src/register-edge/stream-log.js';
import { aFederation, type Federation } from './federation.js';
import { MemoryEdgeLog } from './memory-edge-log.js';
import { aCaller, NOW } from './presented.js';

const PERIOD: Period = { fromMs: NOW - 3_600_000, toMs: NOW - 60_000 };
const ASKED: AskedPeriod = { ok: true, period: PERIOD };

class MemoryReader extends EdgeLogReader {
  readonly pages: number[] = [];

  constructor(private readonly lines: readonly (EdgeLogLine & { caller: string })[]) {
    super();
  }

  override async extent(caller: string, period: Period): Promise<Extent | undefined> {
    const found = this.#of(caller, period).map(({ sequence }) => sequence);
    return found.length === 0 ? undefined : { first: Math.min(...found), last: Math.max(...found) };
  }

  override async page(caller: string, period: Period, { first, last }: Extent, limit: number) {
    const page = this.#of(caller, period).filter(({ sequence }) => sequence >= first && sequence <= last);
    this.pages.push(Math.min(page.length, limit));
    return page.slice(0, limit);
  }

  #of(of: string, { fromMs, toMs }: Period): EdgeLogLine[] {
    return this.lines
      .filter(({ caller, at }) => caller === of && at >= fromMs && at < toMs)
      .map(({ caller: _, ...line }) => line);
  }
}

const aLine = (sequence: number, deviation: Partial<EdgeLogLine & { caller: string }> = {}) => ({
  caller: 'node',
  sequence,
  at: NOW - 120_000,
  retrievalId: `retrieval-${sequence}`,
  consumer: 'familienkasse-online',
  evidenceType: 'meldedaten',
  purpose: 'kindergeld-antrag',
  outcome: 'answered' as const,
  reason: null,
  ...deviation,
});

describe('the period of a read of the log', () => {
  const decode = (fromMs: number, toMs: number) =>
    decodePeriod({ from_time: toTimestamp(fromMs), to_time: toTimestamp(toMs) } as never, NOW);
  const faultyFields = (asked: AskedPeriod) => (asked.ok ? [] : asked.violations.map(({ field }) => field));

  it('is taken where it is over and can still be complete', () => {
    expect(decode(PERIOD.fromMs, PERIOD.toMs)).toEqual(ASKED);
    expect(decode(NOW - 3600_000, NOW - SETTLED_AFTER_MS)).toMatchObject({ ok: true });
  });

  it.each([
    ['that is reversed', PERIOD.toMs, PERIOD.fromMs, 'to_time'],
    ['that is empty', PERIOD.fromMs, PERIOD.fromMs, 'to_time'],
    ['of which lines may still be written', PERIOD.fromMs, NOW - SETTLED_AFTER_MS + 1, 'to_time'],
    ['that is not over', PERIOD.fromMs, NOW + 1, 'to_time'],
    ['whose lines may be deleted (IDNrG § 9 Abs. 3)', Date.parse('2024-11-23T11:59:59Z'), PERIOD.toMs, 'from_time'],
  ])('is refused: %s', (_what, from, to, field) => {
    expect(faultyFields(decode(from, to))).toEqual([field]);
  });

  it('is refused with all faulty fields at once where it is no period', () => {
    expect(faultyFields(decodePeriod({}, NOW))).toEqual(['from_time', 'to_time']);
    const before1970 = { from_time: { seconds: '-1', nanos: 0 }, to_time: { seconds: '5', nanos: 2e9 } };
    expect(faultyFields(decodePeriod(before1970 as never, NOW))).toEqual(['from_time', 'to_time']);
  });
});

describe('a read of the own log', () => {
  let federation: Federation;
  beforeAll(async () => {
    federation = await aFederation();
  });

  function aDesk(lines: readonly ReturnType<typeof aLine>[]) {
    const [log, reader] = [new MemoryEdgeLog(), new MemoryReader(lines)];
    const handler = new StreamLogHandler(log, reader, { now: () => NOW });
    const read = async (asked = ASKED, caller = 'node') => {
      const found: EdgeLogLine[] = [];
      for await (const line of await handler.execute(new StreamLog(aCaller(federation, { caller }), asked)))
        found.push(line);
      return found;
    };
    return { log, reader, read };
  }
  const reasonOf = (read: Promise<unknown>) => read.catch((it: unknown) => (it instanceof Fault ? it.reason : it));

  it.each([0, 1, 499, 500, 501, 1000, 1203])(
    'gives %i lines in their order, a bounded page at a time',
    async (count) => {
      const lines = Array.from({ length: count }, (_, i) => aLine(7 + i * 3));
      const { read, reader } = aDesk(lines);
      expect((await read()).map(({ sequence }) => sequence)).toEqual(lines.map(({ sequence }) => sequence));
      expect(Math.max(0, ...reader.pages)).toBeLessThanOrEqual(500);
    },
  );

  it('gives lines about the calling node and nobody else, of the period and no other', async () => {
    const { read } = aDesk([
      aLine(1, { at: PERIOD.fromMs - 1 }),
      aLine(2, { at: PERIOD.fromMs }),
      aLine(3, { caller: 'node-2' }),
      aLine(4, { at: PERIOD.toMs - 1 }),
      aLine(5, { at: PERIOD.toMs }),
    ]);
    expect((await read()).map(({ sequence }) => sequence)).toEqual([2, 4]);
  });

  it('is on record before the first line leaves (FZV § 68)', async () => {
    const { read, log } = aDesk([aLine(1)]);
    await read();
    const line = { at: NOW, caller: 'node', period: PERIOD, outcome: 'answered', reason: null, cause: null };
    expect(log.reads).toEqual([line]);
    log.broken = true;
    expect(await reasonOf(read())).toBe('AUDIT_LOG_UNAVAILABLE');
  });

  it('is refused to whoever is no node, on record', async () => {
    const { read, log, reader } = aDesk([aLine(1, { caller: 'familienkasse-online' })]);
    expect(await reasonOf(read(ASKED, 'familienkasse-online'))).toBe('CALL_NOT_ALLOWED');
    expect(log.reads).toMatchObject([
      { caller: 'familienkasse-online', outcome: 'refused', reason: 'CALL_NOT_ALLOWED', cause: 'CALLER_KIND' },
    ]);
    expect(reader.pages).toEqual([]);
  });

  it('is refused with what is wrong with its period, on record', async () => {
    const { read, log } = aDesk([aLine(1)]);
    const violations = [{ field: 'to_time', description: 'must be after from_time' }];
    await expect(read({ ok: false, violations })).rejects.toMatchObject({ reason: 'REQUEST_INVALID', violations });
    expect(log.reads).toMatchObject([{ outcome: 'refused', period: null, cause: 'FIELDS_INVALID' }]);
  });
});
