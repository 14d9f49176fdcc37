import { join } from 'node:path';
import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import { atOnce as allAtOnce, type Steps } from '../platform/slices.js';
import { isSystemError } from '../platform/system-error.js';
import type { Fault } from './catalogue-fault.js';
import { digestOfBytes } from './digest-of-bytes.js';
import { bytesInMemory, type FileBytes, utf8, withFileBytes } from './file-bytes.js';
import { StringPool } from './string-pool.js';
import { YamlLines } from './yaml-lines.js';
import { type YamlList, yamlList } from './yaml-list.js';

export type Path = readonly (string | number)[];

export type YamlFile = Readonly<{
  name: string;
  /** Absent where the file could not be read or is not YAML; `faults` says why. */
  content?: unknown;
  faults: readonly Fault[];
  /** Of the bytes that were read, where they are few enough to be recognised by it. */
  digest?: string;
  /** Line of the node at this path, or of the nearest one above it. With `key`, of that member's name. */
  lineOf: (path: Path, key?: string) => number;
}>;

/** Anchors are of use in a list of fields; a chain of aliases that multiplies is an attack ("billion laughs"). */
const MAX_ALIASES = 100;
/** Enough that the parser's start costs nothing, little enough that its leftovers do not count. */
const ENTRIES_AT_ONCE = 100;
/** So that a file is not read a second time where nobody would recognise it. */
const RECOGNISED_BYTES = 2 * 1024 * 1024;

/** A file this large that cannot be read entry by entry is not looked at line by line: that takes a minute and gigabytes. */
const LINES_OF_AT_MOST = 8 * 1024 * 1024;

class AliasFault extends Error {}

/** Where a file is read from, each time that it is. */
type Source = <T>(use: (bytes: FileBytes) => T) => T;

/** What is to be said of a file that is not there. */
export function missingFile(name: string): YamlFile {
  return unreadable(name, 'is missing');
}

/** Reads one file of plain YAML 1.2: no duplicate keys, no tags of its own, bounded size, depth and aliases. */
export function readYamlFile(folder: string, name: string, maxBytes: number, pause?: () => void): YamlFile {
  return read(name, maxBytes, (use) => withFileBytes(join(folder, name), use), pause);
}

/** The same for a file that is in memory. */
export function parseYamlFile(name: string, content: Buffer, maxBytes: number, pause?: () => void): YamlFile {
  return read(name, maxBytes, (use) => use(bytesInMemory(content)), pause);
}

function read(name: string, maxBytes: number, source: Source, pause?: () => void): YamlFile {
  try {
    return source((bytes) => {
      if (bytes.size > maxBytes) return unreadable(name, `is larger than ${maxBytes} bytes`);
      if (bytes.size > RECOGNISED_BYTES) return entryByEntry(name, bytes, source, pause) ?? atOnce(name, bytes);
      // Taken once: a file that is written meanwhile must not have the digest of what nobody has read.
      const taken = bytes.read(0, bytes.size);
      const inMemory = bytesInMemory(taken);
      const file = entryByEntry(name, inMemory, source, pause) ?? atOnce(name, inMemory);
      return { ...file, digest: digestOfBytes(taken) };
    });
  } catch (error) {
    return unreadable(name, isSystemError(error, 'ENOENT') ? 'is missing' : 'cannot be read as UTF-8 text');
  }
}

/** Undefined where the entries cannot be read apart from each other, or not at all: the whole says why. */
function entryByEntry(name: string, bytes: FileBytes, source: Source, pause?: () => void): YamlFile | undefined {
  const list = yamlList(bytes);
  if (list === undefined) return undefined;
  const entries = allAtOnce(entriesOf(list, bytes), pause);
  if (entries === undefined) return undefined;
  return { name, content: { [list.name]: entries }, faults: [], lineOf: linesOfList(name, list, source) };
}

function* entriesOf(list: YamlList, bytes: FileBytes): Steps<readonly unknown[] | undefined> {
  const pool = new StringPool();
  const entries: unknown[] = [];
  try {
    for (let first = 0; first < list.count; first += ENTRIES_AT_ONCE) {
      const end = Math.min(first + ENTRIES_AT_ONCE, list.count);
      const parsed = plain(utf8(bytes.read(...list.range(first, end))));
      if (!Array.isArray(parsed) || parsed.length !== end - first) return undefined;
      for (const entry of parsed) entries.push(pool.pooled(entry));
      yield;
    }
  } catch {
    return undefined;
  }
  return entries;
}

/**
 * What a file says, as `parseYamlFile` reads it, for those who cannot wait until it is read. Undefined where that would say what is
 * wrong with it.
 */
export function* plainContent(content: Buffer): Steps<unknown> {
  const bytes = bytesInMemory(content);
  const list = yamlList(bytes);
  const entries = list && (yield* entriesOf(list, bytes));
  if (list !== undefined && entries !== undefined) return { [list.name]: entries };
  try {
    return plain(utf8(content));
  } catch {
    return undefined;
  }
}

function atOnce(name: string, bytes: FileBytes): YamlFile {
  const text = utf8(bytes.read(0, bytes.size));
  let lines: YamlLines | undefined;
  const lineOf: YamlFile['lineOf'] = (path, key) => {
    if (bytes.size > LINES_OF_AT_MOST) return 0;
    lines ??= new YamlLines(name, text);
    return lines.lineOf(path, key);
  };
  try {
    return { name, content: plain(text), faults: [], lineOf };
  } catch (error) {
    if (bytes.size > LINES_OF_AT_MOST) return { name, faults: [faultOf(name, error)], lineOf };
    lines = new YamlLines(name, text);
    const faults = lines.faults();
    return { name, faults: faults.length > 0 ? faults : [faultOf(name, error, lines)], lineOf };
  }
}

/** @param lines where the text is small enough to look for the place */
function faultOf(file: string, error: unknown, lines?: YamlLines): Fault {
  if (error instanceof AliasFault) return { file, line: lines?.firstAlias() ?? 0, message: error.message };
  if (error instanceof YAMLException) return { file, line: (error.mark?.line ?? -1) + 1, message: error.reason };
  return { file, line: 0, message: error instanceof Error ? error.message : 'is not YAML' };
}

function plain(text: string): unknown {
  const content = load(text, { schema: CORE_SCHEMA, maxAliases: MAX_ALIASES });
  if (multiplies(content, text)) throw new AliasFault('has aliases that multiply');
  return content;
}

/** Looks at the one entry that is meant. */
function linesOfList(name: string, list: YamlList, source: Source): YamlFile['lineOf'] {
  let last: Readonly<{ index: number; lines: YamlLines }> | undefined;
  return ([section, index, ...rest], key) => {
    if (section !== list.name || typeof index !== 'number' || index >= list.count)
      return Math.max(1, list.lineOf(0) - 1);
    if (last?.index !== index) {
      const text = source((bytes) => bytes.read(...list.range(index, index + 1)).toString('utf8'));
      last = { index, lines: new YamlLines(name, text, list.lineOf(index) - 1) };
    }
    return last.lines.lineOf([0, ...rest], key);
  };
}

/** Whether a text of this size can hold so much only by aliases of aliases. */
function multiplies(content: unknown, text: string): boolean {
  if (!text.includes('*')) return false;
  let left = text.length + 10_000;
  const isTooMuch = (value: unknown): boolean => {
    if (left-- < 0) return true;
    return typeof value === 'object' && value !== null && Object.values(value).some(isTooMuch);
  };
  return isTooMuch(content);
}

function unreadable(name: string, message: string): YamlFile {
  return { name, faults: [{ file: name, line: 0, message }], lineOf: () => 0 };
}
