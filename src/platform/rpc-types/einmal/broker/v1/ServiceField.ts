// Original file: einmal/broker/v1/catalogue_service.proto


/**
 * One field of a service's form.
 */
export interface ServiceField {
  /**
   * FIM element id.
   */
  'fim_id'?: (string);
  /**
   * Label in German.
   */
  'label'?: (string);
  /**
   * Role of the subject.
   */
  'subject_role'?: (string);
  /**
   * Evidence type it may come from.
   */
  'evidence_type'?: (string);
  /**
   * Attribute of that type.
   */
  'attribute'?: (string);
}

/**
 * One field of a service's form.
 */
export interface ServiceField__Output {
  /**
   * FIM element id.
   */
  'fim_id'?: (string);
  /**
   * Label in German.
   */
  'label'?: (string);
  /**
   * Role of the subject.
   */
  'subject_role'?: (string);
  /**
   * Evidence type it may come from.
   */
  'evidence_type'?: (string);
  /**
   * Attribute of that type.
   */
  'attribute'?: (string);
}
