// Original file: einmal/register/v1/register_service.proto

import type { PersonReference as _einmal_register_v1_PersonReference, PersonReference__Output as _einmal_register_v1_PersonReference__Output } from '../../../einmal/register/v1/PersonReference.js';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';
import type { CompanyReference as _einmal_register_v1_CompanyReference, CompanyReference__Output as _einmal_register_v1_CompanyReference__Output } from '../../../einmal/register/v1/CompanyReference.js';

/**
 * Request of RetrieveEvidence. The request digest is SHA-256 over the RFC 8785 form of everything but the two tokens.
 */
export interface RetrieveEvidenceRequest {
  /**
   * Identifier of this retrieval, made for this register alone.
   */
  'retrieval_id'?: (string);
  /**
   * Register that is asked.
   */
  'register'?: (string);
  /**
   * Participant for which the evidence is.
   */
  'consumer'?: (string);
  /**
   * Evidence type.
   */
  'evidence_type'?: (string);
  /**
   * Attributes asked for, sorted.
   */
  'fields'?: (string)[];
  /**
   * Purpose.
   */
  'purpose'?: (string);
  /**
   * Hash of the purpose version, base64url.
   */
  'purpose_hash'?: (string);
  /**
   * Legal basis.
   */
  'legal_basis'?: (string);
  /**
   * Role of the subject in the application.
   */
  'subject_role'?: (string);
  /**
   * The person; or `company`.
   */
  'person'?: (_einmal_register_v1_PersonReference | null);
  /**
   * Fresh, 32 bytes, known to node and register only.
   */
  'nonce'?: (Buffer | Uint8Array | string);
  /**
   * When the node made this request.
   */
  'issue_time'?: (_google_protobuf_Timestamp | null);
  /**
   * Compact JWS, `typ` `einmal-permission+jwt`, by the intermediary.
   */
  'permission_token'?: (string);
  /**
   * Compact JWS, `typ` `einmal-trigger+jwt`, by the node, with the attestation inside.
   */
  'trigger_token'?: (string);
  /**
   * The legal person; or `person`.
   */
  'company'?: (_einmal_register_v1_CompanyReference | null);
}

/**
 * Request of RetrieveEvidence. The request digest is SHA-256 over the RFC 8785 form of everything but the two tokens.
 */
export interface RetrieveEvidenceRequest__Output {
  /**
   * Identifier of this retrieval, made for this register alone.
   */
  'retrieval_id'?: (string);
  /**
   * Register that is asked.
   */
  'register'?: (string);
  /**
   * Participant for which the evidence is.
   */
  'consumer'?: (string);
  /**
   * Evidence type.
   */
  'evidence_type'?: (string);
  /**
   * Attributes asked for, sorted.
   */
  'fields'?: (string)[];
  /**
   * Purpose.
   */
  'purpose'?: (string);
  /**
   * Hash of the purpose version, base64url.
   */
  'purpose_hash'?: (string);
  /**
   * Legal basis.
   */
  'legal_basis'?: (string);
  /**
   * Role of the subject in the application.
   */
  'subject_role'?: (string);
  /**
   * The person; or `company`.
   */
  'person'?: (_einmal_register_v1_PersonReference__Output);
  /**
   * Fresh, 32 bytes, known to node and register only.
   */
  'nonce'?: (Buffer);
  /**
   * When the node made this request.
   */
  'issue_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * Compact JWS, `typ` `einmal-permission+jwt`, by the intermediary.
   */
  'permission_token'?: (string);
  /**
   * Compact JWS, `typ` `einmal-trigger+jwt`, by the node, with the attestation inside.
   */
  'trigger_token'?: (string);
  /**
   * The legal person; or `person`.
   */
  'company'?: (_einmal_register_v1_CompanyReference__Output);
}
