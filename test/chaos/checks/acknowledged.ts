import { openCheckpoint, verifyReceipt, verifyRelease } from '../../verifier/second-verifier.js';
import type { Acknowledgement, SeenLately } from '../seen.js';
import type { Tree } from './tree.js';

/** All that anybody outside was ever told about the log. Nothing of it may be missing, and everything must fit together. */
export class Acknowledged {
  /** Index → the leaf that somebody has a receipt for. */
  readonly #leaves = new Map<number, Buffer>();
  /** Notes that were verified, by their text; size → root that the log signed. */
  readonly #notes = new Set<string>();
  readonly #roots = new Map<number, Buffer>();
  /** Those that were not found in place yet. */
  #newLeaves: (readonly [number, Buffer])[] = [];
  #newRoots: (readonly [number, Buffer])[] = [];

  constructor(private readonly vkey: string) {}

  get count(): number {
    return this.#leaves.size;
  }

  get checkpoints(): number {
    return this.#roots.size;
  }

  /** What does not hold in itself. */
  learn({ acknowledgements, releases }: Pick<SeenLately, 'acknowledgements' | 'releases'>): readonly string[] {
    return [
      ...acknowledgements.flatMap((it) => this.learnOne(it)),
      ...releases.flatMap(({ by, document }) =>
        verifyRelease(document, this.vkey).map((fault) => `an answer of ${by}: ${fault}`),
      ),
    ];
  }

  /**
   * Acknowledged entries that are missing, and signed trees that are not the beginning of this one. What was found in
   * place stays there as long as the tree only grows; `isGrown` says that it did.
   */
  missing(tree: Tree, isGrown: boolean): readonly string[] {
    const isInPlace = ([index, leaf]: readonly [number, Buffer]) => index < tree.size && tree.leaf(index).equals(leaf);
    const isBeginning = ([size, root]: readonly [number, Buffer]) => size <= tree.size && tree.root(size).equals(root);
    const lost = (isGrown ? this.#newLeaves : [...this.#leaves]).filter((it) => !isInPlace(it));
    const forked = (isGrown ? this.#newRoots : [...this.#roots]).filter((it) => !isBeginning(it));
    this.#newLeaves = lost;
    this.#newRoots = forked;
    return [
      ...lost.map(([index]) => `acknowledged entry ${index} is not in the log`),
      ...forked.map(([size]) => `the checkpoint of ${size} entries is not consistent with the log`),
    ];
  }

  private learnOne({ by, what, receipt }: Acknowledgement): readonly string[] {
    const faults: string[] = [];
    const leaf = Buffer.from(receipt.entry, 'base64');
    const known = this.#leaves.get(receipt.log_index);
    if (known !== undefined && !known.equals(leaf)) faults.push(`index ${receipt.log_index} was given twice`);
    this.#leaves.set(receipt.log_index, leaf);
    this.#newLeaves.push([receipt.log_index, leaf]);
    faults.push(...verifyReceipt(receipt, this.vkey));
    if (!this.#notes.has(receipt.checkpoint)) {
      this.#notes.add(receipt.checkpoint);
      try {
        const { size, root } = openCheckpoint(receipt.checkpoint, this.vkey);
        if (this.#roots.get(size)?.equals(root) === false) faults.push(`two trees of ${size} entries were signed`);
        this.#roots.set(size, root);
        this.#newRoots.push([size, root]);
      } catch (error) {
        faults.push((error as Error).message);
      }
    }
    return faults.map((fault) => `receipt of "${what}" from ${by}: ${fault}`);
  }
}
