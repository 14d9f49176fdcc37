// Original file: einmal/register/v1/register_service.proto

import type { CompanyEntry as _einmal_register_v1_CompanyEntry, CompanyEntry__Output as _einmal_register_v1_CompanyEntry__Output } from '../../../einmal/register/v1/CompanyEntry.js';
import type { CompanyRepresentative as _einmal_register_v1_CompanyRepresentative, CompanyRepresentative__Output as _einmal_register_v1_CompanyRepresentative__Output } from '../../../einmal/register/v1/CompanyRepresentative.js';

/**
 * A legal person, and who decided for it. A register of companies never gets an identification number.
 */
export interface CompanyReference {
  /**
   * Federal business number (UBRegG § 2).
   */
  'business_number'?: (string);
  /**
   * Entry in a register (UBRegG § 3 Abs. 3).
   */
  'register_entry'?: (_einmal_register_v1_CompanyEntry | null);
  /**
   * Who decided for it, to be found among those whom the register knows to represent it. Absent where an authority decided.
   */
  'representative'?: (_einmal_register_v1_CompanyRepresentative | null);
  /**
   * Salt of the commitment in the attested trigger, 32 bytes.
   */
  'commitment_salt'?: (Buffer | Uint8Array | string);
  /**
   * Exactly one. Required.
   */
  'key'?: "business_number"|"register_entry";
}

/**
 * A legal person, and who decided for it. A register of companies never gets an identification number.
 */
export interface CompanyReference__Output {
  /**
   * Federal business number (UBRegG § 2).
   */
  'business_number'?: (string);
  /**
   * Entry in a register (UBRegG § 3 Abs. 3).
   */
  'register_entry'?: (_einmal_register_v1_CompanyEntry__Output);
  /**
   * Who decided for it, to be found among those whom the register knows to represent it. Absent where an authority decided.
   */
  'representative'?: (_einmal_register_v1_CompanyRepresentative__Output);
  /**
   * Salt of the commitment in the attested trigger, 32 bytes.
   */
  'commitment_salt'?: (Buffer);
  /**
   * Exactly one. Required.
   */
  'key'?: "business_number"|"register_entry";
}
