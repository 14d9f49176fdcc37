import { isoTime } from '../platform/clock.js';
import type { DecideReleaseResponse__Output } from '../platform/rpc-types/einmal/broker/v1/DecideReleaseResponse.js';
import type { Evidence__Output } from '../platform/rpc-types/einmal/broker/v1/Evidence.js';
import type { FieldSource__Output } from '../platform/rpc-types/einmal/broker/v1/FieldSource.js';
import type { FormField__Output } from '../platform/rpc-types/einmal/broker/v1/FormField.js';
import type { NotDelivered__Output } from '../platform/rpc-types/einmal/broker/v1/NotDelivered.js';
import type { OwnStatements__Output } from '../platform/rpc-types/einmal/broker/v1/OwnStatements.js';
import type { PrefillFormResponse__Output } from '../platform/rpc-types/einmal/broker/v1/PrefillFormResponse.js';
import type { Receipt__Output } from '../platform/rpc-types/einmal/broker/v1/Receipt.js';
import type { RetrieveEvidenceResponse__Output } from '../platform/rpc-types/einmal/broker/v1/RetrieveEvidenceResponse.js';
import type { StreamPrefillResponse__Output } from '../platform/rpc-types/einmal/broker/v1/StreamPrefillResponse.js';
import type {
  AnsweredField,
  FieldSource,
  NotDelivered,
  OwnStatements,
  PrefillAnswer,
  Receipt,
  ReleasedEvidence,
} from '../verify/answer.js';

/** The answer after a preview carries no exchange id of its own: it is the one that was decided on. */
export function toDecidedAnswer(wire: DecideReleaseResponse__Output, exchangeId: string): PrefillAnswer {
  const answer = toPrefillAnswer({ ...wire, exchange_id: exchangeId });
  return wire.own_statements ? { ...answer, own_statements: toStatements(wire.own_statements) } : answer;
}

/** The answer of the node as plain JSON, in the form that the verifier takes; without a form it has no fields. */
export function toPrefillAnswer(wire: PrefillFormResponse__Output | RetrieveEvidenceResponse__Output): PrefillAnswer {
  return {
    exchange_id: wire.exchange_id ?? '',
    state: wire.state === 'EXCHANGE_STATE_COMPLETE' ? 'COMPLETE' : 'INCOMPLETE',
    fields: 'fields' in wire ? (wire.fields ?? []).map(toField) : [],
    not_delivered: (wire.not_delivered ?? []).map(toNotDelivered),
    evidence: (wire.evidence ?? []).map(toEvidence),
    receipt: toReceipt(wire.receipt),
    release_salt: base64(wire.release_salt),
  };
}

/** One part of an answer that comes in parts; exactly one of these. */
export type PrefillPart =
  | Readonly<{ field: AnsweredField }>
  | Readonly<{ evidence: ReleasedEvidence }>
  | Readonly<{ not_delivered: NotDelivered }>
  | Readonly<{ answer: PrefillAnswer }>;

/** None for a part that this release does not know. */
export function toPrefillPart(wire: StreamPrefillResponse__Output): readonly PrefillPart[] {
  if (wire.field) return [{ field: toField(wire.field) }];
  if (wire.evidence) return [{ evidence: toEvidence(wire.evidence) }];
  if (wire.not_delivered) return [{ not_delivered: toNotDelivered(wire.not_delivered) }];
  return wire.answer ? [{ answer: toPrefillAnswer(wire.answer) }] : [];
}

export function toReceipt(wire: Receipt__Output | undefined): Receipt {
  const { log_index = '0', tree_size = '0', checkpoint = '', inclusion_proof = [], opening } = wire ?? {};
  return {
    log_index: Number(log_index),
    tree_size: Number(tree_size),
    root_hash: base64(wire?.root_hash),
    checkpoint,
    inclusion_proof: inclusion_proof.map(base64),
    entry: base64(wire?.entry),
    opening: {
      salt: base64(opening?.salt),
      caller: jsonObject(opening?.caller ?? ''),
      protected_hash: base64(opening?.protected_hash),
    },
  };
}

function toStatements({ statements = [], attestation = '' }: OwnStatements__Output): OwnStatements {
  return {
    attestation,
    statements: statements.map(({ held_id = '', evidence_id = '', attribute = '', value = '', salt }) => ({
      ...{ held_id, evidence_id, attribute, value, salt: Buffer.from(salt ?? []).toString('base64url') },
    })),
  };
}

function toField(wire: FormField__Output): AnsweredField {
  const { fim_id = '', label = '', subject_role = '', value = '', alternatives = [] } = wire;
  return {
    fim_id,
    label,
    subject_role,
    value,
    source: toSource(wire.source),
    alternatives: alternatives.map((other) => ({ value: other.value ?? '', source: toSource(other.source) })),
  };
}

function toSource(wire: FieldSource__Output | undefined): FieldSource {
  const { register = '', evidence_id = '', attribute = '', as_of_time, assurance = '' } = wire ?? {};
  return { register, evidence_id, attribute, as_of: isoTime(as_of_time), assurance };
}

function toNotDelivered(wire: NotDelivered__Output): NotDelivered {
  const { evidence_type = '', subject_role = '', detail = '', manual = '' } = wire;
  return {
    evidence_type,
    subject_role,
    state: (wire.state ?? '').replace('RETRIEVAL_STATE_', ''),
    reason: (wire.reason ?? '').replace('ERROR_REASON_', ''),
    detail,
    manual,
    manual_texts: wire.manual_texts ?? {},
    ...(wire.available_time ? { available_at: isoTime(wire.available_time) } : {}),
    ...(wire.kept_until_time ? { kept_until: isoTime(wire.kept_until_time) } : {}),
    ...(wire.held_id ? { held_id: wire.held_id } : {}),
  };
}

function toEvidence(wire: Evidence__Output): ReleasedEvidence {
  const { evidence_id = '', evidence_type = '', subject_role = '', register = '', assurance = '', sd_jwt = '' } = wire;
  return {
    evidence_id,
    evidence_type,
    subject_role,
    register,
    as_of: isoTime(wire.as_of_time),
    assurance,
    sd_jwt,
    ...(wire.evidence_jwe ? { evidence_jwe: wire.evidence_jwe } : {}),
    withheld: (wire.withheld ?? []).map(({ attribute = '', norm = '' }) => ({ attribute, norm })),
    receipt: toReceipt(wire.receipt),
  };
}

function base64(bytes: Buffer | undefined): string {
  return (bytes ?? Buffer.alloc(0)).toString('base64');
}

function jsonObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
