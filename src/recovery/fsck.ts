import { root } from '#libs/merkle/compact-range.js';
import type { Checkpoint } from '#libs/tlog/checkpoint.js';
import type { NoteVerifier } from '#libs/tlog/signed-note.js';
import { type Epoch, EpochDestroyed, type EpochKeys, type KeyVault, requireEpoch } from '../vault/key-vault.js';
import type { Tombstones } from '../vault/tombstones.js';
import { ErasureCheck } from './check-erasures.js';
import { type CheckedRecord, checkIndex, checkRecord } from './check-record.js';
import { TreeCheck } from './check-tree.js';
import { type Finding, LogDamaged } from './finding.js';
import type { HeadRow, IndexRow, LogSnapshot, RecordRow } from './log-snapshot.js';
import { Rows } from './rows.js';

export type FsckParts = Readonly<{
  snapshot: LogSnapshot;
  log: NoteVerifier;
  /** Without it no protected half is opened. */
  vault?: Readonly<{ keys: KeyVault; tombstones: Tombstones }>;
  /** The checkpoint outside the database, which the log must reach. */
  kept?: Checkpoint;
  /** Another log goes on: keys are destroyed and records buried without an entry of this one. */
  hasEnded?: boolean;
  onProgress?: (done: number, total: number) => void;
}>;

/** `unopened`: records whose epoch has no keys in the vault. `fault`: the first wrong thing, if there is one. */
export type FsckResult = Readonly<{
  size: number;
  root: Buffer;
  records: number;
  opened: number;
  erased: number;
  unopened: number;
  fault?: Finding;
}>;

/**
 * Re-hashes everything: records to leaves, leaves to nodes, nodes to the signed root; opens the protected halves and
 * compares them with their hashes and with the index of persons; demands a statement for every record that is missing,
 * and an entry for every state. Reads once, in memory that does not grow with the log, and shows nothing of what it
 * opened.
 */
export async function fsck(parts: FsckParts): Promise<FsckResult> {
  const head = await parts.snapshot.head();
  const scan = new Scan(parts, head);
  try {
    await scan.run();
    return scan.result();
  } catch (error) {
    if (error instanceof LogDamaged) return { ...scan.result(), fault: error.finding };
    throw error;
  }
}

const PROGRESS_EVERY = 2048;

class Scan {
  private readonly tree: TreeCheck;
  private readonly keysByEpoch = new Map<string, EpochKeys | 'destroyed' | undefined>();
  private buried: ReadonlySet<string> = new Set();
  private isSuccessor = false;
  private lastMicros = 0n;
  private counts = { records: 0, opened: 0, erased: 0, unopened: 0 };

  constructor(
    private readonly parts: FsckParts,
    private readonly head: HeadRow,
  ) {
    this.tree = new TreeCheck(parts.snapshot, head);
  }

  result(): FsckResult {
    return { size: this.head.size, root: this.head.root, ...this.counts };
  }

  async run(): Promise<void> {
    const { snapshot, vault, log, hasEnded = false, onProgress } = this.parts;
    this.buried = new Set(await vault?.tombstones.erased());
    const erasures = await ErasureCheck.begin(snapshot);
    const [records, indexRows] = [new Rows(snapshot.records()), new Rows(snapshot.indexRows())];
    for await (const batch of snapshot.entries()) {
      for (const entry of batch) {
        const { index } = entry;
        this.tree.demandNext(index);
        const row = await rowOf(records, index);
        const checked = row && (await this.record(row, await indexRowsOf(indexRows, index)));
        await this.tree.add(entry, checked?.committed);
        await erasures.add(index, entry.leafHash, row?.caller.event);
        erasures.states(index, checked?.part?.erasure);
        this.demandKept();
        if (row === undefined) this.counts.erased += 1;
        if (index % PROGRESS_EVERY === 0) onProgress?.(index, this.head.size);
      }
    }
    this.tree.demandAll();
    await this.demandNothingLeft(records, indexRows);
    await this.tree.conclude(log);
    this.demandReached();
    await erasures.conclude(hasEnded || this.isSuccessor ? [] : ((await vault?.keys.destroyed()) ?? []));
    const state = await snapshot.wrongState();
    if (state !== undefined) throw new LogDamaged(state);
    onProgress?.(this.head.size, this.head.size);
  }

  private async record(row: RecordRow, rows: readonly IndexRow[]): Promise<CheckedRecord> {
    this.counts.records += 1;
    if (row.index === 0) this.isSuccessor = row.caller.event === 'log.opened';
    if (row.logTimeMicros < this.lastMicros || row.logTimeMicros > this.head.logTimeMicros)
      throw damaged('log.record', row.index, 'the time does not continue the log', 'log_time');
    this.lastMicros = row.logTimeMicros;
    const keys = await this.keysOf(row, rows);
    const checked = checkRecord(row, keys);
    if (keys !== undefined && checked.part !== undefined) {
      this.counts.opened += 1;
      checkIndex(row, checked.part, keys, rows);
    }
    return checked;
  }

  /** Keys to open this record with, where it is to be opened. */
  private async keysOf({ index, sealed }: RecordRow, rows: readonly IndexRow[]): Promise<EpochKeys | undefined> {
    const { vault, hasEnded = false } = this.parts;
    if (vault === undefined) return undefined;
    const isBuried = this.buried.has(sealed.recordId);
    // What is only kept as evidence loses its protected half in place: nobody can state its erasure there any more.
    const isForgotten = sealed.wrappedKey.length === 0 && sealed.ciphertext.length === 0 && rows.length === 0;
    if (hasEnded && isBuried && isForgotten) return undefined;
    if (isBuried)
      throw damaged('log.record', index, 'this record was erased, and is back as after a restore', 'record_id');
    demandEpoch(index, sealed.epoch);
    const keys = await this.epochKeys(sealed.epoch, vault.keys);
    if (keys === 'destroyed' && !hasEnded)
      throw damaged(
        'log.record',
        index,
        'the keys of its epoch were destroyed, and it is back as after a restore',
        'epoch',
      );
    if (keys === undefined) this.counts.unopened += 1;
    return keys === 'destroyed' ? undefined : keys;
  }

  private async epochKeys(epoch: Epoch, vault: KeyVault): Promise<EpochKeys | 'destroyed' | undefined> {
    const name = `${epoch.retentionClass} ${epoch.month}`;
    if (!this.keysByEpoch.has(name)) {
      const keys = await vault.find(epoch).catch((error: unknown) => {
        if (error instanceof EpochDestroyed) return 'destroyed' as const;
        throw error;
      });
      this.keysByEpoch.set(name, keys);
    }
    return this.keysByEpoch.get(name);
  }

  private demandKept(): void {
    const { kept } = this.parts;
    if (kept?.size === this.tree.range.size && !kept.root.equals(root(this.tree.range)))
      throw new LogDamaged({
        table: 'the kept checkpoint',
        row: `size ${kept.size}`,
        what: 'the entries up to here are not those acknowledged',
      });
  }

  private demandReached(): void {
    const { kept } = this.parts;
    if (kept !== undefined && kept.size > this.head.size)
      throw damaged('log.entry', this.head.size, `there is no such entry, and ${kept.size} were acknowledged`);
  }

  private async demandNothingLeft(records: Rows<RecordRow>, indexRows: Rows<IndexRow>): Promise<void> {
    const record = await records.peek();
    if (record !== undefined) throw damaged('log.record', record.index, 'there is no such entry');
    const row = await indexRows.peek();
    if (row !== undefined) throw damaged('log.subject_index', row.index, 'there is no such record');
  }
}

/** The record of an entry, if it has one. */
async function rowOf(records: Rows<RecordRow>, index: number): Promise<RecordRow | undefined> {
  const next = await records.peek();
  if (next !== undefined && next.index < index) throw damaged('log.record', next.index, 'there is no such entry');
  return next?.index === index ? records.take() : undefined;
}

async function indexRowsOf(rows: Rows<IndexRow>, index: number): Promise<IndexRow[]> {
  const found: IndexRow[] = [];
  for (let next = await rows.peek(); next !== undefined && next.index <= index; next = await rows.peek()) {
    if (next.index < index) throw damaged('log.subject_index', next.index, 'there is no such record');
    found.push(next);
    await rows.take();
  }
  return found;
}

function demandEpoch(index: number, epoch: Epoch): void {
  try {
    requireEpoch(epoch);
  } catch {
    throw damaged('log.record', index, 'there is no such epoch', 'retention_class or epoch');
  }
}

function damaged(table: string, index: number, what: string, column?: string): LogDamaged {
  return new LogDamaged({ table, row: `index ${index}`, what, ...(column !== undefined && { column }) });
}
