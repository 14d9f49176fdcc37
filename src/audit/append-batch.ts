import { randomBytes } from 'node:crypto';
import { appendedProofs } from '#libs/merkle/appended-proofs.js';
import { appendAll, type CompactRange, root, type TreeNode } from '#libs/merkle/compact-range.js';
import { leafHash } from '#libs/merkle/hash.js';
import { signCheckpoint } from '#libs/tlog/checkpoint.js';
import type { NoteSigner } from '#libs/tlog/signed-note.js';
import { epochAt, STANDARD } from '../vault/key-vault.js';
import type { CurrentKeys } from './current-keys.js';
import { commitment, leafBytes, type Opening, SALT_BYTES, saltedHash } from './entry.js';
import type { NewEntry, ReceiptFacts } from './log-store.js';
import { type CallerPart, callerPart, EntryInvalid } from './record.js';
import { type SealedRecord, sealRecord } from './record-cipher.js';
import { type SubjectRow, subjectRows } from './subject-index.js';

/** All of an entry that does not depend on its place and time: made before the head is locked. */
export type Draft = Readonly<{
  entry: NewEntry;
  /** Checked; complete but for its time. */
  caller: Omit<CallerPart, 'log_time'>;
  callerSalt: Buffer;
  protectedHash: Buffer;
  sealed: SealedRecord;
  subjects: readonly SubjectRow[];
}>;

export type PlacedEntry = Readonly<{ index: number; leaf: Buffer; leafHash: Buffer; caller: CallerPart; draft: Draft }>;

/** What a batch continues: the tree, and what was signed over it; nothing over the empty tree. */
export type SignedTree = Readonly<{ range: CompactRange; checkpoint: string | undefined }>;

export type Batch = Readonly<{
  old: SignedTree & Readonly<{ rootHash: Buffer }>;
  range: CompactRange;
  rootHash: Buffer;
  checkpoint: string;
  logTime: string;
  entries: readonly PlacedEntry[];
  /** Subtrees above the leaves that this batch completes. */
  innerNodes: readonly TreeNode[];
  receiptOf(entry: PlacedEntry): ReceiptFacts;
}>;

/** Encrypts and salts one entry. Throws `EntryInvalid` before anything of it can disturb a batch. */
export async function draftEntry(entry: NewEntry, current: CurrentKeys, nowMs: number): Promise<Draft> {
  const epoch = epochAt(nowMs, entry.retentionClass ?? STANDARD);
  const { log_time, ...caller } = callerPart({ ...entry.caller, log_time: new Date(nowMs).toISOString() });
  for (const effect of entry.effects)
    if ('expiresAt' in effect && Number.isNaN(effect.expiresAt.getTime())) throw new EntryInvalid('expiresAt');
  const keys = await current.keysOf(epoch);
  // One call for both: asking for randomness costs more than the bytes.
  const salts = randomBytes(2 * SALT_BYTES);
  const sealed = sealRecord(entry.protected, salts.subarray(SALT_BYTES), epoch, keys);
  return {
    entry,
    caller,
    callerSalt: salts.subarray(0, SALT_BYTES),
    protectedHash: sealed.protectedHash,
    sealed,
    subjects: subjectRows(keys.indexKey, entry.persons),
  };
}

/** Places drafts behind a head: leaves, tree, one signed checkpoint for all. The caller holds the lock of that head. */
export function buildBatch(
  { range: old, checkpoint: before }: SignedTree,
  logTime: string,
  drafts: readonly Draft[],
  signer: NoteSigner,
): Batch {
  const entries = drafts.map((draft, position): PlacedEntry => {
    const caller = { ...draft.caller, log_time: logTime };
    const leaf = leafBytes(commitment(saltedHash(draft.callerSalt, caller), draft.protectedHash));
    return { index: old.size + position, leaf, leafHash: leafHash(leaf), caller, draft };
  });
  const { range, newNodes } = appendAll(
    old,
    entries.map((entry) => entry.leafHash),
  );
  const rootHash = root(range);
  const checkpoint = signCheckpoint({ origin: signer.name, size: range.size, root: rootHash }, [signer]);
  const proofs = appendedProofs(old, newNodes, range.size);
  return {
    old: { range: old, rootHash: root(old), checkpoint: before },
    range,
    rootHash,
    checkpoint,
    logTime,
    entries,
    innerNodes: newNodes.filter(({ level }) => level > 0),
    receiptOf({ index, leaf, caller, draft }) {
      return {
        index,
        treeSize: range.size,
        rootHash,
        checkpoint,
        inclusionProof: proofs[index - old.size] ?? [],
        leaf,
        opening: opening(caller, draft),
      };
    },
  };
}

function opening(caller: CallerPart, { callerSalt, protectedHash }: Draft): Opening {
  return {
    version: 1,
    caller_salt: callerSalt.toString('base64url'),
    caller,
    protected_hash: protectedHash.toString('base64url'),
  };
}
