/** Of a double; enough to tell thousands of keys from each other (golden ratio, MurmurHash3). */
const [MIX_LOW, MIX_HIGH] = [0x9e3779b1, 0x85ebca6b];
const WORD = 2 ** 32;
const LEAST_BITS = 3;

/**
 * Prefixes of at most twelve digits, in a table of numbers with open addressing: a look-up touches one place of it and no text.
 * Texts in a map would lie all over the memory, and ten thousand of them take three times as long to find as a hundred.
 */
export class RegionKeys<T> {
  /** Of the keys that there are, longest first. */
  readonly lengths: readonly number[];
  readonly #bits: number;
  /** Zero where there is none. */
  readonly #keys: Float64Array;
  readonly #values: (T | undefined)[];

  constructor(entries: ReadonlyMap<string, T>) {
    this.lengths = [...new Set([...entries.keys()].map((key) => key.length))].sort((a, b) => b - a);
    // A fifth of it is free at least: a search is short.
    this.#bits = Math.max(LEAST_BITS, Math.ceil(Math.log2(entries.size * 1.25 + 1)));
    this.#keys = new Float64Array(2 ** this.#bits);
    this.#values = new Array<T | undefined>(2 ** this.#bits).fill(undefined);
    for (const [key, value] of entries) {
      const at = this.placeOf(numbered(Number(key), key.length));
      this.#keys[at] = numbered(Number(key), key.length);
      this.#values[at] = value;
    }
  }

  /** What there is at exactly the first `length` digits of a region. */
  at(region: string, length: number): T | undefined {
    if (length > region.length) return undefined;
    const digits = Math.trunc(Number(region) / 10 ** (region.length - length));
    return this.#values[this.placeOf(numbered(digits, length))];
  }

  /** Where it is, or would be. */
  private placeOf(key: number): number {
    const mixed = Math.imul(key >>> 0, MIX_LOW) ^ Math.imul(key / WORD, MIX_HIGH);
    const mask = this.#keys.length - 1;
    let at = mixed >>> (32 - this.#bits);
    while (this.#keys[at] !== 0 && this.#keys[at] !== key) at = (at + 1) & mask;
    return at;
  }
}

/** One number for each prefix, never zero: `04` is not `4`. */
function numbered(digits: number, length: number): number {
  return digits * 16 + length + 1;
}
