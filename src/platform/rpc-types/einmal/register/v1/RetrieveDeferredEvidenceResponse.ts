// Original file: einmal/register/v1/register_service.proto

import type { RetrieveEvidenceResponse as _einmal_register_v1_RetrieveEvidenceResponse, RetrieveEvidenceResponse__Output as _einmal_register_v1_RetrieveEvidenceResponse__Output } from '../../../einmal/register/v1/RetrieveEvidenceResponse.js';

/**
 * Response of RetrieveDeferredEvidence.
 */
export interface RetrieveDeferredEvidenceResponse {
  /**
   * As in RetrieveEvidence.
   */
  'response'?: (_einmal_register_v1_RetrieveEvidenceResponse | null);
}

/**
 * Response of RetrieveDeferredEvidence.
 */
export interface RetrieveDeferredEvidenceResponse__Output {
  /**
   * As in RetrieveEvidence.
   */
  'response'?: (_einmal_register_v1_RetrieveEvidenceResponse__Output);
}
