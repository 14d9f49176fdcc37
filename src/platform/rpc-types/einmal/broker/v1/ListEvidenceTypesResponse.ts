// Original file: einmal/broker/v1/catalogue_service.proto

import type { EvidenceTypeSummary as _einmal_broker_v1_EvidenceTypeSummary, EvidenceTypeSummary__Output as _einmal_broker_v1_EvidenceTypeSummary__Output } from '../../../einmal/broker/v1/EvidenceTypeSummary.js';

/**
 * Response of ListEvidenceTypes.
 */
export interface ListEvidenceTypesResponse {
  /**
   * Evidence types.
   */
  'evidence_types'?: (_einmal_broker_v1_EvidenceTypeSummary)[];
  /**
   * Continues this list; empty at its end.
   */
  'next_page_token'?: (string);
}

/**
 * Response of ListEvidenceTypes.
 */
export interface ListEvidenceTypesResponse__Output {
  /**
   * Evidence types.
   */
  'evidence_types'?: (_einmal_broker_v1_EvidenceTypeSummary__Output)[];
  /**
   * Continues this list; empty at its end.
   */
  'next_page_token'?: (string);
}
