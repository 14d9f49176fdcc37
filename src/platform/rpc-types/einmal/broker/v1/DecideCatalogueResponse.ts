// Original file: einmal/broker/v1/catalogue_service.proto

import type { Receipt as _einmal_broker_v1_Receipt, Receipt__Output as _einmal_broker_v1_Receipt__Output } from '../../../einmal/broker/v1/Receipt.js';

/**
 * Response of DecideCatalogue.
 */
export interface DecideCatalogueResponse {
  /**
   * Receipt of the entry.
   */
  'receipt'?: (_einmal_broker_v1_Receipt | null);
}

/**
 * Response of DecideCatalogue.
 */
export interface DecideCatalogueResponse__Output {
  /**
   * Receipt of the entry.
   */
  'receipt'?: (_einmal_broker_v1_Receipt__Output);
}
