// Original file: einmal/broker/v1/consent_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';
import type { Subject as _einmal_broker_v1_Subject, Subject__Output as _einmal_broker_v1_Subject__Output } from '../../../einmal/broker/v1/Subject.js';

/**
 * Response of OpenDecision.
 */
export interface OpenDecisionResponse {
  /**
   * Online service that asks.
   */
  'service'?: (string);
  /**
   * Whose service it is.
   */
  'consumer'?: (string);
  /**
   * Roles of the persons it is about.
   */
  'roles'?: (string)[];
  /**
   * When the link stops working.
   */
  'expire_time'?: (_google_protobuf_Timestamp | null);
  /**
   * Whether it was answered.
   */
  'decided'?: (boolean);
  /**
   * With a session only: role in which the person decides.
   */
  'decider_role'?: (string);
  /**
   * With a session only: the persons whom they decide for, themselves included.
   */
  'subjects'?: (_einmal_broker_v1_Subject)[];
  /**
   * With a session only: where the person returns to.
   */
  'return_url'?: (string);
}

/**
 * Response of OpenDecision.
 */
export interface OpenDecisionResponse__Output {
  /**
   * Online service that asks.
   */
  'service'?: (string);
  /**
   * Whose service it is.
   */
  'consumer'?: (string);
  /**
   * Roles of the persons it is about.
   */
  'roles'?: (string)[];
  /**
   * When the link stops working.
   */
  'expire_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * Whether it was answered.
   */
  'decided'?: (boolean);
  /**
   * With a session only: role in which the person decides.
   */
  'decider_role'?: (string);
  /**
   * With a session only: the persons whom they decide for, themselves included.
   */
  'subjects'?: (_einmal_broker_v1_Subject__Output)[];
  /**
   * With a session only: where the person returns to.
   */
  'return_url'?: (string);
}
