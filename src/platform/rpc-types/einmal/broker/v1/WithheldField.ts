// Original file: einmal/broker/v1/evidence.proto


/**
 * A field that is withheld, the same for every person.
 */
export interface WithheldField {
  /**
   * Attribute of the evidence type.
   */
  'attribute'?: (string);
  /**
   * Norm or rule that withholds it.
   */
  'norm'?: (string);
}

/**
 * A field that is withheld, the same for every person.
 */
export interface WithheldField__Output {
  /**
   * Attribute of the evidence type.
   */
  'attribute'?: (string);
  /**
   * Norm or rule that withholds it.
   */
  'norm'?: (string);
}
