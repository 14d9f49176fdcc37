// Original file: einmal/broker/v1/evidence_service.proto


/**
 * One attribute, readable.
 */
export interface PreviewAttribute {
  /**
   * Attribute of the evidence type.
   */
  'attribute'?: (string);
  /**
   * Title in German.
   */
  'title'?: (string);
  /**
   * Value as text.
   */
  'value'?: (string);
}

/**
 * One attribute, readable.
 */
export interface PreviewAttribute__Output {
  /**
   * Attribute of the evidence type.
   */
  'attribute'?: (string);
  /**
   * Title in German.
   */
  'title'?: (string);
  /**
   * Value as text.
   */
  'value'?: (string);
}
