// Original file: einmal/register/v1/register_service.proto


/**
 * Opens `decision.subject.commitment` of an attestation: SHA-256 over the RFC 8785 form of these members.
 */
export interface CommitmentOpening {
  /**
   * 32 bytes.
   */
  'salt'?: (Buffer | Uint8Array | string);
  /**
   * Family name as the applicant gave it, or empty if the key set was the number.
   */
  'family_name'?: (string);
  /**
   * Identification number if the key set was the number.
   */
  'idnr'?: (string);
}

/**
 * Opens `decision.subject.commitment` of an attestation: SHA-256 over the RFC 8785 form of these members.
 */
export interface CommitmentOpening__Output {
  /**
   * 32 bytes.
   */
  'salt'?: (Buffer);
  /**
   * Family name as the applicant gave it, or empty if the key set was the number.
   */
  'family_name'?: (string);
  /**
   * Identification number if the key set was the number.
   */
  'idnr'?: (string);
}
