import {
  type ClaimedDeferral,
  type Deferral,
  type DeferralState,
  DeferralStore,
  type NewDeferral,
  NotBorneOutYet,
  type Sealed,
} from '../../src/exchange/deferral-store.js';
import type { Reason } from '../../src/platform/reasons.js';
import type { MemoryLogStore } from '../audit/memory-log-store.js';

const WEEK_MS = 7 * 86_400_000;

type Row = ClaimedDeferral & Readonly<{ dueAt: number; forgetAt: number }>;

/** Deferrals in memory, for use-case tests: passes the contract of DeferralStore. `due` is when each is looked at next. */
export class MemoryDeferralStore extends DeferralStore {
  readonly rows = new Map<string, Row>();
  readonly due = new Map<string, number>();
  /** Of which the consumer is to be told, each time. */
  readonly told: string[] = [];

  constructor(
    private readonly log: MemoryLogStore,
    private readonly clock: Readonly<{ now(): number }> = { now: () => Date.now() },
  ) {
    super();
  }

  override async put(deferrals: readonly NewDeferral[]): Promise<void> {
    for (const it of deferrals) {
      this.rows.set(it.id, {
        ...it,
        state: 'waiting',
        isWithdrawn: false,
        attempts: 0,
        lost: [],
        forgetAt: it.expiresAt + WEEK_MS,
      });
      this.due.set(it.id, it.dueAt);
    }
  }

  override async claim(id: string, attempt: string): Promise<ClaimedDeferral | undefined> {
    const row = this.rows.get(id);
    if (row === undefined || row.state === 'ended') return undefined;
    if (!this.isBorneOut(row)) {
      if (this.isOpen(row) && !this.isDue(row)) return undefined;
      if (this.isOpen(row)) throw new NotBorneOutYet();
      this.rows.delete(id);
      return undefined;
    }
    if (!this.isDue(row)) return undefined;
    if (row.state === 'ready') return row;
    const lost = row.attempt === undefined ? row.lost : [...row.lost, row.attempt];
    const claimed = { ...row, attempt, attempts: row.attempts + 1, lost };
    this.rows.set(id, claimed);
    return claimed;
  }

  override async closedAs(attempt: string): Promise<Readonly<{ reason?: Reason }> | undefined> {
    const closed = this.log.entries.find(({ draft }) =>
      draft.entry.effects.some((it) => it.kind === 'close-retrieval' && it.retrieval === attempt),
    );
    return closed && { ...(closed.caller.reason && { reason: closed.caller.reason as Reason }) };
  }

  override async wait(
    id: string,
    attempt: string,
    { availableAt, dueAt }: Readonly<{ availableAt: number; dueAt: number }>,
  ): Promise<boolean> {
    const row = this.rows.get(id);
    if (row?.attempt !== attempt || row.state !== 'waiting') return false;
    const { attempt: _ended, ...rest } = row;
    this.rows.set(id, { ...rest, availableAt, dueAt, lost: [] });
    this.due.set(id, dueAt);
    return true;
  }

  override async ready(id: string, attempt: string, answer: Sealed, until: number): Promise<boolean> {
    const row = this.rows.get(id);
    if (row?.attempt !== attempt || row.state !== 'waiting' || row.isWithdrawn) return false;
    this.rows.set(id, {
      ...row,
      state: 'ready',
      lost: [],
      answer,
      dueAt: until,
      expiresAt: until,
      forgetAt: until + WEEK_MS,
    });
    this.due.set(id, until);
    this.told.push(id);
    return true;
  }

  override async end(id: string, attempt: string, reason: Reason): Promise<boolean> {
    const row = this.rows.get(id);
    if (row?.attempt !== attempt || row.state === 'ended') return false;
    const { plan: _plan, answer: _answer, attempt: _attempt, ...rest } = row;
    this.rows.set(id, { ...rest, state: 'ended', reason, forgetAt: this.clock.now() + WEEK_MS });
    this.told.push(id);
    return true;
  }

  override async find(id: string): Promise<Deferral | undefined> {
    const row = this.rows.get(id);
    return row && this.isBorneOut(row) ? row : undefined;
  }

  override async ofExchange(exchangeId: string, consumer: string): Promise<readonly Deferral[]> {
    return [...this.rows.values()].filter(
      (row) => row.exchangeId === exchangeId && row.consumer === consumer && this.isBorneOut(row),
    );
  }

  override async statesOf(exchangeIds: readonly string[]): Promise<readonly DeferralState[]> {
    return [...this.rows.values()].filter((row) => exchangeIds.includes(row.exchangeId) && this.isBorneOut(row));
  }

  override async destroy(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.rows.delete(id);
  }

  override async destroyByTrigger(triggers: readonly string[]): Promise<void> {
    for (const [id, row] of this.rows) {
      if (row.state === 'ended' || row.isWithdrawn || !row.triggers.some((it) => triggers.includes(it))) continue;
      const { answer: _answer, ...rest } = row;
      this.rows.set(id, { ...rest, isWithdrawn: true });
      this.due.set(id, this.clock.now());
    }
  }

  override async destroyExpired(): Promise<void> {
    for (const [id, { forgetAt }] of this.rows) if (forgetAt <= this.clock.now()) this.rows.delete(id);
  }

  private isDue({ dueAt, isWithdrawn, expiresAt }: Row): boolean {
    return isWithdrawn || Math.min(dueAt, expiresAt) <= this.clock.now();
  }

  private isOpen({ retrieval }: Deferral): boolean {
    const effects = this.log.entries.flatMap(({ draft }) => draft.entry.effects);
    const about = effects.filter((it) => 'retrieval' in it && it.retrieval === retrieval);
    return about.length > 0 && about.every(({ kind }) => kind === 'open-retrieval');
  }

  private isBorneOut({ retrieval }: Deferral): boolean {
    return this.log.entries.some(
      ({ draft, caller }) =>
        caller.outcome === 'deferred' &&
        draft.entry.effects.some((it) => it.kind === 'close-retrieval' && it.retrieval === retrieval),
    );
  }
}
