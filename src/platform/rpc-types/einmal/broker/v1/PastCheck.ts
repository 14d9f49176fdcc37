// Original file: einmal/broker/v1/permission_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';
import type { ErrorReason as _einmal_broker_v1_ErrorReason, ErrorReason__Output as _einmal_broker_v1_ErrorReason__Output } from '../../../einmal/broker/v1/ErrorReason.js';

/**
 * One check of the permission log. It knows no person and no payload; what the catalogue did not list then is absent.
 */
export interface PastCheck {
  /**
   * When it was checked.
   */
  'check_time'?: (_google_protobuf_Timestamp | null);
  /**
   * Participant that would have received the evidence.
   */
  'consumer'?: (string);
  /**
   * Register that would have delivered it.
   */
  'register'?: (string);
  /**
   * Evidence type.
   */
  'evidence_type'?: (string);
  /**
   * Purpose.
   */
  'purpose'?: (string);
  /**
   * Legal basis.
   */
  'legal_basis'?: (string);
  /**
   * Attributes asked for, of those that the evidence type has.
   */
  'asked_fields'?: (string)[];
  /**
   * Attributes that might pass.
   */
  'fields'?: (string)[];
  /**
   * Whether a token was released with it, hence a request to a register permitted.
   */
  'token_issued'?: (boolean);
  /**
   * Whether it was permitted.
   */
  'permitted'?: (boolean);
  /**
   * Reason of the refusal, if refused.
   */
  'reason'?: (_einmal_broker_v1_ErrorReason);
  /**
   * Rules that made the decision.
   */
  'rule_ids'?: (string)[];
  /**
   * Version of the catalogue that decided.
   */
  'catalogue_version'?: (string);
  '_consumer'?: "consumer";
  '_register'?: "register";
  '_evidence_type'?: "evidence_type";
  '_purpose'?: "purpose";
  '_legal_basis'?: "legal_basis";
}

/**
 * One check of the permission log. It knows no person and no payload; what the catalogue did not list then is absent.
 */
export interface PastCheck__Output {
  /**
   * When it was checked.
   */
  'check_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * Participant that would have received the evidence.
   */
  'consumer'?: (string);
  /**
   * Register that would have delivered it.
   */
  'register'?: (string);
  /**
   * Evidence type.
   */
  'evidence_type'?: (string);
  /**
   * Purpose.
   */
  'purpose'?: (string);
  /**
   * Legal basis.
   */
  'legal_basis'?: (string);
  /**
   * Attributes asked for, of those that the evidence type has.
   */
  'asked_fields'?: (string)[];
  /**
   * Attributes that might pass.
   */
  'fields'?: (string)[];
  /**
   * Whether a token was released with it, hence a request to a register permitted.
   */
  'token_issued'?: (boolean);
  /**
   * Whether it was permitted.
   */
  'permitted'?: (boolean);
  /**
   * Reason of the refusal, if refused.
   */
  'reason'?: (_einmal_broker_v1_ErrorReason__Output);
  /**
   * Rules that made the decision.
   */
  'rule_ids'?: (string)[];
  /**
   * Version of the catalogue that decided.
   */
  'catalogue_version'?: (string);
  '_consumer'?: "consumer";
  '_register'?: "register";
  '_evidence_type'?: "evidence_type";
  '_purpose'?: "purpose";
  '_legal_basis'?: "legal_basis";
}
