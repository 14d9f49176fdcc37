// Original file: einmal/broker/v1/oversight_service.proto

import type { ProcessingUse as _einmal_broker_v1_ProcessingUse, ProcessingUse__Output as _einmal_broker_v1_ProcessingUse__Output } from '../../../einmal/broker/v1/ProcessingUse.js';

/**
 * Response of ListProcessingUse.
 */
export interface ListProcessingUseResponse {
  /**
   * By consumer and purpose; what was never used as far as the log reaches back is missing.
   */
  'uses'?: (_einmal_broker_v1_ProcessingUse)[];
}

/**
 * Response of ListProcessingUse.
 */
export interface ListProcessingUseResponse__Output {
  /**
   * By consumer and purpose; what was never used as far as the log reaches back is missing.
   */
  'uses'?: (_einmal_broker_v1_ProcessingUse__Output)[];
}
