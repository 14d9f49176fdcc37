// Original file: einmal/broker/v1/evidence_service.proto

import type { DeferralState as _einmal_broker_v1_DeferralState, DeferralState__Output as _einmal_broker_v1_DeferralState__Output } from '../../../einmal/broker/v1/DeferralState.js';

/**
 * Response of WatchExchange.
 */
export interface WatchExchangeResponse {
  /**
   * The exchange.
   */
  'exchange_id'?: (string);
  /**
   * How it stands.
   */
  'state'?: (_einmal_broker_v1_DeferralState);
}

/**
 * Response of WatchExchange.
 */
export interface WatchExchangeResponse__Output {
  /**
   * The exchange.
   */
  'exchange_id'?: (string);
  /**
   * How it stands.
   */
  'state'?: (_einmal_broker_v1_DeferralState__Output);
}
