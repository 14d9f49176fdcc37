// Original file: einmal/register/v1/register_service.proto

import type { RetrieveEvidenceRequest as _einmal_register_v1_RetrieveEvidenceRequest, RetrieveEvidenceRequest__Output as _einmal_register_v1_RetrieveEvidenceRequest__Output } from '../../../einmal/register/v1/RetrieveEvidenceRequest.js';

/**
 * Request of RetrieveDeferredEvidence.
 */
export interface RetrieveDeferredEvidenceRequest {
  /**
   * The request as first sent, with fresh permission and trigger tokens.
   */
  'request'?: (_einmal_register_v1_RetrieveEvidenceRequest | null);
}

/**
 * Request of RetrieveDeferredEvidence.
 */
export interface RetrieveDeferredEvidenceRequest__Output {
  /**
   * The request as first sent, with fresh permission and trigger tokens.
   */
  'request'?: (_einmal_register_v1_RetrieveEvidenceRequest__Output);
}
