// Original file: einmal/broker/v1/permission_service.proto

import type { TransferQuestion as _einmal_broker_v1_TransferQuestion, TransferQuestion__Output as _einmal_broker_v1_TransferQuestion__Output } from '../../../einmal/broker/v1/TransferQuestion.js';

/**
 * Request of ExplainPermission.
 */
export interface ExplainPermissionRequest {
  /**
   * The question; its `purpose_hash` is not looked at, and without `fields` it is about those that the nearest rules name.
   * Required.
   */
  'question'?: (_einmal_broker_v1_TransferQuestion | null);
}

/**
 * Request of ExplainPermission.
 */
export interface ExplainPermissionRequest__Output {
  /**
   * The question; its `purpose_hash` is not looked at, and without `fields` it is about those that the nearest rules name.
   * Required.
   */
  'question'?: (_einmal_broker_v1_TransferQuestion__Output);
}
