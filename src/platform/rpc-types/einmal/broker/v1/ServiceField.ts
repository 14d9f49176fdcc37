// Original file: einmal/broker/v1/catalogue_service.proto

import type { FieldMatch as _einmal_broker_v1_FieldMatch, FieldMatch__Output as _einmal_broker_v1_FieldMatch__Output } from '../../../einmal/broker/v1/FieldMatch.js';

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
  /**
   * Role of the person the evidence is about, where it is not that of the field.
   */
  'source_role'?: (string);
  /**
   * Member of an object, or `day`, `month` or `year` of a partial date; absent where the whole attribute is meant.
   */
  'path'?: (string);
  /**
   * Whether `path` is taken of every element of a list.
   */
  'each'?: (boolean);
  /**
   * Picks one element of a list; absent where nothing is picked.
   */
  'match'?: (_einmal_broker_v1_FieldMatch | null);
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
  /**
   * Role of the person the evidence is about, where it is not that of the field.
   */
  'source_role'?: (string);
  /**
   * Member of an object, or `day`, `month` or `year` of a partial date; absent where the whole attribute is meant.
   */
  'path'?: (string);
  /**
   * Whether `path` is taken of every element of a list.
   */
  'each'?: (boolean);
  /**
   * Picks one element of a list; absent where nothing is picked.
   */
  'match'?: (_einmal_broker_v1_FieldMatch__Output);
}
