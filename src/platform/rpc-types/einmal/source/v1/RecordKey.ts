// Original file: einmal/source/v1/record_service.proto

import type { PersonKey as _einmal_source_v1_PersonKey, PersonKey__Output as _einmal_source_v1_PersonKey__Output } from '../../../einmal/source/v1/PersonKey.js';
import type { RegisterEntry as _einmal_source_v1_RegisterEntry, RegisterEntry__Output as _einmal_source_v1_RegisterEntry__Output } from '../../../einmal/source/v1/RegisterEntry.js';

/**
 * Whose record it is. How the source finds it, for example by a key of its own, is its own affair.
 */
export interface RecordKey {
  /**
   * A natural person.
   */
  'person'?: (_einmal_source_v1_PersonKey | null);
  /**
   * Federal business number of a company (UBRegG § 2).
   */
  'business_number'?: (string);
  /**
   * Entry of a company in a register (UBRegG § 3 Abs. 3).
   */
  'register_entry'?: (_einmal_source_v1_RegisterEntry | null);
  /**
   * Exactly one. Required.
   */
  'key'?: "person"|"business_number"|"register_entry";
}

/**
 * Whose record it is. How the source finds it, for example by a key of its own, is its own affair.
 */
export interface RecordKey__Output {
  /**
   * A natural person.
   */
  'person'?: (_einmal_source_v1_PersonKey__Output);
  /**
   * Federal business number of a company (UBRegG § 2).
   */
  'business_number'?: (string);
  /**
   * Entry of a company in a register (UBRegG § 3 Abs. 3).
   */
  'register_entry'?: (_einmal_source_v1_RegisterEntry__Output);
  /**
   * Exactly one. Required.
   */
  'key'?: "person"|"business_number"|"register_entry";
}
