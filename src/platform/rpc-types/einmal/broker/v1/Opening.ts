// Original file: einmal/broker/v1/receipt.proto


/**
 * Opens the caller's half of a commitment. The protected half (true cause, persons) stays closed behind its hash.
 */
export interface Opening {
  /**
   * Salt of the caller's half, 32 bytes.
   */
  'salt'?: (Buffer | Uint8Array | string);
  /**
   * The caller's half, RFC 8785 form: event, time, consumer, register, purpose, legal basis, outcome, reason, digest of
   * what was released. Without personal data.
   */
  'caller'?: (string);
  /**
   * Hash of the protected half, 32 bytes.
   */
  'protected_hash'?: (Buffer | Uint8Array | string);
}

/**
 * Opens the caller's half of a commitment. The protected half (true cause, persons) stays closed behind its hash.
 */
export interface Opening__Output {
  /**
   * Salt of the caller's half, 32 bytes.
   */
  'salt'?: (Buffer);
  /**
   * The caller's half, RFC 8785 form: event, time, consumer, register, purpose, legal basis, outcome, reason, digest of
   * what was released. Without personal data.
   */
  'caller'?: (string);
  /**
   * Hash of the protected half, 32 bytes.
   */
  'protected_hash'?: (Buffer);
}
