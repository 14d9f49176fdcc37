// Original file: einmal/broker/v1/oversight_service.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Response of RecordCaseStep.
 */
export interface RecordCaseStepResponse {
  /**
   * Index of the entry that records the step.
   */
  'log_index'?: (number | string | Long);
}

/**
 * Response of RecordCaseStep.
 */
export interface RecordCaseStepResponse__Output {
  /**
   * Index of the entry that records the step.
   */
  'log_index'?: (string);
}
