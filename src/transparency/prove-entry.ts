import { leafHash } from '#libs/merkle/hash.js';
import { inclusionProof } from '#libs/merkle/proof.js';
import { verifyInclusion } from '#libs/merkle/verify.js';
import { openCheckpoint } from '#libs/tlog/checkpoint.js';
import { ed25519Verifier } from '#libs/tlog/signed-note.js';
import { formatTlogProof } from '#libs/tlog/tlog-proof.js';
import { commitment, leafBytes, openingOf, saltedHash } from '../audit/entry.js';
import type { StoredRecord } from '../audit/log-reader.js';
import type { LogStore } from '../audit/log-store.js';
import type { ReceiptCopy } from '../audit/receipt.js';
import { RecordUnreadable } from '../audit/record-cipher.js';

/** A receipt for a record, in the tree of a checkpoint. Nothing is proved on the word of the database: log key, tree and record must agree. */
export async function proveEntry(
  store: LogStore,
  record: StoredRecord,
  { checkpoint: note, vkey }: Readonly<{ checkpoint: string; vkey: string }>,
): Promise<ReceiptCopy> {
  const { index, leaf, caller, callerSalt, protectedHash } = record;
  const { size, root } = openCheckpoint(note, ed25519Verifier(vkey));
  if (!leafBytes(commitment(saltedHash(callerSalt, caller), protectedHash)).equals(leaf))
    throw new RecordUnreadable(`record ${index} is not what its leaf commits to`);
  const proof = await inclusionProof(index, size, (ids) => store.readNodes(ids));
  verifyInclusion({ index, size, leafHash: leafHash(leaf), proof, root });
  return {
    ...{ index, treeSize: size, rootHash: root, checkpoint: note, inclusionProof: proof, leaf },
    opening: openingOf(record),
    tlogProof: formatTlogProof({ index, proof, checkpoint: note }),
  };
}
