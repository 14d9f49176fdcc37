import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { consistencyProof } from '#libs/merkle/proof.js';
import { LogStore } from '../audit/log-store.js';
import { BeyondLog, treeAt } from './tree-at.js';

export type ConsistencyProof = Readonly<{ proof: readonly Buffer[]; newSize: number; newRootHash: Buffer }>;

/** Proves that the newest tree, or an earlier one, only appends to an older tree (RFC 6962 § 2.1.2). */
export class ProveConsistency extends Query<ConsistencyProof> {
  constructor(
    readonly oldSize: number,
    readonly newSize?: number,
  ) {
    super();
  }
}

@QueryHandler(ProveConsistency)
export class ProveConsistencyHandler implements IQueryHandler<ProveConsistency> {
  constructor(private readonly store: LogStore) {}

  /** Throws `BeyondLog`, or `ProofFault` for what is no size, for sizes in the wrong order, and where the log lacks a node. */
  async execute({ oldSize, newSize }: ProveConsistency): Promise<ConsistencyProof> {
    const { treeSize, rootHash } = await treeAt(this.store, newSize);
    if (newSize === undefined && oldSize > treeSize) throw new BeyondLog(treeSize);
    const proof = await consistencyProof(oldSize, treeSize, (ids) => this.store.readNodes(ids));
    return { proof, newSize: treeSize, newRootHash: rootHash };
  }
}
