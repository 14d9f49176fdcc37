// Original file: einmal/broker/v1/evidence_service.proto

import type { OwnStatement as _einmal_broker_v1_OwnStatement, OwnStatement__Output as _einmal_broker_v1_OwnStatement__Output } from '../../../einmal/broker/v1/OwnStatement.js';

/**
 * Request of AttestRelease.
 */
export interface AttestReleaseRequest {
  /**
   * Exchange that holds evidence. Required.
   */
  'exchange_id'?: (string);
  /**
   * Session token of the pages, with the subject token of the person. Required.
   */
  'session_token'?: (string);
  /**
   * Compact JWS, `typ` `einmal-release+jwt`, by the pages: per held item release or refuse; in `own_statements` the digest of
   * each statement. Required.
   */
  'attestation'?: (string);
  /**
   * What the person holds to be right instead of what they were shown and release: at most 64, one per attribute.
   */
  'own_statements'?: (_einmal_broker_v1_OwnStatement)[];
}

/**
 * Request of AttestRelease.
 */
export interface AttestReleaseRequest__Output {
  /**
   * Exchange that holds evidence. Required.
   */
  'exchange_id'?: (string);
  /**
   * Session token of the pages, with the subject token of the person. Required.
   */
  'session_token'?: (string);
  /**
   * Compact JWS, `typ` `einmal-release+jwt`, by the pages: per held item release or refuse; in `own_statements` the digest of
   * each statement. Required.
   */
  'attestation'?: (string);
  /**
   * What the person holds to be right instead of what they were shown and release: at most 64, one per attribute.
   */
  'own_statements'?: (_einmal_broker_v1_OwnStatement__Output)[];
}
