// Original file: einmal/broker/v1/identity_service.proto

import type { Subject as _einmal_broker_v1_Subject, Subject__Output as _einmal_broker_v1_Subject__Output } from '../../../einmal/broker/v1/Subject.js';

/**
 * Request of ResolveIdentity.
 */
export interface ResolveIdentityRequest {
  /**
   * UUID chosen by the caller; a repeat with the same content gets the same answer. Required.
   */
  'request_id'?: (string);
  /**
   * Online service for which the persons are looked up. Required.
   */
  'service'?: (string);
  /**
   * Persons to look up, natural persons given by a key set; beside them, by the token of an earlier lookup for the same purpose, who
   * represents them. Required.
   */
  'subjects'?: (_einmal_broker_v1_Subject)[];
  /**
   * Triggers for the evidence type `identity`, one per person to look up. Required.
   */
  'trigger_ids'?: (string)[];
}

/**
 * Request of ResolveIdentity.
 */
export interface ResolveIdentityRequest__Output {
  /**
   * UUID chosen by the caller; a repeat with the same content gets the same answer. Required.
   */
  'request_id'?: (string);
  /**
   * Online service for which the persons are looked up. Required.
   */
  'service'?: (string);
  /**
   * Persons to look up, natural persons given by a key set; beside them, by the token of an earlier lookup for the same purpose, who
   * represents them. Required.
   */
  'subjects'?: (_einmal_broker_v1_Subject__Output)[];
  /**
   * Triggers for the evidence type `identity`, one per person to look up. Required.
   */
  'trigger_ids'?: (string)[];
}
