import { NodeIdentity } from '../access/node-identity.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { Clock } from '../platform/clock.js';
import { Fault, invalid } from '../platform/fault.js';
import { TokenFault, unverifiedIssuer } from '../tokens/jws.js';
import { type OwnStatement, ownStatementDigest } from '../tokens/own-statement.js';
import { RELEASE_TYP, type ReleaseDecision, verifyRelease } from '../tokens/release-attestation.js';
import { wantsPreview } from './exchange.js';
import { type HeldExchange, retrievalsOf, shownAttributes } from './hold-evidence.js';
import { isSameSet } from './same-set.js';

/** Verifies what somebody attests about the decision after a preview. */
export class AttestedReleases {
  constructor(
    private readonly node: NodeIdentity,
    private readonly catalogue: CurrentCatalogue,
    private readonly clock: Clock,
  ) {}

  /**
   * @param statements of the person: exactly those that are attested
   * @param atMs the moment for which it must hold; the keys are those in force now
   * @throws Fault TRIGGER_NOT_ATTESTED
   */
  async verify(
    exchangeId: string,
    attestation: string,
    statements: readonly OwnStatement[],
    atMs = this.clock.now(),
  ): Promise<Readonly<{ attester: string; decisions: readonly ReleaseDecision[] }>> {
    try {
      const attester = unverifiedIssuer(attestation, RELEASE_TYP);
      const { decisions, statementDigests } = await verifyRelease(attestation, {
        attester,
        exchangeId,
        node: this.node.participant,
        keys: await this.catalogue.verificationKeys(attester, 'attestation'),
        nowMs: atMs,
      });
      const stated = statements.map(ownStatementDigest);
      if (stated.length !== statementDigests.length || !isSameSet(stated, statementDigests))
        throw new TokenFault('BINDING');
      return { attester, decisions };
    } catch (error) {
      if (error instanceof TokenFault) throw new Fault('TRIGGER_NOT_ATTESTED', { cause: error });
      throw error;
    }
  }
}

/** Who attested the choice attests the release; every piece that waits for a decision gets exactly one. */
export function demandDecider(held: HeldExchange, attester: string, decisions: readonly ReleaseDecision[]): void {
  const retrievals = retrievalsOf(held);
  if (retrievals.some(({ trigger }) => trigger.decision.attester !== attester)) throw new Fault('TRIGGER_NOT_ATTESTED');
  const named = decisions.map(({ held_id }) => held_id);
  const isComplete = retrievals.filter(wantsPreview).every(({ retrievalId }) => named.includes(retrievalId));
  const known = new Set(retrievals.map(({ retrievalId }) => retrievalId));
  if (!isComplete || new Set(named).size !== named.length || named.some((id) => !known.has(id)))
    throw invalid([{ field: 'attestation', description: 'must decide on every held piece exactly once' }]);
}

/**
 * The person may contradict what they were shown and release, once per datum (EGovG § 5 Abs. 5). Nobody can say anything about what
 * is not shown: whether it was withheld or is not there would be told by that.
 */
export function demandStatable(
  held: HeldExchange,
  decisions: readonly ReleaseDecision[],
  statements: readonly OwnStatement[],
): void {
  const released = new Set(decisions.filter(({ decision }) => decision === 'RELEASE').map(({ held_id }) => held_id));
  const named = statements.map(({ held_id, attribute }) => `${held_id} ${attribute}`);
  const isStatable = statements.every(
    ({ held_id, attribute }) => released.has(held_id) && isShown(held, held_id, attribute),
  );
  if (!isStatable || new Set(named).size !== named.length)
    throw invalid([
      { field: 'own_statements', description: 'must be about data that are shown and released, once each' },
    ]);
}

function isShown({ delivered }: HeldExchange, heldId: string, attribute: string): boolean {
  const piece = delivered.find(({ retrieval }) => retrieval.retrievalId === heldId);
  return piece !== undefined && shownAttributes(piece).some(({ id }) => id === attribute);
}
