import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { appendedProofs } from '#libs/merkle/appended-proofs.js';
import { appendAll, emptyRange, root } from '#libs/merkle/compact-range.js';
import { leafHash } from '#libs/merkle/hash.js';
import { verifyInclusion } from '#libs/merkle/verify.js';

const leaves = (first: number, count: number) =>
  Array.from({ length: count }, (_, i) => leafHash(Buffer.from(`entry ${first + i}`)));

describe('proofs of all leaves of one append', () => {
  it('verify for every leaf, whatever the sizes before and after (RFC 6962 § 2.1.1)', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(300), (before, count) => {
        const old = appendAll(emptyRange, leaves(0, before)).range;
        const added = leaves(before, count);
        const { range, newNodes } = appendAll(old, added);
        const proofs = appendedProofs(old, newNodes, range.size);
        expect(proofs).toHaveLength(count);
        for (const [i, leaf] of added.entries())
          verifyInclusion({
            leafHash: leaf,
            index: before + i,
            size: range.size,
            proof: proofs[i]!,
            root: root(range),
          });
      }),
      { numRuns: 60 },
    );
  });

  it('verify far out in a large tree, of which the frontier alone is known', () => {
    const size = 2 ** 40 - 3;
    const nodes = leaves(0, [...size.toString(2)].filter((bit) => bit === '1').length);
    const old = { size, nodes };
    const added = leaves(7, 9);
    const { range, newNodes } = appendAll(old, added);
    const proofs = appendedProofs(old, newNodes, range.size);
    for (const [i, leaf] of added.entries())
      verifyInclusion({ leafHash: leaf, index: size + i, size: range.size, proof: proofs[i]!, root: root(range) });
  });

  it('are none where a node is missing', () => {
    const { range } = appendAll(emptyRange, leaves(0, 3));
    expect(() => appendedProofs(emptyRange, [], range.size)).toThrow(
      expect.objectContaining({ name: 'ProofFault', code: 'NODE_MISSING' }),
    );
  });
});
