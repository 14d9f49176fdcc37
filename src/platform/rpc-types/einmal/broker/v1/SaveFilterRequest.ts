// Original file: einmal/broker/v1/oversight_service.proto

import type { SavedFilter as _einmal_broker_v1_SavedFilter, SavedFilter__Output as _einmal_broker_v1_SavedFilter__Output } from '../../../einmal/broker/v1/SavedFilter.js';

/**
 * Request of SaveFilter.
 */
export interface SaveFilterRequest {
  /**
   * Session token of an officer or auditor. Required.
   */
  'session_token'?: (string);
  /**
   * Filter; one of the same name is replaced. Required.
   */
  'filter'?: (_einmal_broker_v1_SavedFilter | null);
}

/**
 * Request of SaveFilter.
 */
export interface SaveFilterRequest__Output {
  /**
   * Session token of an officer or auditor. Required.
   */
  'session_token'?: (string);
  /**
   * Filter; one of the same name is replaced. Required.
   */
  'filter'?: (_einmal_broker_v1_SavedFilter__Output);
}
