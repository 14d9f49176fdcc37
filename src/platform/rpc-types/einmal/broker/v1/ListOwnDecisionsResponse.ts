// Original file: einmal/broker/v1/citizen_service.proto

import type { OwnDecision as _einmal_broker_v1_OwnDecision, OwnDecision__Output as _einmal_broker_v1_OwnDecision__Output } from '../../../einmal/broker/v1/OwnDecision.js';

/**
 * Response of ListOwnDecisions.
 */
export interface ListOwnDecisionsResponse {
  /**
   * Decisions, by their newest entry, newest first.
   */
  'decisions'?: (_einmal_broker_v1_OwnDecision)[];
  /**
   * Continues this list; empty at its end.
   */
  'next_page_token'?: (string);
  /**
   * Decisions that were never used, under older pseudonyms of the person than are looked for, are on no page of this list.
   */
  'older_left_out'?: (boolean);
}

/**
 * Response of ListOwnDecisions.
 */
export interface ListOwnDecisionsResponse__Output {
  /**
   * Decisions, by their newest entry, newest first.
   */
  'decisions'?: (_einmal_broker_v1_OwnDecision__Output)[];
  /**
   * Continues this list; empty at its end.
   */
  'next_page_token'?: (string);
  /**
   * Decisions that were never used, under older pseudonyms of the person than are looked for, are on no page of this list.
   */
  'older_left_out'?: (boolean);
}
