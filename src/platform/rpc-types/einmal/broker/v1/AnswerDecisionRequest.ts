// Original file: einmal/broker/v1/consent_service.proto

import type { AddressKey as _einmal_broker_v1_AddressKey, AddressKey__Output as _einmal_broker_v1_AddressKey__Output } from '../../../einmal/broker/v1/AddressKey.js';
import type { AttestedDecision as _einmal_broker_v1_AttestedDecision, AttestedDecision__Output as _einmal_broker_v1_AttestedDecision__Output } from '../../../einmal/broker/v1/AttestedDecision.js';
import type { Subject as _einmal_broker_v1_Subject, Subject__Output as _einmal_broker_v1_Subject__Output } from '../../../einmal/broker/v1/Subject.js';

/**
 * Request of AnswerDecision.
 */
export interface AnswerDecisionRequest {
  /**
   * Secret of the link. Required.
   */
  'secret'?: (string);
  /**
   * Session token of the pages, with the subject token of the person. Required.
   */
  'session_token'?: (string);
  /**
   * Attributes of the person as they were attested at sign-in. Required.
   */
  'attested'?: (_einmal_broker_v1_AddressKey | null);
  /**
   * Decisions to have evidence fetched, each attested by the pages; none where the person brings all of it.
   */
  'decisions'?: (_einmal_broker_v1_AttestedDecision)[];
  /**
   * Natural persons whom the person decides for, in their roles: the subject tokens of the lookups by which the directory confirmed it.
   */
  'represented'?: (_einmal_broker_v1_Subject)[];
}

/**
 * Request of AnswerDecision.
 */
export interface AnswerDecisionRequest__Output {
  /**
   * Secret of the link. Required.
   */
  'secret'?: (string);
  /**
   * Session token of the pages, with the subject token of the person. Required.
   */
  'session_token'?: (string);
  /**
   * Attributes of the person as they were attested at sign-in. Required.
   */
  'attested'?: (_einmal_broker_v1_AddressKey__Output);
  /**
   * Decisions to have evidence fetched, each attested by the pages; none where the person brings all of it.
   */
  'decisions'?: (_einmal_broker_v1_AttestedDecision__Output)[];
  /**
   * Natural persons whom the person decides for, in their roles: the subject tokens of the lookups by which the directory confirmed it.
   */
  'represented'?: (_einmal_broker_v1_Subject__Output)[];
}
