// Original file: einmal/broker/v1/prefill_service.proto

import type { PrefillFormRequest as _einmal_broker_v1_PrefillFormRequest, PrefillFormRequest__Output as _einmal_broker_v1_PrefillFormRequest__Output } from '../../../einmal/broker/v1/PrefillFormRequest.js';

/**
 * Request of StreamPrefill.
 */
export interface StreamPrefillRequest {
  /**
   * As in PrefillForm. Required.
   */
  'request'?: (_einmal_broker_v1_PrefillFormRequest | null);
}

/**
 * Request of StreamPrefill.
 */
export interface StreamPrefillRequest__Output {
  /**
   * As in PrefillForm. Required.
   */
  'request'?: (_einmal_broker_v1_PrefillFormRequest__Output);
}
