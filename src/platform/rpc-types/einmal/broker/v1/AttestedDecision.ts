// Original file: einmal/broker/v1/consent_service.proto


/**
 * One attested decision.
 */
export interface AttestedDecision {
  /**
   * Compact JWS, `typ` `einmal-attestation+jwt`, by a participant that the catalogue accepts for this rule. Required.
   */
  'attestation'?: (string);
  /**
   * Salt of the subject commitment inside the attestation, 32 bytes. Required.
   */
  'commitment_salt'?: (Buffer | Uint8Array | string);
  /**
   * File reference; only and always with the kind statutory task. Kept encrypted in the log record only.
   */
  'file_reference'?: (string);
  /**
   * Acting official; only and always with the kind statutory task. Kept encrypted in the log record only.
   */
  'acting_official'?: (string);
}

/**
 * One attested decision.
 */
export interface AttestedDecision__Output {
  /**
   * Compact JWS, `typ` `einmal-attestation+jwt`, by a participant that the catalogue accepts for this rule. Required.
   */
  'attestation'?: (string);
  /**
   * Salt of the subject commitment inside the attestation, 32 bytes. Required.
   */
  'commitment_salt'?: (Buffer);
  /**
   * File reference; only and always with the kind statutory task. Kept encrypted in the log record only.
   */
  'file_reference'?: (string);
  /**
   * Acting official; only and always with the kind statutory task. Kept encrypted in the log record only.
   */
  'acting_official'?: (string);
}
