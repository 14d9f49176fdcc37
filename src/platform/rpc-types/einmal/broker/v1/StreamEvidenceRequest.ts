// Original file: einmal/broker/v1/evidence_service.proto

import type { RetrieveEvidenceRequest as _einmal_broker_v1_RetrieveEvidenceRequest, RetrieveEvidenceRequest__Output as _einmal_broker_v1_RetrieveEvidenceRequest__Output } from '../../../einmal/broker/v1/RetrieveEvidenceRequest.js';

/**
 * Request of StreamEvidence.
 */
export interface StreamEvidenceRequest {
  /**
   * As in RetrieveEvidence. Required.
   */
  'request'?: (_einmal_broker_v1_RetrieveEvidenceRequest | null);
}

/**
 * Request of StreamEvidence.
 */
export interface StreamEvidenceRequest__Output {
  /**
   * As in RetrieveEvidence. Required.
   */
  'request'?: (_einmal_broker_v1_RetrieveEvidenceRequest__Output);
}
