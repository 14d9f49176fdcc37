// Original file: einmal/broker/v1/oversight_service.proto

import type { TrendPoint as _einmal_broker_v1_TrendPoint, TrendPoint__Output as _einmal_broker_v1_TrendPoint__Output } from '../../../einmal/broker/v1/TrendPoint.js';

/**
 * How often something happened over time, in steps of one length.
 */
export interface Trend {
  /**
   * Participant or register.
   */
  'name'?: (string);
  /**
   * All values that are not 0, oldest first.
   */
  'points'?: (_einmal_broker_v1_TrendPoint)[];
}

/**
 * How often something happened over time, in steps of one length.
 */
export interface Trend__Output {
  /**
   * Participant or register.
   */
  'name'?: (string);
  /**
   * All values that are not 0, oldest first.
   */
  'points'?: (_einmal_broker_v1_TrendPoint__Output)[];
}
