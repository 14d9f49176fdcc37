// Original file: einmal/broker/v1/subject.proto

import type { AddressKey as _einmal_broker_v1_AddressKey, AddressKey__Output as _einmal_broker_v1_AddressKey__Output } from '../../../einmal/broker/v1/AddressKey.js';
import type { NameKey as _einmal_broker_v1_NameKey, NameKey__Output as _einmal_broker_v1_NameKey__Output } from '../../../einmal/broker/v1/NameKey.js';
import type { IdnrKey as _einmal_broker_v1_IdnrKey, IdnrKey__Output as _einmal_broker_v1_IdnrKey__Output } from '../../../einmal/broker/v1/IdnrKey.js';

/**
 * A human being, given by a token or by exactly one of the three lawful key sets (IDNrG § 6 Abs. 3).
 */
export interface NaturalPerson {
  /**
   * Opaque token that `ResolveIdentity` returned to this consumer for this certificate and these triggers.
   */
  'subject_token'?: (string);
  /**
   * Family name, town, postcode and date of birth (IDNrG § 6 Abs. 3 Nr. 1).
   */
  'address_key'?: (_einmal_broker_v1_AddressKey | null);
  /**
   * Family name, given names and date of birth; only if town or postcode are not known (IDNrG § 6 Abs. 3 Nr. 2).
   */
  'name_key'?: (_einmal_broker_v1_NameKey | null);
  /**
   * Identification number and date of birth (IDNrG § 6 Abs. 3 Nr. 3).
   */
  'idnr_key'?: (_einmal_broker_v1_IdnrKey | null);
  /**
   * Exactly one. Required.
   */
  'key'?: "subject_token"|"address_key"|"name_key"|"idnr_key";
}

/**
 * A human being, given by a token or by exactly one of the three lawful key sets (IDNrG § 6 Abs. 3).
 */
export interface NaturalPerson__Output {
  /**
   * Opaque token that `ResolveIdentity` returned to this consumer for this certificate and these triggers.
   */
  'subject_token'?: (string);
  /**
   * Family name, town, postcode and date of birth (IDNrG § 6 Abs. 3 Nr. 1).
   */
  'address_key'?: (_einmal_broker_v1_AddressKey__Output);
  /**
   * Family name, given names and date of birth; only if town or postcode are not known (IDNrG § 6 Abs. 3 Nr. 2).
   */
  'name_key'?: (_einmal_broker_v1_NameKey__Output);
  /**
   * Identification number and date of birth (IDNrG § 6 Abs. 3 Nr. 3).
   */
  'idnr_key'?: (_einmal_broker_v1_IdnrKey__Output);
  /**
   * Exactly one. Required.
   */
  'key'?: "subject_token"|"address_key"|"name_key"|"idnr_key";
}
