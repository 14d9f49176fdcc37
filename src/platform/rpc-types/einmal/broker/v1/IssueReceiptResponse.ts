// Original file: einmal/broker/v1/transparency_service.proto

import type { Receipt as _einmal_broker_v1_Receipt, Receipt__Output as _einmal_broker_v1_Receipt__Output } from '../../../einmal/broker/v1/Receipt.js';

/**
 * Response of IssueReceipt.
 */
export interface IssueReceiptResponse {
  /**
   * Compact JWS (`einmal-receipt+jwt`) by a key of the node's JWK set, without personal data and without an end: `iss` the
   * node's issuer, `aud` the participant, `jti` the exchange where the entry belongs to one, `log_origin`, `log_index`,
   * `leaf_hash`, `tree_size`, `root_hash`, `checkpoint_hash` (SHA-256 of the checkpoint's text), `release_digest`.
   */
  'receipt_token'?: (string);
  /**
   * The proof for the same tree.
   */
  'receipt'?: (_einmal_broker_v1_Receipt | null);
}

/**
 * Response of IssueReceipt.
 */
export interface IssueReceiptResponse__Output {
  /**
   * Compact JWS (`einmal-receipt+jwt`) by a key of the node's JWK set, without personal data and without an end: `iss` the
   * node's issuer, `aud` the participant, `jti` the exchange where the entry belongs to one, `log_origin`, `log_index`,
   * `leaf_hash`, `tree_size`, `root_hash`, `checkpoint_hash` (SHA-256 of the checkpoint's text), `release_digest`.
   */
  'receipt_token'?: (string);
  /**
   * The proof for the same tree.
   */
  'receipt'?: (_einmal_broker_v1_Receipt__Output);
}
