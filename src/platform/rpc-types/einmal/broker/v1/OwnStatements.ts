// Original file: einmal/broker/v1/evidence_service.proto

import type { OwnStatement as _einmal_broker_v1_OwnStatement, OwnStatement__Output as _einmal_broker_v1_OwnStatement__Output } from '../../../einmal/broker/v1/OwnStatement.js';

/**
 * Statements of a person beside what they released.
 */
export interface OwnStatements {
  /**
   * In the order of the evidence.
   */
  'statements'?: (_einmal_broker_v1_OwnStatement)[];
  /**
   * The attestation by which they were released: compact JWS of the pages, which names the digest of each.
   */
  'attestation'?: (string);
}

/**
 * Statements of a person beside what they released.
 */
export interface OwnStatements__Output {
  /**
   * In the order of the evidence.
   */
  'statements'?: (_einmal_broker_v1_OwnStatement__Output)[];
  /**
   * The attestation by which they were released: compact JWS of the pages, which names the digest of each.
   */
  'attestation'?: (string);
}
