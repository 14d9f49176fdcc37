// Original file: einmal/broker/v1/subject.proto

import type { RegisterNumberKey as _einmal_broker_v1_RegisterNumberKey, RegisterNumberKey__Output as _einmal_broker_v1_RegisterNumberKey__Output } from '../../../einmal/broker/v1/RegisterNumberKey.js';

/**
 * A legal person. Exchanges about legal persons come with a later release.
 */
export interface LegalPerson {
  /**
   * Federal business number: `DE`, 9 digits, `-`, 5 digits (UBRegG § 2).
   */
  'business_number'?: (string);
  /**
   * Number in the commercial or another register together with its court code (UBRegG § 3 Abs. 3).
   */
  'register_number_key'?: (_einmal_broker_v1_RegisterNumberKey | null);
  /**
   * Exactly one. Required.
   */
  'key'?: "business_number"|"register_number_key";
}

/**
 * A legal person. Exchanges about legal persons come with a later release.
 */
export interface LegalPerson__Output {
  /**
   * Federal business number: `DE`, 9 digits, `-`, 5 digits (UBRegG § 2).
   */
  'business_number'?: (string);
  /**
   * Number in the commercial or another register together with its court code (UBRegG § 3 Abs. 3).
   */
  'register_number_key'?: (_einmal_broker_v1_RegisterNumberKey__Output);
  /**
   * Exactly one. Required.
   */
  'key'?: "business_number"|"register_number_key";
}
