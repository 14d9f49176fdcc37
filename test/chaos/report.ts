import type { Found } from './checks/examination.js';
import type { Fault, Injected } from './faults/fault.js';
import type { SeenLately } from './seen.js';

/** What became of one kind of fault, from each injection until the examination after it. */
type Line = {
  readonly name: string;
  readonly what: string;
  injected: number;
  kills: number;
  answers: number;
  refused: number;
  unanswered: number;
  /** Acknowledged, and not in the log. */
  lost: number;
  /** The longest that others waited for a lock which a dead or paused process held. */
  longest_delay_ms?: number;
  notes: string[];
  violations: string[];
};

export type Report = Readonly<{
  seed: number;
  seconds: number;
  kills: number;
  faults: readonly Readonly<Line>[];
  log: Readonly<{ entries: number; acknowledged: number; checkpoints: number; unknown: number }>;
  refused: Readonly<Record<string, number>>;
  disk: string;
  violations: readonly string[];
}>;

/** Counts up over a run. */
export class Tally {
  readonly #lines: Map<string, Line>;
  readonly #refused = new Map<string, number>();
  readonly #violations = new Set<string>();

  constructor(faults: readonly Fault[]) {
    const line = (name: string, what: string): Line => ({
      ...{ name, what, injected: 0, kills: 0, answers: 0, refused: 0, unanswered: 0, lost: 0 },
      ...{ notes: [], violations: [] },
    });
    this.#lines = new Map(faults.map(({ name, what }) => [name, line(name, what)]));
    this.#lines.set('end', line('end', 'all that was open is past its expiry, and a sweeper ran'));
  }

  get kills(): number {
    return [...this.#lines.values()].reduce((sum, { kills }) => sum + kills, 0);
  }

  get violations(): readonly string[] {
    return [...this.#violations];
  }

  injected(name: string, { kills, delayMs, impossible, note, violations = [] }: Injected): void {
    const line = this.line(name);
    if (impossible === undefined) line.injected += 1;
    else note = `not injected: ${impossible}`;
    line.kills += kills;
    if (delayMs !== undefined) line.longest_delay_ms = Math.max(line.longest_delay_ms ?? 0, delayMs);
    if (note !== undefined && !line.notes.includes(note)) line.notes.push(note);
    this.violated(name, violations);
  }

  examined(name: string, seen: SeenLately, found: Found): void {
    const line = this.line(name);
    line.answers += seen.answers;
    line.unanswered += seen.unanswered;
    for (const [reason, count] of seen.refused) {
      line.refused += count;
      this.#refused.set(reason, (this.#refused.get(reason) ?? 0) + count);
    }
    line.lost += this.violated(name, found.missing);
    this.violated(name, found.violations);
  }

  /** What was found before is not found again. Says how much is new. */
  violated(name: string, violations: readonly string[]): number {
    const fresh = violations.filter((it) => !this.#violations.has(it));
    for (const it of fresh) this.#violations.add(it);
    this.line(name).violations.push(...fresh);
    return fresh.length;
  }

  report(rest: Pick<Report, 'seed' | 'seconds' | 'log' | 'disk'>): Report {
    return {
      ...rest,
      kills: this.kills,
      faults: [...this.#lines.values()],
      refused: Object.fromEntries([...this.#refused].sort(([, a], [, b]) => b - a)),
      violations: this.violations,
    };
  }

  private line(name: string): Line {
    const line = this.#lines.get(name);
    if (line === undefined) throw new Error(`no such fault: ${name}`);
    return line;
  }
}

/** Of the violations; the JSON document has all. */
const SHOWN = 40;

/** For a person to read. */
export function readable({ seed, seconds, kills, faults, log, refused, disk, violations }: Report): string {
  const head = ['fault', 'times', 'kills', 'answers', 'refused', 'no answer', 'lost', 'violations', 'longest delay'];
  const rows = faults.map((it) => [
    it.name,
    ...[it.injected, it.kills, it.answers, it.refused, it.unanswered, it.lost, it.violations.length].map(String),
    it.longest_delay_ms === undefined ? '' : `${it.longest_delay_ms} ms`,
  ]);
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return [
    ...[head, ...rows].map(line),
    '',
    `seed ${seed}, ${seconds} s, ${kills} kills, disk: ${disk}`,
    `${log.entries} entries, ${log.acknowledged} of them acknowledged to somebody under ${log.checkpoints} checkpoints, ${log.unknown} outcomes "unknown"`,
    `refused: ${
      Object.entries(refused)
        .map(([reason, count]) => `${reason} ${count}`)
        .join(', ') || 'nothing'
    }`,
    ...violations.slice(0, SHOWN).map((it) => `VIOLATION ${it}`),
    ...(violations.length > SHOWN ? [`and ${violations.length - SHOWN} more`] : []),
    violations.length === 0 ? 'No violation.' : `${violations.length} violations.`,
    '',
  ].join('\n');
}
