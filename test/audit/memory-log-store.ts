import { type CompactRange, emptyRange, root } from '#libs/merkle/compact-range.js';
import type { NodeId } from '#libs/merkle/tree-shape.js';
import type { NoteSigner } from '#libs/tlog/signed-note.js';
import { buildBatch, draftEntry, type PlacedEntry } from '../../src/audit/append-batch.js';
import { CurrentKeys } from '../../src/audit/current-keys.js';
import { EffectLedger } from '../../src/audit/effect.js';
import { type AuditReceipt, type LogHead, LogStore, LogUnavailable, type NewEntry } from '../../src/audit/log-store.js';
import type { Clock } from '../../src/platform/clock.js';
import type { KeyVault } from '../../src/vault/key-vault.js';

/** The log in memory, for use-case tests: passes the contract of LogStore. `failing` makes every append fail. */
export class MemoryLogStore extends LogStore {
  readonly entries: PlacedEntry[] = [];
  failing = false;
  private range: CompactRange = emptyRange;
  private checkpoint: string | undefined;
  private lastMs = 0;
  private readonly nodes = new Map<string, Buffer>();
  private readonly ledger = new EffectLedger(new Map(), new Map());
  private readonly keys: CurrentKeys;

  constructor(
    private readonly signer: NoteSigner,
    vault: KeyVault,
    private readonly clock: Clock,
  ) {
    super();
    this.keys = new CurrentKeys(vault, clock);
  }

  override async append(entries: readonly NewEntry[]): Promise<AuditReceipt[]> {
    if (entries.length === 0) return [];
    const drafts = await Promise.all(entries.map((entry) => draftEntry(entry, this.keys, this.clock.now())));
    if (this.failing) throw new LogUnavailable('no');
    const refused = this.ledger.settle(drafts.map((draft) => draft.entry.effects));
    if (refused !== undefined) throw refused;
    this.lastMs = Math.max(this.lastMs, this.clock.now());
    const batch = buildBatch(
      { range: this.range, checkpoint: this.checkpoint },
      new Date(this.lastMs).toISOString(),
      drafts,
      this.signer,
    );
    for (const { index, leafHash } of batch.entries) this.nodes.set(`0/${index}`, leafHash);
    for (const { level, index, hash } of batch.innerNodes) this.nodes.set(`${level}/${index}`, hash);
    this.range = batch.range;
    this.checkpoint = batch.checkpoint;
    this.entries.push(...batch.entries);
    return batch.entries.map((entry) => this.receipt(batch.receiptOf(entry)));
  }

  override async head(): Promise<LogHead> {
    return { size: this.range.size, root: root(this.range), frontier: this.range.nodes, checkpoint: this.checkpoint };
  }

  override async readNodes(ids: readonly NodeId[]): Promise<Buffer[]> {
    return ids.flatMap(({ level, index }) => this.nodes.get(`${level}/${index}`) ?? []);
  }
}
