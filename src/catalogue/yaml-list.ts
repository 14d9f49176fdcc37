import type { FileBytes } from './file-bytes.js';

/** A file that is one list of entries in block style: where each entry begins. */
export type YamlList = Readonly<{
  /** The one member of the file. */
  name: string;
  count: number;
  /** Bytes from the `first` entry to before the one at `end`, a list by itself. */
  range(first: number, end: number): readonly [start: number, end: number];
  /** Counts from 1. */
  lineOf(index: number): number;
}>;

const [LF, CR, SPACE, HASH, DASH] = [10, 13, 32, 35, 45];
/** The member's line, and nothing else on it but a comment. */
const HEAD = /^([a-z_]+):[ ]*(#.*)?\r?$/;
const BLOCK_BYTES = 1024 * 1024;

/**
 * Finds the entries of `name:` with its list below, without parsing them, so that a large file can be read piece by piece.
 * Undefined for whatever is not provably of that form: any line between entries that is less indented than they are, a
 * second document, a list in brackets. Text that is cut here means the same as the whole.
 */
export function yamlList(bytes: FileBytes): YamlList | undefined {
  const offsets: number[] = [];
  const lines: number[] = [];
  let name: string | undefined;
  let indent = -1;
  for (const { block, at, start, end, number } of linesOf(bytes)) {
    let first = start;
    while (first < end && block[first] === SPACE) first++;
    if (first === end || block[first] === CR || block[first] === HASH) continue;
    if (name === undefined) {
      [, name] = HEAD.exec(block.toString('latin1', start, end)) ?? [];
      if (name === undefined) return undefined;
      continue;
    }
    if (indent < 0) indent = first - start;
    if (first - start < indent) return undefined;
    if (first - start > indent) continue;
    const next = first + 1 < end ? block[first + 1] : LF;
    if (block[first] !== DASH || (next !== SPACE && next !== LF && next !== CR)) return undefined;
    offsets.push(at + start);
    lines.push(number);
  }
  if (name === undefined || offsets.length === 0) return undefined;
  return {
    name,
    count: offsets.length,
    range: (from, to) => [offsets[from] ?? bytes.size, offsets[to] ?? bytes.size],
    lineOf: (index) => lines[index] ?? 0,
  };
}

/** A line within a block that was read at `at`; the same object for every line. */
type Line = { block: Buffer; at: number; start: number; end: number; number: number };

function* linesOf(bytes: FileBytes): Generator<Readonly<Line>> {
  const line: Line = { block: Buffer.alloc(0), at: 0, start: 0, end: 0, number: 0 };
  let length = BLOCK_BYTES;
  while (line.at < bytes.size) {
    line.block = bytes.read(line.at, line.at + length);
    const isLast = line.at + line.block.length >= bytes.size;
    let start = 0;
    while (start < line.block.length) {
      const found = line.block.indexOf(LF, start);
      if (found < 0 && !isLast) break;
      line.start = start;
      line.end = found < 0 ? line.block.length : found;
      line.number++;
      yield line;
      start = line.end + 1;
    }
    // A line that is longer than a block is read again with more of it.
    length = start === 0 ? length * 2 : BLOCK_BYTES;
    line.at += Math.min(start, line.block.length);
  }
}
