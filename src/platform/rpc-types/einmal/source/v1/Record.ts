// Original file: einmal/source/v1/record_service.proto

import type { RecordKey as _einmal_source_v1_RecordKey, RecordKey__Output as _einmal_source_v1_RecordKey__Output } from '../../../einmal/source/v1/RecordKey.js';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';
import type { Value as _einmal_source_v1_Value, Value__Output as _einmal_source_v1_Value__Output } from '../../../einmal/source/v1/Value.js';
import type { Representative as _einmal_source_v1_Representative, Representative__Output as _einmal_source_v1_Representative__Output } from '../../../einmal/source/v1/Representative.js';

/**
 * One record.
 */
export interface Record {
  /**
   * The key that was asked for. Required: an answer about anybody else is no answer.
   */
  'key'?: (_einmal_source_v1_RecordKey | null);
  /**
   * Whether the record is held back (IDNrG § 6 Abs. 5). Absent counts as held back: false has to be said.
   */
  'blocked'?: (boolean);
  /**
   * The moment for which the register vouches. Required.
   */
  'as_of_time'?: (_google_protobuf_Timestamp | null);
  /**
   * First day on which this is a record, in Germany, `YYYY-MM-DD`; empty where it has none.
   */
  'valid_from'?: (string);
  /**
   * Last day; empty where it has none. Former and future records may be sent: the edge takes those of today.
   */
  'valid_until'?: (string);
  /**
   * From when on the evidence can be had; absent: now. Until then the values are not read and may be left out.
   */
  'available_time'?: (_google_protobuf_Timestamp | null);
  /**
   * One for each column that was asked for. A column that is missing is a fault, and so is one that is there twice.
   */
  'values'?: (_einmal_source_v1_Value)[];
  /**
   * Who may decide for the company. Empty for persons.
   */
  'representatives'?: (_einmal_source_v1_Representative)[];
  '_blocked'?: "blocked";
}

/**
 * One record.
 */
export interface Record__Output {
  /**
   * The key that was asked for. Required: an answer about anybody else is no answer.
   */
  'key'?: (_einmal_source_v1_RecordKey__Output);
  /**
   * Whether the record is held back (IDNrG § 6 Abs. 5). Absent counts as held back: false has to be said.
   */
  'blocked'?: (boolean);
  /**
   * The moment for which the register vouches. Required.
   */
  'as_of_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * First day on which this is a record, in Germany, `YYYY-MM-DD`; empty where it has none.
   */
  'valid_from'?: (string);
  /**
   * Last day; empty where it has none. Former and future records may be sent: the edge takes those of today.
   */
  'valid_until'?: (string);
  /**
   * From when on the evidence can be had; absent: now. Until then the values are not read and may be left out.
   */
  'available_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * One for each column that was asked for. A column that is missing is a fault, and so is one that is there twice.
   */
  'values'?: (_einmal_source_v1_Value__Output)[];
  /**
   * Who may decide for the company. Empty for persons.
   */
  'representatives'?: (_einmal_source_v1_Representative__Output)[];
  '_blocked'?: "blocked";
}
