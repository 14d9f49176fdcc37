// Original file: einmal/broker/v1/consent_service.proto

import type { TriggerKind as _einmal_broker_v1_TriggerKind, TriggerKind__Output as _einmal_broker_v1_TriggerKind__Output } from '../../../einmal/broker/v1/TriggerKind.js';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';

// Original file: einmal/broker/v1/consent_service.proto

/**
 * Life of a trigger.
 */
export const _einmal_broker_v1_Trigger_State = {
  /**
   * Never sent.
   */
  STATE_UNSPECIFIED: 'STATE_UNSPECIFIED',
  /**
   * Given and not yet used.
   */
  STATE_ACTIVE: 'STATE_ACTIVE',
  /**
   * Used by one retrieval.
   */
  STATE_USED: 'STATE_USED',
  /**
   * Withdrawn.
   */
  STATE_WITHDRAWN: 'STATE_WITHDRAWN',
  /**
   * Expired unused.
   */
  STATE_EXPIRED: 'STATE_EXPIRED',
} as const;

/**
 * Life of a trigger.
 */
export type _einmal_broker_v1_Trigger_State =
  /**
   * Never sent.
   */
  | 'STATE_UNSPECIFIED'
  | 0
  /**
   * Given and not yet used.
   */
  | 'STATE_ACTIVE'
  | 1
  /**
   * Used by one retrieval.
   */
  | 'STATE_USED'
  | 2
  /**
   * Withdrawn.
   */
  | 'STATE_WITHDRAWN'
  | 3
  /**
   * Expired unused.
   */
  | 'STATE_EXPIRED'
  | 4

/**
 * Life of a trigger.
 */
export type _einmal_broker_v1_Trigger_State__Output = typeof _einmal_broker_v1_Trigger_State[keyof typeof _einmal_broker_v1_Trigger_State]

/**
 * A trigger as stored.
 */
export interface Trigger {
  /**
   * Identifier: the `jti` of the attestation.
   */
  'trigger_id'?: (string);
  /**
   * Kind of trigger.
   */
  'kind'?: (_einmal_broker_v1_TriggerKind);
  /**
   * Legal basis of the catalogue.
   */
  'legal_basis'?: (string);
  /**
   * Evidence type it covers.
   */
  'evidence_type'?: (string);
  /**
   * Attributes it covers.
   */
  'fields'?: (string)[];
  /**
   * Purpose it covers.
   */
  'purpose'?: (string);
  /**
   * Role of the subject it covers.
   */
  'subject_role'?: (string);
  /**
   * Participant that may use it.
   */
  'requester'?: (string);
  /**
   * Participant that attested the decision.
   */
  'attester'?: (string);
  /**
   * Where it stands.
   */
  'state'?: (_einmal_broker_v1_Trigger_State);
  /**
   * When it was decided.
   */
  'decide_time'?: (_google_protobuf_Timestamp | null);
  /**
   * When it ends.
   */
  'expire_time'?: (_google_protobuf_Timestamp | null);
}

/**
 * A trigger as stored.
 */
export interface Trigger__Output {
  /**
   * Identifier: the `jti` of the attestation.
   */
  'trigger_id'?: (string);
  /**
   * Kind of trigger.
   */
  'kind'?: (_einmal_broker_v1_TriggerKind__Output);
  /**
   * Legal basis of the catalogue.
   */
  'legal_basis'?: (string);
  /**
   * Evidence type it covers.
   */
  'evidence_type'?: (string);
  /**
   * Attributes it covers.
   */
  'fields'?: (string)[];
  /**
   * Purpose it covers.
   */
  'purpose'?: (string);
  /**
   * Role of the subject it covers.
   */
  'subject_role'?: (string);
  /**
   * Participant that may use it.
   */
  'requester'?: (string);
  /**
   * Participant that attested the decision.
   */
  'attester'?: (string);
  /**
   * Where it stands.
   */
  'state'?: (_einmal_broker_v1_Trigger_State__Output);
  /**
   * When it was decided.
   */
  'decide_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * When it ends.
   */
  'expire_time'?: (_google_protobuf_Timestamp__Output);
}
