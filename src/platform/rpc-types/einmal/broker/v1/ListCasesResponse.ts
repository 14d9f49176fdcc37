// Original file: einmal/broker/v1/oversight_service.proto

import type { OversightCase as _einmal_broker_v1_OversightCase, OversightCase__Output as _einmal_broker_v1_OversightCase__Output } from '../../../einmal/broker/v1/OversightCase.js';

/**
 * Response of ListCases.
 */
export interface ListCasesResponse {
  /**
   * Cases, newest first.
   */
  'cases'?: (_einmal_broker_v1_OversightCase)[];
  /**
   * Continues this list; empty at its end.
   */
  'next_page_token'?: (string);
}

/**
 * Response of ListCases.
 */
export interface ListCasesResponse__Output {
  /**
   * Cases, newest first.
   */
  'cases'?: (_einmal_broker_v1_OversightCase__Output)[];
  /**
   * Continues this list; empty at its end.
   */
  'next_page_token'?: (string);
}
