import { LogReader, type StoredRecord } from '../audit/log-reader.js';
import { LogStore } from '../audit/log-store.js';
import type { ReceiptCopy } from '../audit/receipt.js';
import { RecordUnreadable } from '../audit/record-cipher.js';
import { LogKey } from '../transparency/log-key.js';
import { type ProtectedHalf, readableHalf } from '../transparency/protected-half.js';
import { proveEntry } from '../transparency/prove-entry.js';
import { KeyVault } from '../vault/key-vault.js';
import type { StoredSample } from './sample-store.js';

/** Proofs of one page read the tree side by side, so many at once: others want connections, too. */
const AT_ONCE = 4;

/** An entry with both halves open. */
export type OpenedEntry = Readonly<{ receipt: ReceiptCopy; hidden: ProtectedHalf }>;

/** The entries that a sample rests on. */
export type SampleGrounds = Readonly<{
  commitment: OpenedEntry;
  /** Fixes by what it is drawn; in a tree that was signed before the draw. */
  fixing: OpenedEntry;
  /** Tells the nonce. */
  reveal: OpenedEntry;
}>;

/** What shows anybody that a sample was drawn as it was committed to, each entry in the tree of a cosigned checkpoint. */
export class SampleProofs {
  constructor(
    private readonly store: LogStore,
    private readonly key: LogKey,
    private readonly reader: LogReader,
    private readonly vault: KeyVault,
  ) {}

  /** `closing`: a checkpoint after the draw. Undefined where one of the entries is erased or was altered. */
  async ofGrounds(sample: StoredSample, closing: string): Promise<SampleGrounds | undefined> {
    const { logIndex, checkpoint, fixedIndex, witnessed, drawnIndex } = sample;
    const [commitment, fixing, reveal] = await Promise.all([
      this.opened(logIndex, checkpoint),
      this.opened(fixedIndex, witnessed),
      this.opened(drawnIndex, closing),
    ]);
    return commitment && fixing && reveal && { commitment, fixing, reveal };
  }

  /** By index; what is erased or was altered is missing, and hides no other. */
  async ofEntries(indices: readonly number[], checkpoint: string): Promise<ReadonlyMap<number, ReceiptCopy>> {
    const records = await this.reader.records(indices);
    const proven = new Map<number, ReceiptCopy>();
    for (let at = 0; at < records.length; at += AT_ONCE) {
      const receipts = records.slice(at, at + AT_ONCE).map((record) => this.receiptOf(record, checkpoint));
      for (const receipt of await Promise.all(receipts)) if (receipt) proven.set(receipt.index, receipt);
    }
    return proven;
  }

  private async opened(index: number | undefined, checkpoint: string | undefined): Promise<OpenedEntry | undefined> {
    if (index === undefined || checkpoint === undefined) return undefined;
    const record = await this.reader.record(index);
    const hidden = record && (await readableHalf(this.vault, record));
    if (record === undefined || hidden === undefined) return undefined;
    const receipt = await this.receiptOf(record, checkpoint);
    return receipt && { receipt, hidden };
  }

  private async receiptOf(record: StoredRecord, checkpoint: string): Promise<ReceiptCopy | undefined> {
    try {
      return await proveEntry(this.store, record, { checkpoint, vkey: this.key.vkey });
    } catch (error) {
      if (error instanceof RecordUnreadable) return undefined;
      throw error;
    }
  }
}
