import type { Pool, PoolClient } from 'pg';
import { ed25519Verifier, type NoteSigner } from '#libs/tlog/signed-note.js';
import { watchCommit } from '../platform/commit-warnings.js';
import type { OperationalLog } from '../platform/operational-log.js';
import { AppendAhead, isAnotherHead, isRolledBack } from './append-ahead.postgres.js';
import { type Batch, buildBatch, type Draft } from './append-batch.js';
import { appendBatch, encodeCall } from './append-call.postgres.js';
import type { CheckpointGuard } from './checkpoint-guard.js';
import { DatabaseTime } from './database-time.js';
import { EffectLedger, type EffectRefused } from './effect.js';
import { beginAtHead, HeadCheck, HeadNotSigned } from './head-lock.postgres.js';
import { LogUnavailable } from './log-store.js';

export type LogWriterOptions = Readonly<{
  pool: Pool;
  signer: NoteSigner;
  guard?: CheckpointGuard;
  log?: OperationalLog;
  stepTimeoutMs?: number;
}>;

/** The drafts of one append. */
export type Call = readonly Draft[];
/** `refused`: per call why it alone is not in the batch, if so. `placed`: call → positions of its entries in the batch. */
export type Written = Readonly<{
  refused: readonly (EffectRefused | undefined)[];
  placed: ReadonlyMap<number, readonly number[]>;
  batch: Batch | undefined;
}>;

/** Where two nodes take turns, half of the batches find the head as it was left. */
const MOST_TO_SEE = 32;

/** The COMMIT was sent and its result is not a plain success. */
class CommitUnknown extends Error {}

/**
 * Writes batches. Under the lock of the head where other nodes append too, or an effect may not hold; ahead of the lock
 * as long as this node finds the head as it left it. Either way the batch is in the log whole, behind the head that it was
 * built on, or not at all.
 */
export class LogWriter {
  private readonly headCheck: HeadCheck;
  private readonly time = new DatabaseTime();
  private ahead: AppendAhead | undefined;
  private locked: Promise<unknown> = Promise.resolve();
  /** Size of the log after the last batch of this node, and how many batches in a row found it so. */
  private leftAt: number | undefined;
  private foundAsLeft = 0;
  /** So many in a row say that nobody else appends: more, the more often that was said too early. */
  private enough = 1;
  private writtenAhead = 0;
  private told: string | undefined;

  constructor(private readonly options: LogWriterOptions) {
    this.headCheck = new HeadCheck(ed25519Verifier(options.signer.vkey));
  }

  /** Batches that may be under way at once. */
  depth(): number {
    return this.ahead === undefined ? 1 : 2;
  }

  /** @throws LogUnavailable */
  async write(calls: readonly Call[]): Promise<Written> {
    await this.options.guard?.settled().catch(unavailable);
    const written = await this.writeAhead(calls);
    if (written !== undefined) return written;
    const turn = this.locked.then(() => this.writeLocked(calls));
    this.locked = turn.catch(() => undefined);
    return turn;
  }

  /** Undefined where the lock is needed: nothing of the batch is in the log then. */
  private async writeAhead(calls: readonly Call[]): Promise<Written | undefined> {
    const { ahead } = this;
    const logTimeMs = ahead && this.time.now(ahead.tip.logTimeMs);
    if (ahead === undefined || logTimeMs === undefined || !mayHold(calls)) return undefined;
    const batch = buildBatch(ahead.tip, iso(logTimeMs), calls.flat(), this.options.signer);
    const sent = await ahead.send(batch);
    if (sent.ended === 'written') {
      this.time.tell(sent.nowMs);
      this.writtenAhead += 1;
      if (this.writtenAhead >= MOST_TO_SEE) this.enough = 1;
      this.noteWritten(batch);
      return { ...place(calls, () => undefined), batch };
    }
    if (this.ahead === ahead) {
      this.ahead = undefined;
      if (isAnotherHead(sent.cause)) this.enough = Math.min(2 * this.enough, MOST_TO_SEE);
    }
    if (sent.ended !== 'unknown') return undefined;
    // Not there under the lock is no answer here: the server may still have the statement before it.
    throw new LogUnavailable((await this.reread(batch)) === 'yes' ? 'yes' : 'unknown', sent.cause);
  }

  private async writeLocked(calls: readonly Call[]): Promise<Written> {
    const client = await this.connect().catch(unavailable);
    let written: Written | undefined;
    try {
      written = await this.prepare(client, calls);
      if (written.batch === undefined) await this.step(client.query('rollback'));
      else await this.commit(client, written.batch);
    } catch (error) {
      // Never back into the pool: its transaction may still be open, its COMMIT still under way.
      client.release(true);
      this.ahead = undefined;
      this.tell(error);
      const batch = error instanceof CommitUnknown ? written?.batch : undefined;
      throw new LogUnavailable(batch === undefined ? 'no' : await this.reread(batch), error);
    }
    client.release();
    this.told = undefined;
    if (written.batch !== undefined) this.noteLocked(written.batch);
    return written;
  }

  /** Once, and not for every batch that comes after it. */
  private tell(error: unknown): void {
    if (!(error instanceof HeadNotSigned) || error.message === this.told) return;
    this.told = error.message;
    this.options.log?.error({ error: error.name }, `${error.message}: nothing is appended; run "einmal audit recover"`);
  }

  /** Locks the head, settles the effects of each call, appends what is accepted. */
  private async prepare(client: PoolClient, calls: readonly Call[]): Promise<Written> {
    // Read before the lock: whatever is kept by then was committed, so that the head that is locked must have it.
    const kept = await this.options.guard?.keptOfLate();
    const locking = beginAtHead(client, effectsOf(calls).flat(2), this.headCheck.earlier(kept));
    const head = await this.step(locking);
    this.headCheck.demand(head, kept);
    const placed = place(calls, (call) => head.ledger.settle(call.map((draft) => draft.entry.effects)));
    const drafts = calls.filter((_, i) => placed.placed.has(i)).flat();
    if (drafts.length === 0) return { ...placed, batch: undefined };
    return { ...placed, batch: buildBatch(head, head.logTime, drafts, this.options.signer) };
  }

  /** Appends and commits in one round trip: a COMMIT after an append that failed rolls back. */
  private async commit(client: PoolClient, batch: Batch): Promise<void> {
    const call = encodeCall(batch);
    const watched = watchCommit(client);
    try {
      const [nowMs, { command }] = await this.step(Promise.all([appendBatch(client, call), client.query('commit')]));
      if (command !== 'COMMIT') throw new Error('the transaction was rolled back');
      watched.demandDurable();
      this.time.tell(nowMs);
    } catch (error) {
      if (isRolledBack(error)) throw error;
      throw new CommitUnknown('the result of the commit is not known', { cause: error });
    } finally {
      watched.unwatch();
    }
  }

  /** Found as it was left, often enough: nobody else appends, and the next batch may go ahead of the lock. */
  private noteLocked(batch: Batch): void {
    this.foundAsLeft = this.leftAt === batch.old.range.size ? this.foundAsLeft + 1 : 0;
    const parts = { connect: () => this.connect(), step: <Result>(work: Promise<Result>) => this.step(work) };
    const tip = { range: batch.range, checkpoint: batch.checkpoint, logTimeMs: Date.parse(batch.logTime) };
    this.ahead = this.foundAsLeft >= this.enough ? new AppendAhead(tip, parts) : undefined;
    this.writtenAhead = 0;
    this.noteWritten(batch);
  }

  private noteWritten(batch: Batch): void {
    this.leftAt = batch.range.size;
    this.headCheck.remember(batch);
    this.options.guard?.keep(batch.checkpoint, batch.old.checkpoint);
  }

  /** Whether an unconfirmed batch is in the log: waits for the lock, so that the answer about a COMMIT under it is final. */
  private async reread(batch: Batch): Promise<LogUnavailable['written']> {
    let client: PoolClient | undefined;
    try {
      client = await this.connect();
      await this.step(beginAtHead(client, []));
      const [first] = batch.entries;
      const found = await this.step(
        client.query('select from log.entry where index = $1 and leaf = $2', [first?.index, first?.leaf]),
      );
      await this.step(client.query('rollback'));
      client.release();
      return found.rowCount === 1 ? 'yes' : 'no';
    } catch {
      client?.release(true);
      return 'unknown';
    }
  }

  private async connect(): Promise<PoolClient> {
    const connecting = this.options.pool.connect();
    try {
      const client = await this.step(connecting);
      // A connection lost between two statements emits an event that would end the process; the next statement fails anyway.
      if (client.listenerCount('error') === 0) client.on('error', () => {});
      return client;
    } catch (error) {
      connecting.then(
        (late) => late.release(),
        () => {},
      );
      throw error;
    }
  }

  private async step<Result>(work: Promise<Result>): Promise<Result> {
    const timeoutMs = this.options.stepTimeoutMs ?? 10_000;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('the database did not answer in time')), timeoutMs);
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Whether the effects agree among themselves; whether they hold in the log is for the database to say. */
function mayHold(calls: readonly Call[]): boolean {
  const effects = effectsOf(calls).flat();
  return EffectLedger.assuming(effects.flat()).settle(effects) === undefined;
}

function effectsOf(calls: readonly Call[]) {
  return calls.map((call) => call.map((draft) => draft.entry.effects));
}

function place(
  calls: readonly Call[],
  settle: (call: Call) => EffectRefused | undefined,
): Pick<Written, 'refused' | 'placed'> {
  const placed = new Map<number, readonly number[]>();
  let position = 0;
  const refused = calls.map((call, i) => {
    const refusal = settle(call);
    if (refusal === undefined)
      placed.set(
        i,
        call.map(() => position++),
      );
    return refusal;
  });
  return { refused, placed };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function unavailable(error: unknown): never {
  throw new LogUnavailable('no', error);
}
