import type { Pool, PoolClient } from 'pg';
import type { NodeId } from '#libs/merkle/tree-shape.js';
import { ed25519Verifier, type NoteSigner } from '#libs/tlog/signed-note.js';
import type { Clock } from '../platform/clock.js';
import type { OperationalLog } from '../platform/operational-log.js';
import type { KeyVault } from '../vault/key-vault.js';
import { type Batch, buildBatch, type Draft, draftEntry } from './append-batch.js';
import { appendBatch } from './append-call.postgres.js';
import { AppendQueue, type Settled } from './append-queue.js';
import type { CheckpointGuard } from './checkpoint-guard.js';
import { CurrentKeys } from './current-keys.js';
import type { EffectRefused } from './effect.js';
import { HeadCheck, HeadNotSigned, lockHead } from './head-lock.postgres.js';
import { type AuditReceipt, type LogHead, LogStore, LogUnavailable, type NewEntry } from './log-store.js';

export type PostgresLogOptions = Readonly<{
  /** Logged in as the node's role. The owner listens to its `error` event. */
  pool: Pool;
  /** Its name is the log's origin. */
  signer: NoteSigner;
  vault: KeyVault;
  clock: Clock;
  guard?: CheckpointGuard;
  /** Told of a head that somebody else wrote. */
  log?: OperationalLog;
  /** Entries that may wait; beyond it `LogBusy`. */
  maxWaiting?: number;
  maxBatch?: number;
  /** How long one step of a batch may take before its result counts as unknown. */
  stepTimeoutMs?: number;
}>;

type Call = readonly Draft[];
/** `settled`: per call the refusal, if any. `accepted`: call → positions of its entries in the batch. */
type Prepared = Readonly<{
  settled: readonly (EffectRefused | undefined)[];
  accepted: ReadonlyMap<number, readonly number[]>;
  batch: Batch | undefined;
}>;
/** The COMMIT was sent and its result is not a plain success. */
class CommitUnknown extends Error {}

/** The log in PostgreSQL 18, written through `log.lock_head` and `log.append_batch` only. */
export class PostgresLogStore extends LogStore {
  private readonly queue: AppendQueue<Call, AuditReceipt[]>;
  private readonly keys: CurrentKeys;
  private readonly headCheck: HeadCheck;

  constructor(private readonly options: PostgresLogOptions) {
    super();
    this.keys = new CurrentKeys(options.vault, options.clock);
    this.headCheck = new HeadCheck(ed25519Verifier(options.signer.vkey));
    const limits = { waiting: options.maxWaiting ?? 4096, batch: options.maxBatch ?? 512 };
    this.queue = new AppendQueue(limits, (calls) => this.write(calls));
  }

  override async append(entries: readonly NewEntry[]): Promise<AuditReceipt[]> {
    if (entries.length === 0) return [];
    const now = this.options.clock.now();
    const drafts = await Promise.all(entries.map((entry) => draftEntry(entry, this.keys, now)));
    return this.queue.add(drafts, drafts.length);
  }

  override async head(): Promise<LogHead> {
    const { rows } = await this.options.pool.query<{
      size: string;
      root: Buffer;
      frontier: Buffer[];
      checkpoint: string | null;
    }>('select size, root, frontier, checkpoint from log.head');
    const [row] = rows;
    if (row === undefined) throw new LogUnavailable('no', new Error('the log has no head'));
    return { size: Number(row.size), root: row.root, frontier: row.frontier, checkpoint: row.checkpoint ?? undefined };
  }

  override async readNodes(ids: readonly NodeId[]): Promise<Buffer[]> {
    const { rows } = await this.options.pool.query<{ hash: Buffer }>({
      name: 'read_nodes',
      text: `select coalesce(n.hash, e.leaf_hash) as hash
        from unnest($1::smallint[], $2::bigint[]) with ordinality as q (level, index, place)
        left join log.node n on n.level = q.level and n.index = q.index
        left join log.entry e on q.level = 0 and e.index = q.index
        where n.hash is not null or e.leaf_hash is not null
        order by q.place`,
      values: [ids.map((id) => id.level), ids.map((id) => id.index)],
    });
    return rows.map((row) => row.hash);
  }

  private async write(calls: readonly Call[]): Promise<Settled<AuditReceipt[]>[]> {
    const { settled, accepted, batch } = await this.transact(calls);
    return settled.map((error, i) => {
      const positions = accepted.get(i);
      if (positions === undefined || batch === undefined) return { ok: false, error };
      return { ok: true, result: positions.map((position) => this.receiptAt(batch, position)) };
    });
  }

  private async transact(calls: readonly Call[]): Promise<Prepared> {
    const { guard } = this.options;
    await guard?.settled().catch(unavailable);
    const client = await this.connect().catch(unavailable);
    let prepared: Prepared | undefined;
    try {
      prepared = await this.prepare(client, calls);
      if (prepared.batch === undefined) await this.step(client.query('rollback'));
      else await this.commit(client);
    } catch (error) {
      // Never back into the pool: its transaction may still be open, its COMMIT still under way.
      client.release(true);
      if (error instanceof HeadNotSigned)
        this.options.log?.error(
          { error: error.name },
          `${error.message}: nothing is appended; run "einmal audit recover"`,
        );
      const batch = error instanceof CommitUnknown ? prepared?.batch : undefined;
      throw new LogUnavailable(batch === undefined ? 'no' : await this.reread(batch), error);
    }
    client.release();
    if (prepared.batch !== undefined) {
      this.headCheck.remember(prepared.batch.range, prepared.batch.rootHash);
      guard?.keep(prepared.batch.checkpoint);
    }
    return prepared;
  }

  /** Locks the head, settles the effects of each call, appends what is accepted. */
  private async prepare(client: PoolClient, calls: readonly Call[]): Promise<Prepared> {
    await this.step(client.query('begin'));
    const effects = calls.flat().flatMap((draft) => draft.entry.effects);
    const head = await this.step(lockHead(client, effects));
    this.headCheck.demand(head);
    const { range, logTime, ledger } = head;
    const drafts: Draft[] = [];
    const accepted = new Map<number, number[]>();
    const settled = calls.map((call, i) => {
      const refused = ledger.settle(call.map((draft) => draft.entry.effects));
      if (refused === undefined)
        accepted.set(
          i,
          call.map((draft) => drafts.push(draft) - 1),
        );
      return refused;
    });
    if (drafts.length === 0) return { settled, accepted, batch: undefined };
    const batch = buildBatch(range, logTime, drafts, this.options.signer);
    await this.step(appendBatch(client, batch));
    return { settled, accepted, batch };
  }

  private async commit(client: PoolClient): Promise<void> {
    // A synchronous standby that is missing, and a cancelled wait for it, answer success with a warning.
    const warnings: string[] = [];
    const listen = (notice: { severity: string | undefined; code: string | undefined }): void => {
      if (notice.severity === 'WARNING') warnings.push(notice.code ?? '');
    };
    client.on('notice', listen);
    try {
      const { command } = await this.step(client.query('commit'));
      if (command !== 'COMMIT') throw new Error('the transaction was rolled back');
      if (warnings.length > 0) throw new Error(`the commit succeeded with a warning ${warnings.join(' ')}`);
    } catch (error) {
      throw new CommitUnknown('the result of the commit is not known', { cause: error });
    } finally {
      client.off('notice', listen);
    }
  }

  /** Whether an unconfirmed batch is in the log: waits for the lock, so that the answer is final. */
  private async reread(batch: Batch): Promise<LogUnavailable['written']> {
    let client: PoolClient | undefined;
    try {
      client = await this.connect();
      await this.step(client.query('begin'));
      await this.step(lockHead(client, []));
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

  private receiptAt(batch: Batch, position: number): AuditReceipt {
    const entry = batch.entries[position];
    if (entry === undefined) throw new Error('the batch has no such entry');
    return this.receipt(batch.receiptOf(entry));
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

function unavailable(error: unknown): never {
  throw new LogUnavailable('no', error);
}
