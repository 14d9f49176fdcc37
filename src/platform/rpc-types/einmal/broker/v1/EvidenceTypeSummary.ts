// Original file: einmal/broker/v1/catalogue_service.proto


/**
 * An evidence type in a list.
 */
export interface EvidenceTypeSummary {
  /**
   * Identifier.
   */
  'evidence_type'?: (string);
  /**
   * Type of the credential (`vct`).
   */
  'vct'?: (string);
  /**
   * Title in German.
   */
  'title'?: (string);
  /**
   * Type of register that holds it.
   */
  'register_type'?: (string);
  /**
   * Attributes it has.
   */
  'attributes'?: (string)[];
}

/**
 * An evidence type in a list.
 */
export interface EvidenceTypeSummary__Output {
  /**
   * Identifier.
   */
  'evidence_type'?: (string);
  /**
   * Type of the credential (`vct`).
   */
  'vct'?: (string);
  /**
   * Title in German.
   */
  'title'?: (string);
  /**
   * Type of register that holds it.
   */
  'register_type'?: (string);
  /**
   * Attributes it has.
   */
  'attributes'?: (string)[];
}
