// Original file: einmal/broker/v1/evidence_service.proto


/**
 * One item of an evidence request.
 */
export interface EvidenceNeed {
  /**
   * Evidence type of the catalogue. Required.
   */
  'evidence_type'?: (string);
  /**
   * Role of the subject in this request. Required.
   */
  'subject_role'?: (string);
  /**
   * Attributes asked for; all that rule and trigger allow if empty.
   */
  'fields'?: (string)[];
  /**
   * Trigger that covers this item. Required.
   */
  'trigger_id'?: (string);
  /**
   * Parameter of competence where the evidence type needs one: the official region key, 12 digits.
   */
  'ars'?: (string);
  /**
   * Number of the register; where the evidence type needs it.
   */
  'register_number'?: (string);
  /**
   * Day on which that key was in use, as `2026-01-31`; today, as it is in Germany, if empty. For keys that have been given up since.
   */
  'key_date'?: (string);
}

/**
 * One item of an evidence request.
 */
export interface EvidenceNeed__Output {
  /**
   * Evidence type of the catalogue. Required.
   */
  'evidence_type'?: (string);
  /**
   * Role of the subject in this request. Required.
   */
  'subject_role'?: (string);
  /**
   * Attributes asked for; all that rule and trigger allow if empty.
   */
  'fields'?: (string)[];
  /**
   * Trigger that covers this item. Required.
   */
  'trigger_id'?: (string);
  /**
   * Parameter of competence where the evidence type needs one: the official region key, 12 digits.
   */
  'ars'?: (string);
  /**
   * Number of the register; where the evidence type needs it.
   */
  'register_number'?: (string);
  /**
   * Day on which that key was in use, as `2026-01-31`; today, as it is in Germany, if empty. For keys that have been given up since.
   */
  'key_date'?: (string);
}
