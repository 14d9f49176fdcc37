// Original file: einmal/broker/v1/prefill_service.proto

import type { FieldSource as _einmal_broker_v1_FieldSource, FieldSource__Output as _einmal_broker_v1_FieldSource__Output } from '../../../einmal/broker/v1/FieldSource.js';
import type { FieldAlternative as _einmal_broker_v1_FieldAlternative, FieldAlternative__Output as _einmal_broker_v1_FieldAlternative__Output } from '../../../einmal/broker/v1/FieldAlternative.js';

/**
 * One field of the form.
 */
export interface FormField {
  /**
   * FIM element id; `einmal:<name>` where no verified FIM id exists.
   */
  'fim_id'?: (string);
  /**
   * Label in German.
   */
  'label'?: (string);
  /**
   * Role of the subject the field is about.
   */
  'subject_role'?: (string);
  /**
   * Value as text; dates as `YYYY-MM-DD`, parts of dates as digits.
   */
  'value'?: (string);
  /**
   * Where the value comes from.
   */
  'source'?: (_einmal_broker_v1_FieldSource | null);
  /**
   * Values of other registers that disagree; the applicant decides, nothing is merged silently.
   */
  'alternatives'?: (_einmal_broker_v1_FieldAlternative)[];
}

/**
 * One field of the form.
 */
export interface FormField__Output {
  /**
   * FIM element id; `einmal:<name>` where no verified FIM id exists.
   */
  'fim_id'?: (string);
  /**
   * Label in German.
   */
  'label'?: (string);
  /**
   * Role of the subject the field is about.
   */
  'subject_role'?: (string);
  /**
   * Value as text; dates as `YYYY-MM-DD`, parts of dates as digits.
   */
  'value'?: (string);
  /**
   * Where the value comes from.
   */
  'source'?: (_einmal_broker_v1_FieldSource__Output);
  /**
   * Values of other registers that disagree; the applicant decides, nothing is merged silently.
   */
  'alternatives'?: (_einmal_broker_v1_FieldAlternative__Output)[];
}
