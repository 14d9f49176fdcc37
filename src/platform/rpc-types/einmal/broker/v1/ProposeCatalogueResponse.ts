// Original file: einmal/broker/v1/catalogue_service.proto

import type { Receipt as _einmal_broker_v1_Receipt, Receipt__Output as _einmal_broker_v1_Receipt__Output } from '../../../einmal/broker/v1/Receipt.js';

/**
 * Response of ProposeCatalogue.
 */
export interface ProposeCatalogueResponse {
  /**
   * Version that is proposed: the hash of its content.
   */
  'version'?: (string);
  /**
   * Receipt of the entry.
   */
  'receipt'?: (_einmal_broker_v1_Receipt | null);
}

/**
 * Response of ProposeCatalogue.
 */
export interface ProposeCatalogueResponse__Output {
  /**
   * Version that is proposed: the hash of its content.
   */
  'version'?: (string);
  /**
   * Receipt of the entry.
   */
  'receipt'?: (_einmal_broker_v1_Receipt__Output);
}
