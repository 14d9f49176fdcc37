// Original file: einmal/register/v1/register_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';

/**
 * Response of RetrieveEvidence.
 */
export interface RetrieveEvidenceResponse {
  /**
   * Compact JWE to the encryption key that the catalogue names for the consumer; inside an SD-JWT VC.
   */
  'evidence_jwe'?: (string);
  /**
   * When the evidence will be available.
   */
  'available_time'?: (_google_protobuf_Timestamp | null);
  /**
   * Either or.
   */
  'answer'?: "evidence_jwe"|"available_time";
}

/**
 * Response of RetrieveEvidence.
 */
export interface RetrieveEvidenceResponse__Output {
  /**
   * Compact JWE to the encryption key that the catalogue names for the consumer; inside an SD-JWT VC.
   */
  'evidence_jwe'?: (string);
  /**
   * When the evidence will be available.
   */
  'available_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * Either or.
   */
  'answer'?: "evidence_jwe"|"available_time";
}
