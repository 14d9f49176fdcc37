import { createHash } from 'node:crypto';
import { isReason, wireReason } from '../platform/reasons.js';
import type { FlippedDecision } from '../platform/rpc-types/einmal/broker/v1/FlippedDecision.js';
import type { PermittedTransfer as WirePermitted } from '../platform/rpc-types/einmal/broker/v1/PermittedTransfer.js';
import type { SimulateCatalogueResponse } from '../platform/rpc-types/einmal/broker/v1/SimulateCatalogueResponse.js';
import type { LoosenedDemand } from './loosened-demands.js';
import { obligationsToWire } from './obligations.wire.js';
import type { PermittedTransfer } from './permission-matrix.js';
import type { Flip, Replay } from './replay-checks.js';

/** Under which a list goes on after it; an identifier of bounded length. */
export function permittedKey({ consumer, evidence_type, provider, purpose, legalBasis }: PermittedTransfer): string {
  const names = [consumer, evidence_type, provider, purpose, legalBasis.id].join('\n');
  return createHash('sha256').update(names).digest('hex');
}

export function permittedToWire(
  { legalBasis, decision, provider, ...names }: PermittedTransfer,
  purposeHash: string,
): WirePermitted {
  return {
    ...names,
    purpose_hash: purposeHash,
    norm: `${legalBasis.norm} ${legalBasis.paragraph}`,
    register: provider,
    legal_basis: legalBasis.id,
    trigger_kind: `TRIGGER_KIND_${legalBasis.trigger}`,
    fields: [...decision.fields],
    min_assurance: decision.minAssurance,
    attested_by: [...decision.attestedBy],
    obligations: obligationsToWire(decision.obligations),
    rule_ids: [...decision.ruleIds],
  };
}

function flipToWire({ question, count, before, after }: Flip): FlippedDecision {
  return {
    permitted_before: before.reason === null,
    permitted_after: after.reason === null,
    rule_ids: [...after.ruleIds],
    rule_ids_before: [...before.ruleIds],
    ...reasonOf('reason_before', before.reason),
    ...reasonOf('reason_after', after.reason),
    count,
    consumer: question.consumer,
    register: question.provider,
    evidence_type: question.evidence_type,
    purpose: question.purpose,
    legal_basis: question.legal_basis,
    fields_gained: after.fields.filter((it) => !before.fields.includes(it)),
    fields_lost: before.fields.filter((it) => !after.fields.includes(it)),
  };
}

/** Whatever was simulated, and for whom. */
export function simulationToWire({
  replayed,
  notReplayed,
  flips,
  version,
  loosened,
}: Replay & Readonly<{ version: string; loosened: readonly LoosenedDemand[] }>): SimulateCatalogueResponse {
  return {
    replayed,
    not_replayed: notReplayed,
    flipped: flips.map(flipToWire),
    version,
    loosened: loosened.map(({ demands, ...it }) => ({ ...it, demands: [...demands] })),
  };
}

function reasonOf(name: 'reason_before' | 'reason_after', reason: string | null): FlippedDecision {
  return reason !== null && isReason(reason) ? { [name]: wireReason(reason) } : {};
}
