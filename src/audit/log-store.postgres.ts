import type { Pool } from 'pg';
import type { NodeId } from '#libs/merkle/tree-shape.js';
import type { NoteSigner } from '#libs/tlog/signed-note.js';
import type { Clock } from '../platform/clock.js';
import type { OperationalLog } from '../platform/operational-log.js';
import type { KeyVault } from '../vault/key-vault.js';
import { type Batch, type Draft, draftEntry } from './append-batch.js';
import { AppendQueue, type Settled } from './append-queue.js';
import type { CheckpointGuard } from './checkpoint-guard.js';
import { CurrentKeys } from './current-keys.js';
import { type AuditReceipt, type LogHead, LogStore, LogUnavailable, type NewEntry } from './log-store.js';
import { type Call, LogWriter } from './log-writer.postgres.js';

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
  /** Told of each batch that was written, by its number of entries. */
  onBatch?: ((entries: number) => void) | undefined;
}>;

/** The log in PostgreSQL 18, written through `log.lock_head` and `log.append_batch` only. */
export class PostgresLogStore extends LogStore {
  private readonly queue: AppendQueue<Call, AuditReceipt[]>;
  private readonly keys: CurrentKeys;
  private readonly writer: LogWriter;

  constructor(private readonly options: PostgresLogOptions) {
    super();
    this.keys = new CurrentKeys(options.vault, options.clock);
    this.writer = new LogWriter(options);
    const limits = { waiting: options.maxWaiting ?? 4096, batch: options.maxBatch ?? 512 };
    this.queue = new AppendQueue(limits, {
      write: (calls) => this.write(calls),
      depth: () => this.writer.depth(),
    });
  }

  /** Entries that wait to be written, or are being written. */
  get outstanding(): number {
    return this.queue.outstanding;
  }

  override async append(entries: readonly NewEntry[]): Promise<AuditReceipt[]> {
    return this.appendDrafted(await this.draft(entries));
  }

  /** Encrypts and salts entries: all the work on them that needs no lock. */
  draft(entries: readonly NewEntry[]): Promise<Draft[]> {
    const now = this.options.clock.now();
    return Promise.all(entries.map((entry) => draftEntry(entry, this.keys, now)));
  }

  /** As `append`; each draft once. */
  async appendDrafted(drafts: readonly Draft[]): Promise<AuditReceipt[]> {
    return drafts.length === 0 ? [] : this.queue.add(drafts, drafts.length);
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
    const { refused, placed, batch } = await this.writer.write(calls);
    if (batch !== undefined) this.options.onBatch?.(batch.entries.length);
    return refused.map((error, i) => {
      const positions = placed.get(i);
      if (positions === undefined || batch === undefined) return { ok: false, error };
      return { ok: true, result: positions.map((position) => this.receiptAt(batch, position)) };
    });
  }

  private receiptAt(batch: Batch, position: number): AuditReceipt {
    const entry = batch.entries[position];
    if (entry === undefined) throw new Error('the batch has no such entry');
    return this.receipt(batch.receiptOf(entry));
  }
}
