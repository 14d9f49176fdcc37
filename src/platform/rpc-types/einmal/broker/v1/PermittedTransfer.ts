// Original file: einmal/broker/v1/catalogue_service.proto

import type { TriggerKind as _einmal_broker_v1_TriggerKind, TriggerKind__Output as _einmal_broker_v1_TriggerKind__Output } from '../../../einmal/broker/v1/TriggerKind.js';
import type { Obligations as _einmal_broker_v1_Obligations, Obligations__Output as _einmal_broker_v1_Obligations__Output } from '../../../einmal/broker/v1/Obligations.js';

/**
 * What the rules let one consumer have.
 */
export interface PermittedTransfer {
  /**
   * Participant that may receive it.
   */
  'consumer'?: (string);
  /**
   * Evidence type.
   */
  'evidence_type'?: (string);
  /**
   * Register, or `type:` and a type where all registers of it are alike.
   */
  'register'?: (string);
  /**
   * Purpose.
   */
  'purpose'?: (string);
  /**
   * Legal basis.
   */
  'legal_basis'?: (string);
  /**
   * Kind of trigger that the legal basis needs.
   */
  'trigger_kind'?: (_einmal_broker_v1_TriggerKind);
  /**
   * Attributes that may pass, sorted.
   */
  'fields'?: (string)[];
  /**
   * Least level of assurance: `low`, `substantial`, `high`.
   */
  'min_assurance'?: (string);
  /**
   * Kinds of participants whose attestation is accepted.
   */
  'attested_by'?: (string)[];
  /**
   * What the rules demand beside.
   */
  'obligations'?: (_einmal_broker_v1_Obligations | null);
  /**
   * Rules that make it so.
   */
  'rule_ids'?: (string)[];
  /**
   * base64url SHA-256 of the version of the purpose in force; a decision names it.
   */
  'purpose_hash'?: (string);
  /**
   * Norm and paragraph of the legal basis, for a person to read.
   */
  'norm'?: (string);
}

/**
 * What the rules let one consumer have.
 */
export interface PermittedTransfer__Output {
  /**
   * Participant that may receive it.
   */
  'consumer'?: (string);
  /**
   * Evidence type.
   */
  'evidence_type'?: (string);
  /**
   * Register, or `type:` and a type where all registers of it are alike.
   */
  'register'?: (string);
  /**
   * Purpose.
   */
  'purpose'?: (string);
  /**
   * Legal basis.
   */
  'legal_basis'?: (string);
  /**
   * Kind of trigger that the legal basis needs.
   */
  'trigger_kind'?: (_einmal_broker_v1_TriggerKind__Output);
  /**
   * Attributes that may pass, sorted.
   */
  'fields'?: (string)[];
  /**
   * Least level of assurance: `low`, `substantial`, `high`.
   */
  'min_assurance'?: (string);
  /**
   * Kinds of participants whose attestation is accepted.
   */
  'attested_by'?: (string)[];
  /**
   * What the rules demand beside.
   */
  'obligations'?: (_einmal_broker_v1_Obligations__Output);
  /**
   * Rules that make it so.
   */
  'rule_ids'?: (string)[];
  /**
   * base64url SHA-256 of the version of the purpose in force; a decision names it.
   */
  'purpose_hash'?: (string);
  /**
   * Norm and paragraph of the legal basis, for a person to read.
   */
  'norm'?: (string);
}
