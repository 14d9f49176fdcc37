import pg, { type PoolClient } from 'pg';
import { watchCommit } from '../platform/commit-warnings.js';
import type { Batch, SignedTree } from './append-batch.js';
import { appendBatch, encodeCall } from './append-call.postgres.js';

/** How a batch ended that was sent ahead: in the log, surely not in it, or not known, since COMMIT is part of the statement. */
export type SentAhead = Readonly<
  { ended: 'written'; nowMs: number } | { ended: 'refused' | 'unknown'; cause: unknown }
>;

/**
 * PostgreSQL: what an operator (57P) and time that a transaction has used up (25P03, 25P04) end, and classes that FATAL and
 * PANIC come with, which may strike after COMMIT: connection, resources, system, internal.
 */
const MAY_END_SESSION = /^(57P|25P0[34]|08|53|58|XX)/;

type Tip = SignedTree & Readonly<{ logTimeMs: number }>;
type Parts = Readonly<{
  connect(): Promise<PoolClient>;
  /** Bounds how long one step may take. */
  step<Result>(work: Promise<Result>): Promise<Result>;
}>;

/**
 * Batches that are built on one another before the first of them is confirmed, while nobody else appends: one statement
 * each, in their order on one connection, so that the next is built while the one before is written. The database takes
 * a batch only behind the head that it was made for; the first that it does not take ends this run.
 */
export class AppendAhead {
  #tip: Tip;
  #last: Promise<unknown> = Promise.resolve();
  #connection: Promise<PoolClient> | undefined;
  #underWay = 0;
  #end: Exclude<SentAhead, { ended: 'written' }> | undefined;

  constructor(
    tip: Tip,
    private readonly parts: Parts,
  ) {
    this.#tip = tip;
  }

  /** Where the next batch begins. */
  get tip(): Tip {
    return this.#tip;
  }

  /** Sends a batch that begins at the tip, which is behind it from now on. */
  async send(batch: Batch): Promise<SentAhead> {
    const call = encodeCall(batch);
    this.#tip = { range: batch.range, checkpoint: batch.checkpoint, logTimeMs: Date.parse(batch.logTime) };
    this.#underWay += 1;
    const before = this.#last;
    const sent = before.then(() =>
      // Built on a batch that is not in the log: never sent.
      this.#end === undefined ? this.execute(call) : ({ ended: 'refused', cause: this.#end.cause } as const),
    );
    this.#last = sent;
    try {
      return await sent;
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) await this.release();
    }
  }

  private async execute(call: readonly unknown[]): Promise<SentAhead> {
    let client: PoolClient;
    try {
      this.#connection ??= this.parts.connect();
      client = await this.#connection;
    } catch (cause) {
      this.#connection = undefined;
      return this.end('refused', cause);
    }
    const commit = watchCommit(client);
    try {
      const nowMs = await this.parts.step(appendBatch(client, call));
      commit.demandDurable();
      return { ended: 'written', nowMs };
    } catch (cause) {
      return this.end(isRolledBack(cause) ? 'refused' : 'unknown', cause);
    } finally {
      commit.unwatch();
    }
  }

  private end(ended: 'refused' | 'unknown', cause: unknown): SentAhead {
    this.#end ??= { ended, cause };
    return { ended, cause };
  }

  private async release(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    // Never back into the pool when its statement may still be under way.
    (await connection)?.release(this.#end?.ended === 'unknown');
  }
}

/** An error that the server reports ends the transaction; only where it may end the session, COMMIT may have come before. */
export function isRolledBack(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code !== undefined && !MAY_END_SESSION.test(error.code);
}

/** The database has another head than the one that a batch was made for. */
export function isAnotherHead(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === 'EL001';
}
