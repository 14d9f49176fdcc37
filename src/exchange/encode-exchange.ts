import { receiptToWire } from '../audit/receipt.wire.js';
import type { Text } from '../catalogue/catalogue.js';
import { byLanguage } from '../catalogue/manual-path.js';
import { toTimestamp } from '../platform/clock.js';
import { wireReason } from '../platform/reasons.js';
import type { Evidence } from '../platform/rpc-types/einmal/broker/v1/Evidence.js';
import type { FieldSource } from '../platform/rpc-types/einmal/broker/v1/FieldSource.js';
import type { FormField as WireField } from '../platform/rpc-types/einmal/broker/v1/FormField.js';
import type { NotDelivered as WireNotDelivered } from '../platform/rpc-types/einmal/broker/v1/NotDelivered.js';
import type { OwnStatements } from '../platform/rpc-types/einmal/broker/v1/OwnStatements.js';
import type { FormField } from '../prefill/form.js';
import type { NotDelivered } from './exchange.js';
import type { ExchangeAnswer } from './exchange-answer.js';

const STATES = {
  deferred: 'RETRIEVAL_STATE_DEFERRED',
  preview_required: 'RETRIEVAL_STATE_PREVIEW_REQUIRED',
  refused: 'RETRIEVAL_STATE_REFUSED',
  failed: 'RETRIEVAL_STATE_FAILED',
} as const;

/** Complete only when each item was delivered or refused. */
export function exchangeState(items: readonly NotDelivered[]) {
  return items.every(({ state }) => state === 'refused')
    ? ('EXCHANGE_STATE_COMPLETE' as const)
    : ('EXCHANGE_STATE_INCOMPLETE' as const);
}

export function evidenceToWire({ evidence, receipt, ruleIds }: ExchangeAnswer['evidence'][number]): Evidence {
  const known = {
    evidence_type: evidence.evidenceType,
    subject_role: evidence.subjectRole,
    register: evidence.register,
    assurance: evidence.assurance,
    receipt: receiptToWire(receipt),
    rule_ids: [...ruleIds],
  };
  if ('jwe' in evidence) return { ...known, evidence_jwe: evidence.jwe };
  return {
    ...known,
    evidence_id: evidence.evidenceId,
    as_of_time: toTimestamp(Date.parse(evidence.asOf)),
    sd_jwt: evidence.compact,
    withheld: evidence.withheld.map(({ attribute, norm }) => ({ attribute, norm })),
    ...(evidence.useUntil === undefined ? {} : { use_until_time: toTimestamp(evidence.useUntil) }),
  };
}

/** `manual`: what can be done instead; the path is always there (EGovG § 5 Abs. 1). */
export function notDeliveredToWire(item: NotDelivered, manual: Text): WireNotDelivered {
  return {
    evidence_type: item.evidence_type,
    subject_role: item.subject_role,
    state: STATES[item.state],
    reason: wireReason(item.reason),
    detail: item.detail,
    manual: manual.de,
    manual_texts: byLanguage(manual),
    ...(item.availableAt === undefined ? {} : { available_time: toTimestamp(item.availableAt) }),
    ...(item.keptUntil === undefined ? {} : { kept_until_time: toTimestamp(item.keptUntil) }),
    ...(item.heldId === undefined ? {} : { held_id: item.heldId }),
    rule_ids: [...(item.ruleIds ?? [])],
  };
}

export function fieldToWire({ alternatives, source, ...field }: FormField): WireField {
  return {
    ...field,
    source: sourceToWire(source),
    alternatives: alternatives.map((other) => ({ value: other.value, source: sourceToWire(other.source) })),
  };
}

export function statementsToWire(own: ExchangeAnswer['ownStatements']): Readonly<{ own_statements?: OwnStatements }> {
  if (own === undefined) return {};
  const statements = own.statements.map(({ salt, ...it }) => ({ ...it, salt: Buffer.from(salt, 'base64url') }));
  return { own_statements: { attestation: own.attestation, statements } };
}

function sourceToWire({ as_of, ...source }: FormField['source']): FieldSource {
  return { ...source, as_of_time: toTimestamp(Date.parse(as_of)) };
}
