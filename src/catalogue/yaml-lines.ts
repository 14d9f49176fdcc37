import { createRequire } from 'node:module';
import type { Document, LineCounter } from 'yaml';
import type { Fault } from './catalogue-fault.js';

const require = createRequire(import.meta.url);

/** What is wrong with a text, and where its parts are. Slow and for people: only what has a fault is looked at. */
export class YamlLines {
  // Loaded by whoever has something to say, and by no process whose files have no fault.
  readonly #yaml = require('yaml') as typeof import('yaml');
  readonly #lines: LineCounter = new this.#yaml.LineCounter();
  readonly #document: Document.Parsed;

  /** @param before lines of the file before this text */
  constructor(
    private readonly file: string,
    text: string,
    private readonly before = 0,
  ) {
    this.#document = this.#yaml.parseDocument(text, {
      lineCounter: this.#lines,
      prettyErrors: false,
      uniqueKeys: true,
      schema: 'core',
    });
  }

  faults(): Fault[] {
    const { errors, warnings } = this.#document;
    return [...errors, ...warnings].map(({ pos, message }) => ({
      file: this.file,
      line: this.#lineAt(pos[0]),
      message,
    }));
  }

  /** Line of the node at this path, or of the nearest one above it. With `key`, of that member's name. */
  lineOf(path: readonly (string | number)[], key?: string): number {
    const { isCollection, isMap, isNode, isScalar } = this.#yaml;
    let node: unknown = this.#document.contents;
    let line = isNode(node) && node.range ? this.#lineAt(node.range[0]) : this.before + 1;
    for (const segment of path) {
      if (!isCollection(node)) break;
      const next: unknown = node.get(segment, true);
      const name = isMap(node) ? node.items.find((it) => isScalar(it.key) && it.key.value === segment)?.key : undefined;
      if (isScalar(next) && next.range) line = this.#lineAt(next.range[0]);
      else if (isScalar(name) && name.range) line = this.#lineAt(name.range[0]);
      else if (isNode(next) && next.range) line = this.#lineAt(next.range[0]);
      node = next;
    }
    if (key === undefined || !isMap(node)) return line;
    const named = node.items.find((it) => isScalar(it.key) && it.key.value === key)?.key;
    return isScalar(named) && named.range ? this.#lineAt(named.range[0]) : line;
  }

  /** No reader says which alias was one too many: the first leads to it. */
  firstAlias(): number {
    let line = 0;
    const { visit } = this.#yaml;
    visit(this.#document, {
      Alias: (_, { range }) => {
        line = range ? this.#lineAt(range[0]) : 0;
        return visit.BREAK;
      },
    });
    return line;
  }

  #lineAt(offset: number): number {
    return this.before + this.#lines.linePos(offset).line;
  }
}
