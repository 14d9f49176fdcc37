import { appendAll, emptyRange } from '#libs/merkle/compact-range.js';
import { leafHash } from '#libs/merkle/hash.js';
import { consistencyProof, type ReadNodes } from '#libs/merkle/proof.js';
import { signCheckpoint } from '#libs/tlog/checkpoint.js';
import type { NoteSigner } from '#libs/tlog/signed-note.js';
import { formatAddCheckpoint } from '#libs/tlog/witness-request.js';
import type { Seen } from '../../src/witness-desk/witness-memory.js';
import { naiveRoot } from '../libs/merkle/naive-tree.js';
import { signer } from '../libs/tlog/keys.js';

export const SIZE = 70;
export const log = signer(1);

export type History = Readonly<{
  rootAt(size: number): Buffer;
  checkpoint(size: number, by?: NoteSigner): string;
  /** Body of an add-checkpoint call. */
  request(oldSize: number, newSize: number): Promise<string>;
  seen(size: number): Seen;
}>;

/** The log as it is, up to {@link SIZE} leaves; with `forkedAt` the one that shares only so many leaves with it. */
export function history(forkedAt = SIZE, signedBy: NoteSigner = log): History {
  const leaves = Array.from({ length: SIZE }, (_, i) => leafHash(Buffer.from(i < forkedAt ? `entry ${i}` : `x${i}`)));
  const stored = new Map(
    appendAll(emptyRange, leaves).newNodes.map(({ level, index, hash }) => [`${level}/${index}`, hash]),
  );
  const readNodes: ReadNodes = async (ids) => ids.flatMap(({ level, index }) => stored.get(`${level}/${index}`) ?? []);
  const rootAt = (size: number) => naiveRoot(leaves.slice(0, size));
  const checkpoint = (size: number, by = signedBy) =>
    signCheckpoint({ origin: signedBy.name, size, root: rootAt(size) }, [by]);
  return {
    rootAt,
    checkpoint,
    request: async (oldSize, newSize) =>
      formatAddCheckpoint({
        oldSize,
        proof: await consistencyProof(oldSize, newSize, readNodes),
        checkpoint: checkpoint(newSize),
      }),
    seen: (size) => ({ size, root: rootAt(size), note: checkpoint(size) }),
  };
}
