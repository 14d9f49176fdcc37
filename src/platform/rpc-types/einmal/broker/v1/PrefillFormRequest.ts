// Original file: einmal/broker/v1/prefill_service.proto

import type { Subject as _einmal_broker_v1_Subject, Subject__Output as _einmal_broker_v1_Subject__Output } from '../../../einmal/broker/v1/Subject.js';

/**
 * Request of PrefillForm.
 */
export interface PrefillFormRequest {
  /**
   * UUID chosen by the caller. Required.
   */
  'request_id'?: (string);
  /**
   * Online service of the catalogue, for example `kindergeld`. Required.
   */
  'service'?: (string);
  /**
   * Persons in the roles that the service names. Required.
   */
  'subjects'?: (_einmal_broker_v1_Subject)[];
  /**
   * Triggers; each covers one piece of evidence of one subject, identity lookups included. Required.
   */
  'trigger_ids'?: (string)[];
  /**
   * Official region key of the applicant's municipality, 12 digits; where a route needs it.
   */
  'ars'?: (string);
  /**
   * Number of the register; where a route needs it.
   */
  'register_number'?: (string);
  /**
   * Day on which that key was in use, as `2026-01-31`; today, as it is in Germany, if empty. For keys that have been given up since.
   */
  'key_date'?: (string);
}

/**
 * Request of PrefillForm.
 */
export interface PrefillFormRequest__Output {
  /**
   * UUID chosen by the caller. Required.
   */
  'request_id'?: (string);
  /**
   * Online service of the catalogue, for example `kindergeld`. Required.
   */
  'service'?: (string);
  /**
   * Persons in the roles that the service names. Required.
   */
  'subjects'?: (_einmal_broker_v1_Subject__Output)[];
  /**
   * Triggers; each covers one piece of evidence of one subject, identity lookups included. Required.
   */
  'trigger_ids'?: (string)[];
  /**
   * Official region key of the applicant's municipality, 12 digits; where a route needs it.
   */
  'ars'?: (string);
  /**
   * Number of the register; where a route needs it.
   */
  'register_number'?: (string);
  /**
   * Day on which that key was in use, as `2026-01-31`; today, as it is in Germany, if empty. For keys that have been given up since.
   */
  'key_date'?: (string);
}
