// Original file: einmal/broker/v1/subject.proto

import type { RegisterNumberKey as _einmal_broker_v1_RegisterNumberKey, RegisterNumberKey__Output as _einmal_broker_v1_RegisterNumberKey__Output } from '../../../einmal/broker/v1/RegisterNumberKey.js';

/**
 * A legal person, by a key that the registers of companies know. It decides through a natural person of the same request,
 * in the role that the service names as its representative; whether that person represents it, its register says.
 */
export interface LegalPerson {
  /**
   * Federal business number: `DE`, 9 digits, `-`, 5 digits (UBRegG § 2). Only where the register of the evidence knows it.
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
 * A legal person, by a key that the registers of companies know. It decides through a natural person of the same request,
 * in the role that the service names as its representative; whether that person represents it, its register says.
 */
export interface LegalPerson__Output {
  /**
   * Federal business number: `DE`, 9 digits, `-`, 5 digits (UBRegG § 2). Only where the register of the evidence knows it.
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
