// Original file: einmal/broker/v1/consent_service.proto

import type { Subject as _einmal_broker_v1_Subject, Subject__Output as _einmal_broker_v1_Subject__Output } from '../../../einmal/broker/v1/Subject.js';

/**
 * Request of RequestDecision.
 */
export interface RequestDecisionRequest {
  /**
   * UUID chosen by the caller. Required. The same again with the same content, unanswered, gives a new link; the old one ends.
   */
  'request_id'?: (string);
  /**
   * Online service that asks. Required.
   */
  'service'?: (string);
  /**
   * Where the person returns to; must be registered for the consumer. Required.
   */
  'return_url'?: (string);
  /**
   * Whom the service is about, in its roles: natural persons by address or number, or by name where somebody else decides for them;
   * legal persons by their key, together with whoever decides for them, by address. Required.
   */
  'subjects'?: (_einmal_broker_v1_Subject)[];
}

/**
 * Request of RequestDecision.
 */
export interface RequestDecisionRequest__Output {
  /**
   * UUID chosen by the caller. Required. The same again with the same content, unanswered, gives a new link; the old one ends.
   */
  'request_id'?: (string);
  /**
   * Online service that asks. Required.
   */
  'service'?: (string);
  /**
   * Where the person returns to; must be registered for the consumer. Required.
   */
  'return_url'?: (string);
  /**
   * Whom the service is about, in its roles: natural persons by address or number, or by name where somebody else decides for them;
   * legal persons by their key, together with whoever decides for them, by address. Required.
   */
  'subjects'?: (_einmal_broker_v1_Subject__Output)[];
}
