// Original file: einmal/broker/v1/evidence_service.proto


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
   * Compact JWS, `typ` `einmal-release+jwt`, by the pages: per held item release or refuse. Required.
   */
  'attestation'?: (string);
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
   * Compact JWS, `typ` `einmal-release+jwt`, by the pages: per held item release or refuse. Required.
   */
  'attestation'?: (string);
}
