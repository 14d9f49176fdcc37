import { appendAll, frontier, restoreRange, root } from '#libs/merkle/compact-range.js';
import { leafHash } from '#libs/merkle/hash.js';
import { StartFault } from '../platform/run-process.js';
import { commitment, leafBytes, saltedHash } from './entry.js';
import type { LogReader, StoredRecord } from './log-reader.js';
import type { LogStore } from './log-store.js';
import { EntryInvalid } from './record.js';

/** Entries that are looked at before a node serves: some milliseconds, however large the log is. */
const NEWEST = 512;

/** The newest entries are not those over which the head was built: proofs of them would not hold. */
export class EntriesAltered extends StartFault {
  override readonly name = 'EntriesAltered';

  constructor(what: string) {
    super(`${what}; run "einmal audit fsck", which names the first wrong byte`);
  }
}

/**
 * Hashes the newest entries anew, up to a head that was checked against its signature, and recomputes what their records
 * commit to. Everything older is for `fsck` and for whoever verifies the log (docs/adr/0137).
 *
 * @returns indices of records that are not what was logged: those are shown to nobody, and the log goes on
 * @throws EntriesAltered
 */
export async function checkNewest(
  store: Pick<LogStore, 'head' | 'readNodes'>,
  reader: Pick<LogReader, 'leaves' | 'records' | 'record'>,
  newest = NEWEST,
): Promise<readonly number[]> {
  const head = await store.head();
  const first = Math.max(0, head.size - newest);
  const indices = Array.from({ length: head.size - first }, (_, i) => first + i);
  const before = frontier(first);
  const [leaves, hashes, nodes] = await Promise.all([
    reader.leaves(first, indices.length),
    store.readNodes(indices.map((index) => ({ level: 0, index }))),
    store.readNodes(before),
  ]);
  if (leaves.length !== indices.length || hashes.length !== indices.length || nodes.length !== before.length)
    throw new EntriesAltered(`an entry from ${first} on, or a node before it, is gone from the database`);
  const hashed = leaves.map((leaf) => leafHash(leaf));
  const wrong = hashed.findIndex((hash, i) => !hashes[i]?.equals(hash));
  if (wrong !== -1) throw new EntriesAltered(`entry ${first + wrong} of the database was altered`);
  if (!root(appendAll(restoreRange(first, nodes), hashed).range).equals(head.root))
    throw new EntriesAltered(`the entries from ${first} on are not those that this log signed`);
  const records = await legible(reader, indices);
  return records.flatMap((it) => {
    if (typeof it === 'number') return [it];
    return commits(it, leaves[it.index - first]) ? [] : [it.index];
  });
}

/** The records that there are; of one that cannot have been logged its index. */
async function legible(
  reader: Pick<LogReader, 'records' | 'record'>,
  indices: readonly number[],
): Promise<readonly (StoredRecord | number)[]> {
  try {
    return await reader.records(indices);
  } catch (error) {
    if (!isOfRow(error)) throw error;
  }
  const one = (index: number) =>
    reader.record(index).catch((error: unknown) => {
      if (isOfRow(error)) return index;
      throw error;
    });
  const found: (StoredRecord | number)[] = [];
  for (const index of indices) found.push(...[await one(index)].filter((it) => it !== undefined));
  return found;
}

function commits({ caller, callerSalt, protectedHash }: StoredRecord, leaf: Buffer | undefined): boolean {
  return leaf?.equals(leafBytes(commitment(saltedHash(callerSalt, caller), protectedHash))) === true;
}

/** What no entry can have had: a text that is none, a time that is none. */
function isOfRow(error: unknown): boolean {
  return error instanceof EntryInvalid || error instanceof RangeError || error instanceof TypeError;
}
