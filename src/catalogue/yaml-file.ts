import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, isCollection, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { Fault } from './catalogue-fault.js';

export type Path = readonly (string | number)[];

export type YamlFile = Readonly<{
  name: string;
  /** Absent where the file could not be read or is not YAML; `faults` says why. */
  content?: unknown;
  faults: readonly Fault[];
  /** Line of the node at this path, or of the nearest one above it. With `key`, of that member's name. */
  lineOf: (path: Path, key?: string) => number;
}>;

/** Anchors are of use in a list of fields; a chain of aliases that multiplies is an attack ("billion laughs"). */
const MAX_ALIASES = 100;

function unreadable(name: string, message: string): YamlFile {
  return { name, faults: [{ file: name, line: 0, message }], lineOf: () => 0 };
}

/** Reads one file of plain YAML 1.2: no duplicate keys, no tags of its own, bounded size and aliases. */
export function readYamlFile(folder: string, name: string, maxBytes: number): YamlFile {
  let text: string;
  try {
    const path = join(folder, name);
    const { size } = statSync(path);
    if (size > maxBytes) return unreadable(name, `is larger than ${maxBytes} bytes`);
    text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    const missing = typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
    return unreadable(name, missing ? 'is missing' : 'cannot be read as UTF-8 text');
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true, schema: 'core' });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const problems = [...document.errors, ...document.warnings];
  const faults = problems.map(({ pos, message }) => ({ file: name, line: lineAt(pos[0]), message }));

  const lineOf = (path: Path, key?: string): number => {
    let node: unknown = document.contents;
    let line = isNode(node) && node.range ? lineAt(node.range[0]) : 1;
    for (const segment of path) {
      if (!isCollection(node)) break;
      const next: unknown = node.get(segment, true);
      const name = isMap(node) ? node.items.find((it) => isScalar(it.key) && it.key.value === segment)?.key : undefined;
      if (isScalar(next) && next.range) line = lineAt(next.range[0]);
      else if (isScalar(name) && name.range) line = lineAt(name.range[0]);
      else if (isNode(next) && next.range) line = lineAt(next.range[0]);
      node = next;
    }
    if (key === undefined || !isMap(node)) return line;
    const named = node.items.find((it) => isScalar(it.key) && it.key.value === key)?.key;
    return isScalar(named) && named.range ? lineAt(named.range[0]) : line;
  };

  if (faults.length > 0) return { name, faults, lineOf };
  try {
    return { name, content: document.toJS({ maxAliasCount: MAX_ALIASES }), faults, lineOf };
  } catch {
    return {
      name,
      faults: [
        {
          file: name,
          line: firstAlias(document, lineAt),
          message: `has unresolvable or more than ${MAX_ALIASES} aliases`,
        },
      ],
      lineOf,
    };
  }
}

/** The library does not say which alias was one too many. */
function firstAlias(document: Document, lineAt: (offset: number) => number): number {
  let line = 0;
  visit(document, {
    Alias(_, { range }) {
      line = range ? lineAt(range[0]) : 0;
      return visit.BREAK;
    },
  });
  return line;
}
