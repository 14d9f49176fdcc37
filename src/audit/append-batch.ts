import { randomBytes } from 'node:crypto';
import { appendAll, type CompactRange, frontierNodes, root, type TreeNode } from '#libs/merkle/compact-range.js';
import { leafHash } from '#libs/merkle/hash.js';
import { assembleProof, inclusionPath } from '#libs/merkle/proof.js';
import { signCheckpoint } from '#libs/tlog/checkpoint.js';
import type { NoteSigner } from '#libs/tlog/signed-note.js';
import { epochAt } from '../vault/key-vault.js';
import type { CurrentKeys } from './current-keys.js';
import { commitment, leafBytes, type Opening, SALT_BYTES, saltedHash } from './entry.js';
import type { NewEntry, ReceiptFacts } from './log-store.js';
import { type CallerPart, callerPart } from './record.js';
import { type SealedRecord, sealRecord } from './record-cipher.js';
import { type SubjectRow, subjectRows } from './subject-index.js';

/** All of an entry that does not depend on its place and time: made before the head is locked. */
export type Draft = Readonly<{
  entry: NewEntry;
  callerSalt: Buffer;
  protectedHash: Buffer;
  sealed: SealedRecord;
  subjects: readonly SubjectRow[];
}>;

export type PlacedEntry = Readonly<{ index: number; leaf: Buffer; leafHash: Buffer; caller: CallerPart; draft: Draft }>;

export type Batch = Readonly<{
  oldSize: number;
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
  const epoch = epochAt(nowMs, entry.retentionClass ?? 'standard');
  callerAt(entry, new Date(nowMs).toISOString());
  const keys = await current.keysOf(epoch);
  const protectedSalt = randomBytes(SALT_BYTES);
  return {
    entry,
    callerSalt: randomBytes(SALT_BYTES),
    protectedHash: saltedHash(protectedSalt, entry.protected),
    sealed: sealRecord(entry.protected, protectedSalt, epoch, keys),
    subjects: subjectRows(keys.indexKey, entry.persons),
  };
}

/** Places drafts behind a head: leaves, tree, one signed checkpoint for all. The caller holds the lock of that head. */
export function buildBatch(old: CompactRange, logTime: string, drafts: readonly Draft[], signer: NoteSigner): Batch {
  const entries = drafts.map((draft, position): PlacedEntry => {
    const caller = callerAt(draft.entry, logTime);
    const leaf = leafBytes(commitment(saltedHash(draft.callerSalt, caller), draft.protectedHash));
    return { index: old.size + position, leaf, leafHash: leafHash(leaf), caller, draft };
  });
  const { range, newNodes } = appendAll(
    old,
    entries.map((entry) => entry.leafHash),
  );
  const rootHash = root(range);
  const checkpoint = signCheckpoint({ origin: signer.name, size: range.size, root: rootHash }, [signer]);
  // The old frontier and what is new hold every sibling that proofs of the new leaves need: nothing is read back.
  const known = new Map(
    [...frontierNodes(old), ...newNodes].map(({ level, index, hash }) => [`${level}/${index}`, hash]),
  );
  return {
    oldSize: old.size,
    range,
    rootHash,
    checkpoint,
    logTime,
    entries,
    innerNodes: newNodes.filter(({ level }) => level > 0),
    receiptOf({ index, leaf, caller, draft }) {
      const path = inclusionPath(index, range.size);
      const siblings = path.flat().flatMap((id) => known.get(`${id.level}/${id.index}`) ?? []);
      return {
        index,
        treeSize: range.size,
        rootHash,
        checkpoint,
        inclusionProof: assembleProof(path, siblings),
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

function callerAt({ caller }: NewEntry, logTime: string): CallerPart {
  const { event, consumer } = caller;
  return callerPart({
    event,
    log_time: logTime,
    consumer,
    exchange_ref: caller.exchange_ref,
    retrieval_ref: caller.retrieval_ref,
    register: caller.register,
    evidence_type: caller.evidence_type,
    purpose: caller.purpose,
    legal_basis: caller.legal_basis,
    outcome: caller.outcome,
    reason: caller.reason,
    subject_role: caller.subject_role,
    release_digest: caller.release_digest,
    trigger_id: caller.trigger_id,
  });
}
