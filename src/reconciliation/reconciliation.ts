import { randomUUID } from 'node:crypto';
import type { RunStatement } from '../audit/record.js';
import { RetrievalReader } from '../audit/retrieval-reader.js';
import type { KeyVault } from '../vault/key-vault.js';
import { compareRetrieval } from './compare.js';
import { keysOnce, type LoggedRetrieval, ourRetrieval } from './our-retrieval.js';
import { type Finding, ReconciliationJournal } from './reconciliation-journal.js';
import type { RegisterLine } from './register-line.js';
import { type Period, RegisterLog, RegisterLogSilent } from './register-log.js';
import { RunLines } from './run-lines.js';

const LINES_AT_ONCE = 1000;
const RETRIEVALS_AT_ONCE = 500;
const APPENDS_AT_ONCE = 64;
/** Longest time for which a line is looked for a retrieval before it counts as not ours: a register may have been frozen. */
const LOOK_BACK_MS = 24 * 3_600_000;
/** A register that makes up lines must not fill our log: the rest is found by the next comparison. */
const MOST_NEW_FINDINGS = 1000;
/** How many findings a result lists; all are counted and in the log. */
const MOST_LISTED = 1000;

export type Reconciled = RunStatement & Readonly<{ register: string; findings: readonly Finding[] }>;

export type ReconciliationParts = Readonly<{
  registerLog: RegisterLog;
  retrievals: RetrievalReader;
  vault: KeyVault;
  lines: RunLines;
  journal: ReconciliationJournal;
  /** How far the clocks of both sides and an exchange on its way may be apart. */
  toleranceMs: number;
}>;

export type RunOptions = Readonly<{
  signal: AbortSignal;
  /** After each page of either side; what it throws ends the comparison. */
  onPage?: () => Promise<void>;
}>;

/**
 * Compares our log with that of a register (IDNrG § 9), in both directions, by the retrieval id that the register was given. Each
 * difference is an entry once, and each comparison one more.
 */
export class Reconciliation {
  constructor(private readonly parts: ReconciliationParts) {}

  /** @throws RegisterLogSilent where nothing can be said, which is an entry too */
  async run(register: string, period: Period, options: RunOptions): Promise<Reconciled> {
    const { journal, lines } = this.parts;
    const run = new Run(this.parts, register, period, options);
    const [from, to] = [period.fromMs, period.toMs].map((ms) => new Date(ms).toISOString()) as [string, string];
    try {
      await run.compare();
      const statement = { from, to, ...run.counts() };
      await journal.ended(register, statement);
      return { register, ...statement, findings: run.listed };
    } catch (error) {
      if (error instanceof RegisterLogSilent && !options.signal.aborted)
        await journal.failed(register, { from, to, why: error.why });
      throw error;
    } finally {
      // What is left is removed with a later comparison: it must not hide how this one ended.
      await lines.end(run.id).catch(() => undefined);
    }
  }
}

class Run {
  readonly id = randomUUID();
  readonly listed: Finding[] = [];
  #lines = 0;
  #retrievals = 0;
  #open = 0;
  #undecided = 0;
  #hasUnreadable = false;
  #differences = 0;
  #newDifferences = 0;

  constructor(
    private readonly parts: ReconciliationParts,
    private readonly register: string,
    private readonly period: Period,
    private readonly options: RunOptions,
  ) {}

  counts(): Omit<RunStatement, 'from' | 'to'> {
    return {
      lines: this.#lines,
      retrievals: this.#retrievals,
      open: this.#open,
      undecided: this.#undecided,
      differences: this.#differences,
      new_differences: this.#newDifferences,
      complete: !this.#isFull,
    };
  }

  async compare(): Promise<void> {
    const { retrievals, toleranceMs } = this.parts;
    const { fromMs, toMs } = this.period;
    await this.readLines({ fromMs: fromMs - toleranceMs, toMs: toMs + toleranceMs });
    const first = await retrievals.indexAt(fromMs - toleranceMs);
    const end = await retrievals.indexAt(toMs + toleranceMs);
    await this.compareRetrievals(first, end);
    if ((await this.parts.lines.countRest(this.id, this.period)) === 0) return;
    const earliest = await retrievals.indexAt(fromMs - toleranceMs - LOOK_BACK_MS);
    await this.compareRetrievals(earliest, first);
    await this.reportRest(earliest, end);
  }

  get #isFull(): boolean {
    return this.#newDifferences >= MOST_NEW_FINDINGS;
  }

  private async readLines(padded: Period): Promise<void> {
    const { registerLog, lines } = this.parts;
    let page: RegisterLine[] = [];
    const put = async () => {
      if (page.length > 0) await lines.put(this.id, page);
      page = [];
      await this.turnPage();
    };
    for await (const line of registerLog.lines(this.register, padded, this.options.signal)) {
      if (this.isOfPeriod(line)) this.#lines += 1;
      if (page.push(line) >= LINES_AT_ONCE) await put();
    }
    await put();
  }

  /** Retrievals around the period are compared where their line is in it; those in it whether they have one or not. */
  private async compareRetrievals(first: number, end: number): Promise<void> {
    const { retrievals, vault, lines } = this.parts;
    for (let from = first; from < end && !this.#isFull; ) {
      const page = await retrievals.opened(this.register, from, end, RETRIEVALS_AT_ONCE);
      const keysOf = keysOnce(vault);
      const ours = await Promise.all(page.map((records) => ourRetrieval(records, this.register, keysOf)));
      const known = ours.filter((it) => it !== undefined);
      const taken = await lines.take(
        this.id,
        known.map(({ ref }) => ref),
      );
      const byRef = Map.groupBy(taken, ({ ref }) => ref);
      const found = known.flatMap((retrieval) => this.compareOne(retrieval, byRef.get(retrieval.ref) ?? []));
      const unreadable = page.filter((_, i) => ours[i] === undefined);
      this.#hasUnreadable ||= unreadable.length > 0;
      this.#undecided += unreadable.filter(({ opened }) => this.isInPeriod(Date.parse(opened.caller.log_time))).length;
      await this.report(found);
      if (page.length < RETRIEVALS_AT_ONCE) return;
      from = (page.at(-1)?.opened.index ?? end) + 1;
      await this.turnPage();
    }
  }

  private compareOne(retrieval: LoggedRetrieval, lines: readonly RegisterLine[]): Finding[] {
    const isOurs = this.isInPeriod(retrieval.openedAtMs);
    if (isOurs) this.#retrievals += 1;
    if (isOurs && retrieval.ours === 'open') this.#open += 1;
    if (!isOurs && !lines.some((line) => this.isOfPeriod(line))) return [];
    return compareRetrieval(retrieval, lines).map((it) => ({ ...it, register: this.register, retrieval }));
  }

  /** What is left of the period belongs to no retrieval; where records were erased or cannot be read, who knows. */
  private async reportRest(first: number, end: number): Promise<void> {
    const { lines, retrievals } = this.parts;
    if (this.#isFull) return;
    if (this.#hasUnreadable || (await retrievals.wereErased(first, end))) {
      this.#undecided += await lines.countRest(this.id, this.period);
      return;
    }
    for (let after = 0; !this.#isFull; ) {
      const page = await lines.rest(this.id, this.period, after, RETRIEVALS_AT_ONCE);
      await this.report(page.map((line) => ({ kind: 'NOT_OURS', register: this.register, line })));
      if (page.length < RETRIEVALS_AT_ONCE) return;
      after = page.at(-1)?.sequence ?? after;
      await this.turnPage();
    }
  }

  private async report(found: readonly Finding[]): Promise<void> {
    for (let at = 0; at < found.length && !this.#isFull; at += APPENDS_AT_ONCE) {
      const chunk = found.slice(at, at + APPENDS_AT_ONCE);
      const states = await Promise.all(chunk.map((finding) => this.parts.journal.found(finding)));
      this.#differences += chunk.length;
      this.#newDifferences += states.filter((state) => state === 'new').length;
      this.listed.push(...chunk.slice(0, MOST_LISTED - this.listed.length));
    }
  }

  private async turnPage(): Promise<void> {
    this.options.signal.throwIfAborted();
    await this.options.onPage?.();
  }

  private isOfPeriod({ atMs }: RegisterLine): boolean {
    return this.isInPeriod(atMs);
  }

  private isInPeriod(ms: number): boolean {
    return ms >= this.period.fromMs && ms < this.period.toMs;
  }
}
