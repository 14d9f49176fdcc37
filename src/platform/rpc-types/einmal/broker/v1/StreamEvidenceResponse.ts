// Original file: einmal/broker/v1/evidence_service.proto

import type { Evidence as _einmal_broker_v1_Evidence, Evidence__Output as _einmal_broker_v1_Evidence__Output } from '../../../einmal/broker/v1/Evidence.js';
import type { NotDelivered as _einmal_broker_v1_NotDelivered, NotDelivered__Output as _einmal_broker_v1_NotDelivered__Output } from '../../../einmal/broker/v1/NotDelivered.js';
import type { Receipt as _einmal_broker_v1_Receipt, Receipt__Output as _einmal_broker_v1_Receipt__Output } from '../../../einmal/broker/v1/Receipt.js';

/**
 * Response of StreamEvidence.
 */
export interface StreamEvidenceResponse {
  /**
   * A delivered item.
   */
  'evidence'?: (_einmal_broker_v1_Evidence | null);
  /**
   * An item that is not delivered.
   */
  'not_delivered'?: (_einmal_broker_v1_NotDelivered | null);
  /**
   * The receipt, last.
   */
  'receipt'?: (_einmal_broker_v1_Receipt | null);
  /**
   * One of the parts of the answer.
   */
  'part'?: "evidence"|"not_delivered"|"receipt";
}

/**
 * Response of StreamEvidence.
 */
export interface StreamEvidenceResponse__Output {
  /**
   * A delivered item.
   */
  'evidence'?: (_einmal_broker_v1_Evidence__Output);
  /**
   * An item that is not delivered.
   */
  'not_delivered'?: (_einmal_broker_v1_NotDelivered__Output);
  /**
   * The receipt, last.
   */
  'receipt'?: (_einmal_broker_v1_Receipt__Output);
  /**
   * One of the parts of the answer.
   */
  'part'?: "evidence"|"not_delivered"|"receipt";
}
