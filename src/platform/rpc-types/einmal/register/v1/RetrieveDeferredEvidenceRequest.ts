// Original file: einmal/register/v1/register_service.proto

import type { RetrieveEvidenceRequest as _einmal_register_v1_RetrieveEvidenceRequest, RetrieveEvidenceRequest__Output as _einmal_register_v1_RetrieveEvidenceRequest__Output } from '../../../einmal/register/v1/RetrieveEvidenceRequest.js';

/**
 * Request of RetrieveDeferredEvidence.
 */
export interface RetrieveDeferredEvidenceRequest {
  /**
   * What was answered with a time, asked for again: identifier, nonce, time and both tokens are fresh, the attestation and
   * everything else are those of the first request. Required.
   */
  'request'?: (_einmal_register_v1_RetrieveEvidenceRequest | null);
}

/**
 * Request of RetrieveDeferredEvidence.
 */
export interface RetrieveDeferredEvidenceRequest__Output {
  /**
   * What was answered with a time, asked for again: identifier, nonce, time and both tokens are fresh, the attestation and
   * everything else are those of the first request. Required.
   */
  'request'?: (_einmal_register_v1_RetrieveEvidenceRequest__Output);
}
