// Original file: einmal/broker/v1/consent_service.proto

import type { AddressKey as _einmal_broker_v1_AddressKey, AddressKey__Output as _einmal_broker_v1_AddressKey__Output } from '../../../einmal/broker/v1/AddressKey.js';

/**
 * Request of OpenDecision.
 */
export interface OpenDecisionRequest {
  /**
   * Secret of the link, as the person brought it. Required.
   */
  'secret'?: (string);
  /**
   * Session token of the pages, with the subject token of the person. Without it the persons are left out.
   */
  'session_token'?: (string);
  /**
   * Attributes of the person as they were attested at sign-in; required with `session_token`.
   */
  'attested'?: (_einmal_broker_v1_AddressKey | null);
}

/**
 * Request of OpenDecision.
 */
export interface OpenDecisionRequest__Output {
  /**
   * Secret of the link, as the person brought it. Required.
   */
  'secret'?: (string);
  /**
   * Session token of the pages, with the subject token of the person. Without it the persons are left out.
   */
  'session_token'?: (string);
  /**
   * Attributes of the person as they were attested at sign-in; required with `session_token`.
   */
  'attested'?: (_einmal_broker_v1_AddressKey__Output);
}
