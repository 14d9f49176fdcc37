// Original file: einmal/broker/v1/catalogue_service.proto

import type { Explanation as _einmal_broker_v1_Explanation, Explanation__Output as _einmal_broker_v1_Explanation__Output } from '../../../einmal/broker/v1/Explanation.js';

/**
 * Response of ExplainTransfer.
 */
export interface ExplainTransferResponse {
  /**
   * Why.
   */
  'explanation'?: (_einmal_broker_v1_Explanation | null);
}

/**
 * Response of ExplainTransfer.
 */
export interface ExplainTransferResponse__Output {
  /**
   * Why.
   */
  'explanation'?: (_einmal_broker_v1_Explanation__Output);
}
