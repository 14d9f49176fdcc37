import { fromTimestamp, toTimestamp } from '../platform/clock.js';
import { isReason, wireReason } from '../platform/reasons.js';
import type { PastCheck__Output, PastCheck as WireCheck } from '../platform/rpc-types/einmal/broker/v1/PastCheck.js';
import type { PastCheck } from './replay-checks.js';

export function pastCheckToWire(check: PastCheck): WireCheck {
  const { checkedAt, consumer, provider, evidenceType, purpose, legalBasis, reason } = check;
  const present = { consumer, register: provider, evidence_type: evidenceType, purpose, legal_basis: legalBasis };
  return {
    check_time: toTimestamp(checkedAt),
    ...Object.fromEntries(Object.entries(present).filter(([, value]) => value !== null)),
    asked_fields: [...check.askedFields],
    fields: [...check.fields],
    token_issued: check.isRequest,
    permitted: reason === null,
    ...(reason !== null && isReason(reason) ? { reason: wireReason(reason) } : {}),
    rule_ids: [...check.ruleIds],
    catalogue_version: check.catalogueVersion,
  };
}

export function pastCheckFromWire(wire: PastCheck__Output): PastCheck {
  return {
    checkedAt: fromTimestamp(wire.check_time) ?? 0,
    consumer: wire.consumer ?? null,
    provider: wire.register ?? null,
    evidenceType: wire.evidence_type ?? null,
    purpose: wire.purpose ?? null,
    legalBasis: wire.legal_basis ?? null,
    askedFields: wire.asked_fields ?? [],
    fields: wire.fields ?? [],
    isRequest: wire.token_issued ?? false,
    reason: wire.permitted ? null : String(wire.reason ?? '').replace(/^ERROR_REASON_/, ''),
    ruleIds: wire.rule_ids ?? [],
    catalogueVersion: wire.catalogue_version ?? '',
  };
}
