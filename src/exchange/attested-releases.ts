import { NodeIdentity } from '../access/node-identity.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { Clock } from '../platform/clock.js';
import { Fault, invalid } from '../platform/fault.js';
import { TokenFault, unverifiedIssuer } from '../tokens/jws.js';
import { RELEASE_TYP, type ReleaseDecision, verifyRelease } from '../tokens/release-attestation.js';
import { wantsPreview } from './exchange.js';
import type { HeldExchange } from './hold-evidence.js';

/** Verifies what somebody attests about the decision after a preview. */
export class AttestedReleases {
  constructor(
    private readonly node: NodeIdentity,
    private readonly catalogue: CurrentCatalogue,
    private readonly clock: Clock,
  ) {}

  /** @throws Fault TRIGGER_NOT_ATTESTED */
  async verify(
    exchangeId: string,
    attestation: string,
  ): Promise<Readonly<{ attester: string; decisions: readonly ReleaseDecision[] }>> {
    try {
      const attester = unverifiedIssuer(attestation, RELEASE_TYP);
      const decisions = await verifyRelease(attestation, {
        attester,
        exchangeId,
        node: this.node.participant,
        keys: await this.catalogue.verificationKeys(attester, 'attestation'),
        nowMs: this.clock.now(),
      });
      return { attester, decisions };
    } catch (error) {
      if (error instanceof TokenFault) throw new Fault('TRIGGER_NOT_ATTESTED', { cause: error });
      throw error;
    }
  }
}

/** Who attested the choice attests the release; every piece that waits for a decision gets exactly one. */
export function demandDecider(held: HeldExchange, attester: string, decisions: readonly ReleaseDecision[]): void {
  if (held.delivered.some(({ retrieval }) => retrieval.trigger.decision.attester !== attester))
    throw new Fault('TRIGGER_NOT_ATTESTED');
  const waiting = held.delivered.filter(({ retrieval }) => wantsPreview(retrieval));
  const named = decisions.map(({ held_id }) => held_id);
  const isComplete = waiting.every(({ retrieval }) => named.includes(retrieval.retrievalId));
  const known = new Set(held.delivered.map(({ retrieval }) => retrieval.retrievalId));
  if (!isComplete || new Set(named).size !== named.length || named.some((id) => !known.has(id)))
    throw invalid([{ field: 'attestation', description: 'must decide on every held piece exactly once' }]);
}
