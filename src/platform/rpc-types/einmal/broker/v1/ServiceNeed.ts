// Original file: einmal/broker/v1/catalogue_service.proto

import type { TriggerKind as _einmal_broker_v1_TriggerKind, TriggerKind__Output as _einmal_broker_v1_TriggerKind__Output } from '../../../einmal/broker/v1/TriggerKind.js';

/**
 * One piece of evidence that a service needs.
 */
export interface ServiceNeed {
  /**
   * Evidence type.
   */
  'evidence_type'?: (string);
  /**
   * Role of the subject.
   */
  'subject_role'?: (string);
  /**
   * Legal basis.
   */
  'legal_basis'?: (string);
  /**
   * Norm and paragraph of the legal basis.
   */
  'norm'?: (string);
  /**
   * Kind of trigger that the legal basis needs.
   */
  'trigger_kind'?: (_einmal_broker_v1_TriggerKind);
  /**
   * Attributes the form needs.
   */
  'fields'?: (string)[];
  /**
   * Text to show to the person who decides, by language tag.
   */
  'decision_texts'?: ({[key: string]: string});
  /**
   * SHA-256 of the UTF-8 bytes of each text, base64url: what the attestation must name.
   */
  'decision_text_hashes'?: ({[key: string]: string});
  /**
   * What the applicant may do instead, in German.
   */
  'manual'?: (string);
  /**
   * Whether the law grants a preview before use (EGovG § 5 Abs. 5); the attestation says whether the person wants it.
   */
  'preview_granted'?: (boolean);
  /**
   * `manual` by language tag.
   */
  'manual_texts'?: ({[key: string]: string});
}

/**
 * One piece of evidence that a service needs.
 */
export interface ServiceNeed__Output {
  /**
   * Evidence type.
   */
  'evidence_type'?: (string);
  /**
   * Role of the subject.
   */
  'subject_role'?: (string);
  /**
   * Legal basis.
   */
  'legal_basis'?: (string);
  /**
   * Norm and paragraph of the legal basis.
   */
  'norm'?: (string);
  /**
   * Kind of trigger that the legal basis needs.
   */
  'trigger_kind'?: (_einmal_broker_v1_TriggerKind__Output);
  /**
   * Attributes the form needs.
   */
  'fields'?: (string)[];
  /**
   * Text to show to the person who decides, by language tag.
   */
  'decision_texts'?: ({[key: string]: string});
  /**
   * SHA-256 of the UTF-8 bytes of each text, base64url: what the attestation must name.
   */
  'decision_text_hashes'?: ({[key: string]: string});
  /**
   * What the applicant may do instead, in German.
   */
  'manual'?: (string);
  /**
   * Whether the law grants a preview before use (EGovG § 5 Abs. 5); the attestation says whether the person wants it.
   */
  'preview_granted'?: (boolean);
  /**
   * `manual` by language tag.
   */
  'manual_texts'?: ({[key: string]: string});
}
