// Original file: einmal/broker/v1/catalogue_service.proto


/**
 * Picks the only element of a list whose member equals an attribute of the evidence about the field's own subject.
 */
export interface FieldMatch {
  /**
   * Member of each element.
   */
  'path'?: (string);
  /**
   * Evidence type with the attribute.
   */
  'evidence_type'?: (string);
  /**
   * Attribute to compare with.
   */
  'attribute'?: (string);
}

/**
 * Picks the only element of a list whose member equals an attribute of the evidence about the field's own subject.
 */
export interface FieldMatch__Output {
  /**
   * Member of each element.
   */
  'path'?: (string);
  /**
   * Evidence type with the attribute.
   */
  'evidence_type'?: (string);
  /**
   * Attribute to compare with.
   */
  'attribute'?: (string);
}
