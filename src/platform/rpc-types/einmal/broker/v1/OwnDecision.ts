// Original file: einmal/broker/v1/citizen_service.proto

import type { Trigger as _einmal_broker_v1_Trigger, Trigger__Output as _einmal_broker_v1_Trigger__Output } from '../../../einmal/broker/v1/Trigger.js';
import type { Long } from '@grpc/proto-loader';

/**
 * One decision of the person.
 */
export interface OwnDecision {
  /**
   * The decision, and where it stands.
   */
  'trigger'?: (_einmal_broker_v1_Trigger | null);
  /**
   * Index of the entry by which it is the person's: names it when it is withdrawn.
   */
  'log_index'?: (number | string | Long);
  /**
   * Whether a withdrawal still has an effect.
   */
  'revocable'?: (boolean);
}

/**
 * One decision of the person.
 */
export interface OwnDecision__Output {
  /**
   * The decision, and where it stands.
   */
  'trigger'?: (_einmal_broker_v1_Trigger__Output);
  /**
   * Index of the entry by which it is the person's: names it when it is withdrawn.
   */
  'log_index'?: (string);
  /**
   * Whether a withdrawal still has an effect.
   */
  'revocable'?: (boolean);
}
