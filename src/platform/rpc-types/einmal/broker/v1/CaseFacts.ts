// Original file: einmal/broker/v1/oversight_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';

/**
 * What the log itself says of what a case concerns: kinds and numbers, nobody (GDPR Art. 33 (3) a).
 */
export interface CaseFacts {
  /**
   * Names of attributes.
   */
  'attributes'?: (string)[];
  /**
   * Roles of the persons whom the entry names.
   */
  'subject_roles'?: (string)[];
  /**
   * How many persons the entry names.
   */
  'subjects'?: (number);
  /**
   * When it was reported to the supervisory authority first.
   */
  'report_time'?: (_google_protobuf_Timestamp | null);
}

/**
 * What the log itself says of what a case concerns: kinds and numbers, nobody (GDPR Art. 33 (3) a).
 */
export interface CaseFacts__Output {
  /**
   * Names of attributes.
   */
  'attributes'?: (string)[];
  /**
   * Roles of the persons whom the entry names.
   */
  'subject_roles'?: (string)[];
  /**
   * How many persons the entry names.
   */
  'subjects'?: (number);
  /**
   * When it was reported to the supervisory authority first.
   */
  'report_time'?: (_google_protobuf_Timestamp__Output);
}
