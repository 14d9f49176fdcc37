// Original file: einmal/broker/v1/evidence_service.proto


/**
 * Request of DecideRelease.
 */
export interface DecideReleaseRequest {
  /**
   * UUID chosen by the caller. Required.
   */
  'request_id'?: (string);
  /**
   * Exchange that holds evidence. Required.
   */
  'exchange_id'?: (string);
  /**
   * Compact JWS, `typ` `einmal-release+jwt`, by an attester accepted for these triggers: per held item release or refuse.
   * Required, but where the person decided at the pages (AttestRelease): then it is left out.
   */
  'attestation'?: (string);
}

/**
 * Request of DecideRelease.
 */
export interface DecideReleaseRequest__Output {
  /**
   * UUID chosen by the caller. Required.
   */
  'request_id'?: (string);
  /**
   * Exchange that holds evidence. Required.
   */
  'exchange_id'?: (string);
  /**
   * Compact JWS, `typ` `einmal-release+jwt`, by an attester accepted for these triggers: per held item release or refuse.
   * Required, but where the person decided at the pages (AttestRelease): then it is left out.
   */
  'attestation'?: (string);
}
