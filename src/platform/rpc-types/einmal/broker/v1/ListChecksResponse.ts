// Original file: einmal/broker/v1/permission_service.proto

import type { PastCheck as _einmal_broker_v1_PastCheck, PastCheck__Output as _einmal_broker_v1_PastCheck__Output } from '../../../einmal/broker/v1/PastCheck.js';

/**
 * Response of ListChecks.
 */
export interface ListChecksResponse {
  /**
   * Checks, oldest first.
   */
  'checks'?: (_einmal_broker_v1_PastCheck)[];
  /**
   * Continues this list; empty at its end.
   */
  'next_page_token'?: (string);
}

/**
 * Response of ListChecks.
 */
export interface ListChecksResponse__Output {
  /**
   * Checks, oldest first.
   */
  'checks'?: (_einmal_broker_v1_PastCheck__Output)[];
  /**
   * Continues this list; empty at its end.
   */
  'next_page_token'?: (string);
}
