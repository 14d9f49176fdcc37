import type { StoredRecord } from '../../src/audit/log-reader.js';
import { RetrievalReader, type RetrievalRecords } from '../../src/audit/retrieval-reader.js';
import type { RegisterLine } from '../../src/reconciliation/register-line.js';
import { type Period, RegisterLog, RegisterLogSilent } from '../../src/reconciliation/register-log.js';
import { RunLines } from '../../src/reconciliation/run-lines.js';
import type { MemoryLogStore } from '../audit/memory-log-store.js';

/** What a register would send; `breaksAfter` lines it is heard no more. */
export class MemoryRegisterLog extends RegisterLog {
  lines_: readonly RegisterLine[] = [];
  breaksAfter = Number.POSITIVE_INFINITY;
  readonly asked: (Period & { register: string })[] = [];

  override async *lines(register: string, period: Period): AsyncGenerator<RegisterLine> {
    this.asked.push({ register, ...period });
    const inPeriod = this.lines_
      .filter(({ atMs }) => atMs >= period.fromMs && atMs < period.toMs)
      .toSorted((a, b) => a.sequence - b.sequence);
    for (const [position, line] of inPeriod.entries()) {
      if (position >= this.breaksAfter) throw new RegisterLogSilent('UNAVAILABLE');
      yield line;
    }
    if (inPeriod.length <= this.breaksAfter && this.breaksAfter !== Number.POSITIVE_INFINITY)
      throw new RegisterLogSilent('UNAVAILABLE');
  }
}

export class MemoryRunLines extends RunLines {
  readonly runs = new Map<string, Map<number, RegisterLine>>();

  override async put(run: string, lines: readonly RegisterLine[]): Promise<void> {
    const known = this.runs.get(run) ?? new Map();
    for (const line of lines) known.set(line.sequence, line);
    this.runs.set(run, known);
  }

  override async take(run: string, refs: readonly string[]): Promise<RegisterLine[]> {
    const known = this.runs.get(run) ?? new Map<number, RegisterLine>();
    const taken = [...known.values()].filter(({ ref }) => ref !== undefined && refs.includes(ref));
    for (const { sequence } of taken) known.delete(sequence);
    return taken;
  }

  override async rest(run: string, { fromMs, toMs }: Period, after: number, limit: number): Promise<RegisterLine[]> {
    return [...(this.runs.get(run)?.values() ?? [])]
      .filter(({ atMs, sequence }) => atMs >= fromMs && atMs < toMs && sequence > after)
      .toSorted((a, b) => a.sequence - b.sequence)
      .slice(0, limit);
  }

  override async countRest(run: string, period: Period): Promise<number> {
    return (await this.rest(run, period, 0, Number.POSITIVE_INFINITY)).length;
  }

  override async end(run: string): Promise<void> {
    this.runs.delete(run);
  }
}

/** Over the log in memory; records can be forgotten. */
export class MemoryRetrievalReader extends RetrievalReader {
  readonly forgotten = new Set<number>();
  erased = false;

  constructor(private readonly log: MemoryLogStore) {
    super();
  }

  override async indexAt(ms: number): Promise<number> {
    const before = this.#records().findLast(({ caller }) => Date.parse(caller.log_time) < ms);
    return (before?.index ?? -1) + 1;
  }

  override async opened(register: string, first: number, end: number, limit: number): Promise<RetrievalRecords[]> {
    const records = this.#records();
    return records
      .filter(
        ({ index, caller }) =>
          index >= first && index < end && caller.register === register && caller.event.endsWith('.opened'),
      )
      .slice(0, limit)
      .map((opened) => {
        const about = records.filter(({ caller }) => caller.retrieval_ref === opened.caller.retrieval_ref);
        const closes = this.log.entries.find(({ draft }) =>
          draft.entry.effects.some(
            (it) => it.kind === 'close-retrieval' && it.retrieval === opened.caller.retrieval_ref,
          ),
        );
        return {
          opened,
          isClosed: closes !== undefined,
          closed: records.find(({ index }) => index === closes?.index),
          others: about.filter(({ caller }) => /\.(repeated|held|late)$/.test(caller.event)),
        };
      });
  }

  override async wereErased(first: number, end: number): Promise<boolean> {
    return this.erased && [...this.forgotten].some((index) => index >= first && index < end);
  }

  #records(): StoredRecord[] {
    return this.log.entries
      .filter(({ index }) => !this.forgotten.has(index))
      .map(({ index, leaf, caller, draft: { callerSalt, protectedHash, sealed } }) => ({
        ...{ index, leaf, caller, callerSalt, protectedHash, sealed },
      }));
  }
}
