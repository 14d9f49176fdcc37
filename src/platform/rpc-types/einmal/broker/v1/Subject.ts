// Original file: einmal/broker/v1/subject.proto

import type { NaturalPerson as _einmal_broker_v1_NaturalPerson, NaturalPerson__Output as _einmal_broker_v1_NaturalPerson__Output } from '../../../einmal/broker/v1/NaturalPerson.js';
import type { LegalPerson as _einmal_broker_v1_LegalPerson, LegalPerson__Output as _einmal_broker_v1_LegalPerson__Output } from '../../../einmal/broker/v1/LegalPerson.js';

/**
 * Somebody the evidence is about, in one role of the application.
 */
export interface Subject {
  /**
   * Role as the online service's catalogue entry names it, for example `parent` or `child`. Required, unique per request.
   */
  'role'?: (string);
  /**
   * A human being.
   */
  'natural_person'?: (_einmal_broker_v1_NaturalPerson | null);
  /**
   * A company or other legal person.
   */
  'legal_person'?: (_einmal_broker_v1_LegalPerson | null);
  /**
   * Natural or legal person. Required.
   */
  'person'?: "natural_person"|"legal_person";
}

/**
 * Somebody the evidence is about, in one role of the application.
 */
export interface Subject__Output {
  /**
   * Role as the online service's catalogue entry names it, for example `parent` or `child`. Required, unique per request.
   */
  'role'?: (string);
  /**
   * A human being.
   */
  'natural_person'?: (_einmal_broker_v1_NaturalPerson__Output);
  /**
   * A company or other legal person.
   */
  'legal_person'?: (_einmal_broker_v1_LegalPerson__Output);
  /**
   * Natural or legal person. Required.
   */
  'person'?: "natural_person"|"legal_person";
}
