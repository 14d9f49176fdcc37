// Original file: einmal/broker/v1/explanation.proto


/**
 * An attribute that may not pass.
 */
export interface RefusedField {
  /**
   * Attribute.
   */
  'attribute'?: (string);
  /**
   * Rules that deny it; empty where no rule allows it.
   */
  'denied_by'?: (string)[];
}

/**
 * An attribute that may not pass.
 */
export interface RefusedField__Output {
  /**
   * Attribute.
   */
  'attribute'?: (string);
  /**
   * Rules that deny it; empty where no rule allows it.
   */
  'denied_by'?: (string)[];
}
