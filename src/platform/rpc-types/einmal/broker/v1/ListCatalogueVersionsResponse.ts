// Original file: einmal/broker/v1/catalogue_service.proto

import type { CatalogueActivation as _einmal_broker_v1_CatalogueActivation, CatalogueActivation__Output as _einmal_broker_v1_CatalogueActivation__Output } from '../../../einmal/broker/v1/CatalogueActivation.js';
import type { CatalogueProposal as _einmal_broker_v1_CatalogueProposal, CatalogueProposal__Output as _einmal_broker_v1_CatalogueProposal__Output } from '../../../einmal/broker/v1/CatalogueProposal.js';

/**
 * Response of ListCatalogueVersions.
 */
export interface ListCatalogueVersionsResponse {
  /**
   * What came into force, newest first; the first is in force. At most 100.
   */
  'activations'?: (_einmal_broker_v1_CatalogueActivation)[];
  /**
   * What was proposed, newest first. At most 100.
   */
  'proposals'?: (_einmal_broker_v1_CatalogueProposal)[];
}

/**
 * Response of ListCatalogueVersions.
 */
export interface ListCatalogueVersionsResponse__Output {
  /**
   * What came into force, newest first; the first is in force. At most 100.
   */
  'activations'?: (_einmal_broker_v1_CatalogueActivation__Output)[];
  /**
   * What was proposed, newest first. At most 100.
   */
  'proposals'?: (_einmal_broker_v1_CatalogueProposal__Output)[];
}
