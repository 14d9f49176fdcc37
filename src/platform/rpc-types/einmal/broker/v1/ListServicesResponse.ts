// Original file: einmal/broker/v1/catalogue_service.proto

import type { ServiceSummary as _einmal_broker_v1_ServiceSummary, ServiceSummary__Output as _einmal_broker_v1_ServiceSummary__Output } from '../../../einmal/broker/v1/ServiceSummary.js';

/**
 * Response of ListServices.
 */
export interface ListServicesResponse {
  /**
   * Service ids.
   */
  'services'?: (_einmal_broker_v1_ServiceSummary)[];
  /**
   * Continues this list; empty at its end.
   */
  'next_page_token'?: (string);
}

/**
 * Response of ListServices.
 */
export interface ListServicesResponse__Output {
  /**
   * Service ids.
   */
  'services'?: (_einmal_broker_v1_ServiceSummary__Output)[];
  /**
   * Continues this list; empty at its end.
   */
  'next_page_token'?: (string);
}
