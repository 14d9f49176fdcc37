import { createHash } from 'node:crypto';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { leafHash } from '#libs/merkle/hash.js';
import { ed25519Verifier } from '#libs/tlog/signed-note.js';
import { isShownTo, LogReader } from '../audit/log-reader.js';
import { LogStore } from '../audit/log-store.js';
import type { ReceiptCopy } from '../audit/receipt.js';
import { Clock } from '../platform/clock.js';
import { Fault, refusal } from '../platform/fault.js';
import { IssuerKey } from '../tokens/issuer-key.js';
import { signReceipt } from '../tokens/receipt-token.js';
import { LogKey } from './log-key.js';
import { proveEntry } from './prove-entry.js';

export type IssuedReceipt = Readonly<{ token: string; receipt: ReceiptCopy }>;

/**
 * A receipt for one of the consumer's own entries as a signed token (JWS), and the proof beside it. Tells a participant what
 * its receipts told, and is no entry.
 */
export class IssueReceipt extends Query<IssuedReceipt> {
  constructor(
    readonly consumer: string,
    readonly index: number,
  ) {
    super();
  }
}

@QueryHandler(IssueReceipt)
export class IssueReceiptHandler implements IQueryHandler<IssueReceipt> {
  constructor(
    private readonly store: LogStore,
    private readonly reader: LogReader,
    private readonly logKey: LogKey,
    private readonly receiptKey: IssuerKey,
    private readonly clock: Clock,
  ) {}

  /** @throws Fault BEYOND_LOG; NOT_FOUND for what is erased or somebody else's */
  async execute({ consumer, index }: IssueReceipt): Promise<IssuedReceipt> {
    const record = await this.reader.record(index);
    const { size, checkpoint: note } = await this.store.head();
    if (!isShownTo(consumer, record) || note === undefined) {
      if (record === undefined && index >= size) throw new Fault('BEYOND_LOG');
      throw refusal('NOT_FOUND');
    }
    const receipt = await proveEntry(this.store, record, { checkpoint: note, vkey: this.logKey.vkey });
    const { exchange_ref, release_digest } = record.caller;
    const text = note.slice(0, note.lastIndexOf('\n\n') + 1);
    const token = await signReceipt(
      {
        participant: consumer,
        exchange: exchange_ref,
        log_origin: ed25519Verifier(this.logKey.vkey).name,
        log_index: index,
        leaf_hash: leafHash(record.leaf).toString('base64url'),
        tree_size: receipt.treeSize,
        root_hash: receipt.rootHash.toString('base64url'),
        checkpoint_hash: createHash('sha256').update(text).digest('base64url'),
        release_digest,
      },
      { issuer: this.receiptKey.issuer, key: this.receiptKey.key, nowMs: this.clock.now() },
    );
    return { token, receipt };
  }
}
