import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { inclusionProof } from '#libs/merkle/proof.js';
import { ProofFault } from '#libs/merkle/proof-fault.js';
import { LogStore } from '../audit/log-store.js';
import { BeyondLog, treeAt } from './tree-at.js';

export type InclusionProof = Readonly<{
  leafHash: Buffer;
  proof: readonly Buffer[];
  treeSize: number;
  rootHash: Buffer;
}>;

/** Proves that the entry at an index is in the newest tree, or in an earlier one (RFC 6962 § 2.1.1). */
export class ProveInclusion extends Query<InclusionProof> {
  constructor(
    readonly index: number,
    readonly treeSize?: number,
  ) {
    super();
  }
}

@QueryHandler(ProveInclusion)
export class ProveInclusionHandler implements IQueryHandler<ProveInclusion> {
  constructor(private readonly store: LogStore) {}

  /** Throws `BeyondLog`, or `ProofFault` for what is no index or size and where the log lacks a node. */
  async execute({ index, treeSize }: ProveInclusion): Promise<InclusionProof> {
    const tree = await treeAt(this.store, treeSize);
    if (index >= tree.treeSize) throw new BeyondLog(tree.treeSize);
    const proof = await inclusionProof(index, tree.treeSize, (ids) => this.store.readNodes(ids));
    const [leafHash] = await this.store.readNodes([{ level: 0, index }]);
    if (leafHash === undefined) throw new ProofFault('NODE_MISSING', 'the log lacks a leaf');
    return { leafHash, proof, ...tree };
  }
}
