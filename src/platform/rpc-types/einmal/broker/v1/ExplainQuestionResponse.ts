// Original file: einmal/broker/v1/oversight_service.proto

import type { Explanation as _einmal_broker_v1_Explanation, Explanation__Output as _einmal_broker_v1_Explanation__Output } from '../../../einmal/broker/v1/Explanation.js';

/**
 * Response of ExplainQuestion.
 */
export interface ExplainQuestionResponse {
  /**
   * Why.
   */
  'explanation'?: (_einmal_broker_v1_Explanation | null);
}

/**
 * Response of ExplainQuestion.
 */
export interface ExplainQuestionResponse__Output {
  /**
   * Why.
   */
  'explanation'?: (_einmal_broker_v1_Explanation__Output);
}
