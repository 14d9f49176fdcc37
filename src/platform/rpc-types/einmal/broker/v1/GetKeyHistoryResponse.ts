// Original file: einmal/broker/v1/transparency_service.proto

import type { Receipt as _einmal_broker_v1_Receipt, Receipt__Output as _einmal_broker_v1_Receipt__Output } from '../../../einmal/broker/v1/Receipt.js';

/**
 * Response of GetKeyHistory.
 */
export interface GetKeyHistoryResponse {
  /**
   * The key as JWK (RFC 7517) with `kid` and `alg`; empty where the catalogue in force names it no more.
   */
  'jwk'?: (string);
  /**
   * Receipts of the entries that say that the key came or went, oldest first.
   */
  'receipts'?: (_einmal_broker_v1_Receipt)[];
}

/**
 * Response of GetKeyHistory.
 */
export interface GetKeyHistoryResponse__Output {
  /**
   * The key as JWK (RFC 7517) with `kid` and `alg`; empty where the catalogue in force names it no more.
   */
  'jwk'?: (string);
  /**
   * Receipts of the entries that say that the key came or went, oldest first.
   */
  'receipts'?: (_einmal_broker_v1_Receipt__Output)[];
}
