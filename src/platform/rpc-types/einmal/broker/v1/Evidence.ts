// Original file: einmal/broker/v1/evidence.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';
import type { WithheldField as _einmal_broker_v1_WithheldField, WithheldField__Output as _einmal_broker_v1_WithheldField__Output } from '../../../einmal/broker/v1/WithheldField.js';
import type { Receipt as _einmal_broker_v1_Receipt, Receipt__Output as _einmal_broker_v1_Receipt__Output } from '../../../einmal/broker/v1/Receipt.js';

/**
 * One piece of evidence, delivered.
 */
export interface Evidence {
  /**
   * Identifier of this piece of evidence: its `jti`.
   */
  'evidence_id'?: (string);
  /**
   * Evidence type of the catalogue.
   */
  'evidence_type'?: (string);
  /**
   * Role of the subject it is about.
   */
  'subject_role'?: (string);
  /**
   * Register that issued it.
   */
  'register'?: (string);
  /**
   * Moment for which the register vouches for the content.
   */
  'as_of_time'?: (_google_protobuf_Timestamp | null);
  /**
   * Level of assurance of the decision it rests on: `low`, `substantial`, `high`.
   */
  'assurance'?: (string);
  /**
   * Compact SD-JWT VC with the disclosures that may be released, signed by the register.
   */
  'sd_jwt'?: (string);
  /**
   * Fields that rule, purpose or form withhold from everybody alike, with the norm.
   */
  'withheld'?: (_einmal_broker_v1_WithheldField)[];
  /**
   * Receipt of the final entry of this retrieval.
   */
  'receipt'?: (_einmal_broker_v1_Receipt | null);
  /**
   * Rules that permitted the transfer.
   */
  'rule_ids'?: (string)[];
  /**
   * How long the consumer may use it, where a rule limits that.
   */
  'use_until_time'?: (_google_protobuf_Timestamp | null);
  /**
   * Instead of `sd_jwt`, where the consumer itself holds the decryption key: compact JWE as the register made it, with the
   * SD-JWT VC inside. The node cannot read it: `evidence_id`, `as_of_time`, `withheld` and `use_until_time` are absent.
   */
  'evidence_jwe'?: (string);
}

/**
 * One piece of evidence, delivered.
 */
export interface Evidence__Output {
  /**
   * Identifier of this piece of evidence: its `jti`.
   */
  'evidence_id'?: (string);
  /**
   * Evidence type of the catalogue.
   */
  'evidence_type'?: (string);
  /**
   * Role of the subject it is about.
   */
  'subject_role'?: (string);
  /**
   * Register that issued it.
   */
  'register'?: (string);
  /**
   * Moment for which the register vouches for the content.
   */
  'as_of_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * Level of assurance of the decision it rests on: `low`, `substantial`, `high`.
   */
  'assurance'?: (string);
  /**
   * Compact SD-JWT VC with the disclosures that may be released, signed by the register.
   */
  'sd_jwt'?: (string);
  /**
   * Fields that rule, purpose or form withhold from everybody alike, with the norm.
   */
  'withheld'?: (_einmal_broker_v1_WithheldField__Output)[];
  /**
   * Receipt of the final entry of this retrieval.
   */
  'receipt'?: (_einmal_broker_v1_Receipt__Output);
  /**
   * Rules that permitted the transfer.
   */
  'rule_ids'?: (string)[];
  /**
   * How long the consumer may use it, where a rule limits that.
   */
  'use_until_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * Instead of `sd_jwt`, where the consumer itself holds the decryption key: compact JWE as the register made it, with the
   * SD-JWT VC inside. The node cannot read it: `evidence_id`, `as_of_time`, `withheld` and `use_until_time` are absent.
   */
  'evidence_jwe'?: (string);
}
