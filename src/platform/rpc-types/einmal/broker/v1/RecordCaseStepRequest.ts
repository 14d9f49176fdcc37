// Original file: einmal/broker/v1/oversight_service.proto

import type { CaseState as _einmal_broker_v1_CaseState, CaseState__Output as _einmal_broker_v1_CaseState__Output } from '../../../einmal/broker/v1/CaseState.js';
import type { BreachReport as _einmal_broker_v1_BreachReport, BreachReport__Output as _einmal_broker_v1_BreachReport__Output } from '../../../einmal/broker/v1/BreachReport.js';
import type { Long } from '@grpc/proto-loader';

/**
 * Request of RecordCaseStep.
 */
export interface RecordCaseStepRequest {
  /**
   * Session token of an officer. Required.
   */
  'session_token'?: (string);
  /**
   * Index of the entry that the case is about. Required.
   */
  'log_index'?: (number | string | Long);
  /**
   * What the case becomes. Required.
   */
  'state'?: (_einmal_broker_v1_CaseState);
  /**
   * Why, or the report, 10 to 500 characters. Required.
   */
  'note'?: (string);
  /**
   * What is stated for the report to the supervisory authority. Required, with its `delay`, for what becomes reported after its term.
   */
  'report'?: (_einmal_broker_v1_BreachReport | null);
}

/**
 * Request of RecordCaseStep.
 */
export interface RecordCaseStepRequest__Output {
  /**
   * Session token of an officer. Required.
   */
  'session_token'?: (string);
  /**
   * Index of the entry that the case is about. Required.
   */
  'log_index'?: (string);
  /**
   * What the case becomes. Required.
   */
  'state'?: (_einmal_broker_v1_CaseState__Output);
  /**
   * Why, or the report, 10 to 500 characters. Required.
   */
  'note'?: (string);
  /**
   * What is stated for the report to the supervisory authority. Required, with its `delay`, for what becomes reported after its term.
   */
  'report'?: (_einmal_broker_v1_BreachReport__Output);
}
