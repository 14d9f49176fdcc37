// Original file: einmal/broker/v1/catalogue_service.proto

import type { ServiceSubject as _einmal_broker_v1_ServiceSubject, ServiceSubject__Output as _einmal_broker_v1_ServiceSubject__Output } from '../../../einmal/broker/v1/ServiceSubject.js';
import type { ServiceNeed as _einmal_broker_v1_ServiceNeed, ServiceNeed__Output as _einmal_broker_v1_ServiceNeed__Output } from '../../../einmal/broker/v1/ServiceNeed.js';
import type { ServiceField as _einmal_broker_v1_ServiceField, ServiceField__Output as _einmal_broker_v1_ServiceField__Output } from '../../../einmal/broker/v1/ServiceField.js';

/**
 * Response of DescribeService.
 */
export interface DescribeServiceResponse {
  /**
   * Identifier.
   */
  'service'?: (string);
  /**
   * LeiKa key, 14 digits.
   */
  'leika'?: (string);
  /**
   * Title in German.
   */
  'title'?: (string);
  /**
   * Participant that offers it.
   */
  'consumer'?: (string);
  /**
   * Purpose.
   */
  'purpose'?: (string);
  /**
   * Hash of the purpose version, base64url, as the attestation must name it.
   */
  'purpose_hash'?: (string);
  /**
   * Least level of assurance: `low`, `substantial`, `high`.
   */
  'min_assurance'?: (string);
  /**
   * Persons of an application.
   */
  'subjects'?: (_einmal_broker_v1_ServiceSubject)[];
  /**
   * Evidence it needs, identity lookups included.
   */
  'needs'?: (_einmal_broker_v1_ServiceNeed)[];
  /**
   * Fields of the form.
   */
  'fields'?: (_einmal_broker_v1_ServiceField)[];
  /**
   * Version of the catalogue this answer is from.
   */
  'catalogue_version'?: (string);
}

/**
 * Response of DescribeService.
 */
export interface DescribeServiceResponse__Output {
  /**
   * Identifier.
   */
  'service'?: (string);
  /**
   * LeiKa key, 14 digits.
   */
  'leika'?: (string);
  /**
   * Title in German.
   */
  'title'?: (string);
  /**
   * Participant that offers it.
   */
  'consumer'?: (string);
  /**
   * Purpose.
   */
  'purpose'?: (string);
  /**
   * Hash of the purpose version, base64url, as the attestation must name it.
   */
  'purpose_hash'?: (string);
  /**
   * Least level of assurance: `low`, `substantial`, `high`.
   */
  'min_assurance'?: (string);
  /**
   * Persons of an application.
   */
  'subjects'?: (_einmal_broker_v1_ServiceSubject__Output)[];
  /**
   * Evidence it needs, identity lookups included.
   */
  'needs'?: (_einmal_broker_v1_ServiceNeed__Output)[];
  /**
   * Fields of the form.
   */
  'fields'?: (_einmal_broker_v1_ServiceField__Output)[];
  /**
   * Version of the catalogue this answer is from.
   */
  'catalogue_version'?: (string);
}
