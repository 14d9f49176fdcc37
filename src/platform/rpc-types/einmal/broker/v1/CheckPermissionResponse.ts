// Original file: einmal/broker/v1/permission_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';
import type { Obligations as _einmal_broker_v1_Obligations, Obligations__Output as _einmal_broker_v1_Obligations__Output } from '../../../einmal/broker/v1/Obligations.js';

/**
 * Response of CheckPermission.
 */
export interface CheckPermissionResponse {
  /**
   * Compact JWS, `typ` `einmal-permission+jwt`. Absent when a request digest is due and was not given.
   */
  'permission_token'?: (string);
  /**
   * Attributes that may pass, sorted.
   */
  'fields'?: (string)[];
  /**
   * Whether the token must be bound to a request digest.
   */
  'request_digest_due'?: (boolean);
  /**
   * Kinds of participants whose attestation of the trigger is accepted.
   */
  'attested_by'?: (string)[];
  /**
   * Least level of assurance of the decision: `low`, `substantial`, `high`.
   */
  'min_assurance'?: (string);
  /**
   * Rules that made the decision.
   */
  'rule_ids'?: (string)[];
  /**
   * When the decision must be asked for again.
   */
  'expire_time'?: (_google_protobuf_Timestamp | null);
  /**
   * What the rules demand beside.
   */
  'obligations'?: (_einmal_broker_v1_Obligations | null);
  '_permission_token'?: "permission_token";
}

/**
 * Response of CheckPermission.
 */
export interface CheckPermissionResponse__Output {
  /**
   * Compact JWS, `typ` `einmal-permission+jwt`. Absent when a request digest is due and was not given.
   */
  'permission_token'?: (string);
  /**
   * Attributes that may pass, sorted.
   */
  'fields'?: (string)[];
  /**
   * Whether the token must be bound to a request digest.
   */
  'request_digest_due'?: (boolean);
  /**
   * Kinds of participants whose attestation of the trigger is accepted.
   */
  'attested_by'?: (string)[];
  /**
   * Least level of assurance of the decision: `low`, `substantial`, `high`.
   */
  'min_assurance'?: (string);
  /**
   * Rules that made the decision.
   */
  'rule_ids'?: (string)[];
  /**
   * When the decision must be asked for again.
   */
  'expire_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * What the rules demand beside.
   */
  'obligations'?: (_einmal_broker_v1_Obligations__Output);
  '_permission_token'?: "permission_token";
}
