// Original file: einmal/source/v1/record_service.proto


/**
 * What stands in one column.
 */
export interface Value {
  /**
   * Column, as it was asked for.
   */
  'column'?: (string);
  /**
   * The value; lists and objects as JSON (RFC 8259). Absent: the register has no value. An empty text is a value.
   */
  'text'?: (string);
  '_text'?: "text";
}

/**
 * What stands in one column.
 */
export interface Value__Output {
  /**
   * Column, as it was asked for.
   */
  'column'?: (string);
  /**
   * The value; lists and objects as JSON (RFC 8259). Absent: the register has no value. An empty text is a value.
   */
  'text'?: (string);
  '_text'?: "text";
}
