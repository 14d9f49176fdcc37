/** Equal parts of plain data, kept once: a catalogue of a hundred thousand rules says few different things. */
export class StringPool {
  readonly #texts = new Map<string, string>();
  readonly #parts = new Map<string, unknown>();

  /** Takes plain data that nobody else holds, and gives back the same in less memory. */
  pooled(value: unknown): unknown {
    if (typeof value === 'string') return this.#text(value);
    return typeof value === 'object' && value !== null ? this.#members(value) : value;
  }

  #text(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined || !text.isWellFormed()) return known ?? text;
    // A text cut out of a file keeps the whole file in memory; a copy does not.
    const copy = Buffer.from(text).toString();
    this.#texts.set(copy, copy);
    return copy;
  }

  #members(owner: object): object {
    for (const [name, member] of Object.entries(owner)) {
      const isPart = typeof member === 'object' && member !== null;
      Reflect.set(owner, name, isPart ? this.#part(member) : this.pooled(member));
    }
    return owner;
  }

  #part(part: object): unknown {
    const key = JSON.stringify(part);
    const known = this.#parts.get(key);
    if (known !== undefined) return known;
    const own = this.#members(part);
    this.#parts.set(key, own);
    return own;
  }
}
