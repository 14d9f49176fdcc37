import type { NodeId } from '#libs/merkle/tree-shape.js';
import { formatTlogProof } from '#libs/tlog/tlog-proof.js';
import type { Effect } from './effect.js';
import type { Opening } from './entry.js';
import type { CallerPart, IndexedPerson, ProtectedPart } from './record.js';

/** Everything of the caller's half but what the log itself sets; members may be given as `undefined`. */
export type CallerFacts = Readonly<{
  [Member in Exclude<keyof CallerPart, 'log_time'>]: CallerPart[Member] | undefined;
}>;

export type NewEntry = Readonly<{
  caller: Partial<CallerFacts> & Readonly<Pick<CallerPart, 'event' | 'consumer'>>;
  protected: ProtectedPart;
  persons: readonly IndexedPerson[];
  effects: readonly Effect[];
  /** Records of one class are kept equally long; `standard` is two years (IDNrG § 9 Abs. 3). */
  retentionClass?: string;
}>;

export type LogHead = Readonly<{
  size: number;
  root: Buffer;
  frontier: readonly Buffer[];
  /** C2SP checkpoint; absent as long as the log is empty. */
  checkpoint: string | undefined;
}>;

export type ReceiptFacts = Readonly<{
  index: number;
  treeSize: number;
  rootHash: Buffer;
  checkpoint: string;
  inclusionProof: readonly Buffer[];
  leaf: Buffer;
  opening: Opening;
}>;

/** The queue is full. Nothing was written; worth trying again a little later. */
export class LogBusy extends Error {
  override readonly name = 'LogBusy';
}

/**
 * The log could not be written, or not as durably as promised: nothing may be fetched or released on the strength of
 * it. `written` tells whether the entries are in the log all the same.
 */
export class LogUnavailable extends Error {
  override readonly name = 'LogUnavailable';

  constructor(
    readonly written: 'no' | 'yes' | 'unknown',
    cause?: unknown,
  ) {
    super('the audit log cannot be written', { cause });
  }
}

/** A witness disputes the log, and the node does not go on with it: nothing was written, whoever asks again. */
export class LogDisputed extends Error {
  override readonly name = 'LogDisputed';
}

let issueReceipt: (facts: ReceiptFacts) => AuditReceipt;

/**
 * Proof that an entry is durably in the log. Whoever fetches or releases demands one as an argument: no receipt, no
 * fetch (FZV § 68). Only a log store can make it.
 */
export class AuditReceipt {
  // A private member makes the type nominal: no object literal passes for a receipt.
  readonly #facts: ReceiptFacts;

  private constructor(facts: ReceiptFacts) {
    this.#facts = facts;
  }

  static {
    issueReceipt = (facts) => new AuditReceipt(facts);
  }

  get index(): number {
    return this.#facts.index;
  }

  get treeSize(): number {
    return this.#facts.treeSize;
  }

  get rootHash(): Buffer {
    return this.#facts.rootHash;
  }

  /** C2SP tlog-checkpoint, signed. */
  get checkpoint(): string {
    return this.#facts.checkpoint;
  }

  /** Leaf sibling first (RFC 6962 § 2.1.1). */
  get inclusionProof(): readonly Buffer[] {
    return this.#facts.inclusionProof;
  }

  get leaf(): Buffer {
    return this.#facts.leaf;
  }

  get opening(): Opening {
    return this.#facts.opening;
  }

  /** The same as one C2SP tlog-proof file. */
  tlogProof(): string {
    return formatTlogProof({ index: this.index, proof: this.inclusionProof, checkpoint: this.checkpoint });
  }
}

/**
 * The tamper-evident log.
 *
 * - `append` writes the entries of one call at consecutive indices, in the given order, with all their effects, or
 *   nothing. Indices of the log have no gaps. Receipts come in the order of the entries, and only after the entries
 *   are durable.
 * - It throws `EffectRefused` when an effect does not hold; other calls, also of the same batch, are untouched. Of
 *   several calls that race for one trigger or one final outcome exactly one succeeds.
 * - It throws `LogBusy` when too many entries wait, `LogUnavailable` when the log cannot be written, `EntryInvalid` for
 *   an entry that no log can take. After any of them the caller has no receipt.
 * - The log sets `log_time`; it never falls from one index to the next, whatever the clocks of the nodes.
 * - `readNodes` gives hashes of complete subtrees in the order asked for, and fewer than asked when one is missing;
 *   they never change. `head` is the newest state.
 */
export abstract class LogStore {
  abstract append(entries: readonly NewEntry[]): Promise<AuditReceipt[]>;
  abstract head(): Promise<LogHead>;
  abstract readNodes(ids: readonly NodeId[]): Promise<Buffer[]>;

  /** The only way to a receipt: for implementations, after the entry is durable. */
  protected receipt(facts: ReceiptFacts): AuditReceipt {
    return issueReceipt(facts);
  }
}
