// Original file: einmal/broker/v1/permission_service.proto


/**
 * The abstract question: parties, type, purpose, basis.
 */
export interface TransferQuestion {
  /**
   * Participant that asks. Required.
   */
  'consumer'?: (string);
  /**
   * Register that would answer. Required.
   */
  'register'?: (string);
  /**
   * Evidence type. Required.
   */
  'evidence_type'?: (string);
  /**
   * Purpose. Required.
   */
  'purpose'?: (string);
  /**
   * Hash of the purpose version, 32 bytes. Required.
   */
  'purpose_hash'?: (Buffer | Uint8Array | string);
  /**
   * Legal basis. Required.
   */
  'legal_basis'?: (string);
  /**
   * Attributes asked for. Required.
   */
  'fields'?: (string)[];
}

/**
 * The abstract question: parties, type, purpose, basis.
 */
export interface TransferQuestion__Output {
  /**
   * Participant that asks. Required.
   */
  'consumer'?: (string);
  /**
   * Register that would answer. Required.
   */
  'register'?: (string);
  /**
   * Evidence type. Required.
   */
  'evidence_type'?: (string);
  /**
   * Purpose. Required.
   */
  'purpose'?: (string);
  /**
   * Hash of the purpose version, 32 bytes. Required.
   */
  'purpose_hash'?: (Buffer);
  /**
   * Legal basis. Required.
   */
  'legal_basis'?: (string);
  /**
   * Attributes asked for. Required.
   */
  'fields'?: (string)[];
}
