// Original file: einmal/register/v1/identity_directory_service.proto

import type { AddressKey as _einmal_register_v1_AddressKey, AddressKey__Output as _einmal_register_v1_AddressKey__Output } from '../../../einmal/register/v1/AddressKey.js';
import type { NameKey as _einmal_register_v1_NameKey, NameKey__Output as _einmal_register_v1_NameKey__Output } from '../../../einmal/register/v1/NameKey.js';
import type { IdnrKey as _einmal_register_v1_IdnrKey, IdnrKey__Output as _einmal_register_v1_IdnrKey__Output } from '../../../einmal/register/v1/IdnrKey.js';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';

/**
 * Request of LookupPerson. The request digest is SHA-256 over the RFC 8785 form of everything but the two tokens.
 */
export interface LookupPersonRequest {
  /**
   * Identifier of this lookup, made for the directory alone.
   */
  'retrieval_id'?: (string);
  /**
   * Register that is asked: the directory.
   */
  'register'?: (string);
  /**
   * Participant for which the lookup is made.
   */
  'consumer'?: (string);
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
   * IDNrG § 6 Abs. 3 Nr. 1.
   */
  'address_key'?: (_einmal_register_v1_AddressKey | null);
  /**
   * IDNrG § 6 Abs. 3 Nr. 2.
   */
  'name_key'?: (_einmal_register_v1_NameKey | null);
  /**
   * IDNrG § 6 Abs. 3 Nr. 3.
   */
  'idnr_key'?: (_einmal_register_v1_IdnrKey | null);
  /**
   * Salt of the commitment in the attested trigger, 32 bytes.
   */
  'commitment_salt'?: (Buffer | Uint8Array | string);
  /**
   * Identification number of the person who decides for this one, already looked up in this exchange; the directory
   * confirms the representation. Absent where the subject decides.
   */
  'representative_idnr'?: (string);
  /**
   * Fresh, 32 bytes, known to node and directory only.
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
   * Exactly one.
   */
  'key'?: "address_key"|"name_key"|"idnr_key";
}

/**
 * Request of LookupPerson. The request digest is SHA-256 over the RFC 8785 form of everything but the two tokens.
 */
export interface LookupPersonRequest__Output {
  /**
   * Identifier of this lookup, made for the directory alone.
   */
  'retrieval_id'?: (string);
  /**
   * Register that is asked: the directory.
   */
  'register'?: (string);
  /**
   * Participant for which the lookup is made.
   */
  'consumer'?: (string);
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
   * IDNrG § 6 Abs. 3 Nr. 1.
   */
  'address_key'?: (_einmal_register_v1_AddressKey__Output);
  /**
   * IDNrG § 6 Abs. 3 Nr. 2.
   */
  'name_key'?: (_einmal_register_v1_NameKey__Output);
  /**
   * IDNrG § 6 Abs. 3 Nr. 3.
   */
  'idnr_key'?: (_einmal_register_v1_IdnrKey__Output);
  /**
   * Salt of the commitment in the attested trigger, 32 bytes.
   */
  'commitment_salt'?: (Buffer);
  /**
   * Identification number of the person who decides for this one, already looked up in this exchange; the directory
   * confirms the representation. Absent where the subject decides.
   */
  'representative_idnr'?: (string);
  /**
   * Fresh, 32 bytes, known to node and directory only.
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
   * Exactly one.
   */
  'key'?: "address_key"|"name_key"|"idnr_key";
}
