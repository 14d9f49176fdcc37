// Original file: einmal/broker/v1/oversight_service.proto

import type { Read as _einmal_broker_v1_Read, Read__Output as _einmal_broker_v1_Read__Output } from '../../../einmal/broker/v1/Read.js';

/**
 * Response of ListReads.
 */
export interface ListReadsResponse {
  /**
   * Reads, newest first.
   */
  'reads'?: (_einmal_broker_v1_Read)[];
  /**
   * Continues this list; empty at its end.
   */
  'next_page_token'?: (string);
}

/**
 * Response of ListReads.
 */
export interface ListReadsResponse__Output {
  /**
   * Reads, newest first.
   */
  'reads'?: (_einmal_broker_v1_Read__Output)[];
  /**
   * Continues this list; empty at its end.
   */
  'next_page_token'?: (string);
}
