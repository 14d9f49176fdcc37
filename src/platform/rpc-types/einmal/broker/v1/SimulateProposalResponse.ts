// Original file: einmal/broker/v1/catalogue_service.proto

import type { SimulateCatalogueResponse as _einmal_broker_v1_SimulateCatalogueResponse, SimulateCatalogueResponse__Output as _einmal_broker_v1_SimulateCatalogueResponse__Output } from '../../../einmal/broker/v1/SimulateCatalogueResponse.js';

/**
 * Response of SimulateProposal.
 */
export interface SimulateProposalResponse {
  /**
   * What would change, by whichever consumer it was asked for.
   */
  'simulation'?: (_einmal_broker_v1_SimulateCatalogueResponse | null);
}

/**
 * Response of SimulateProposal.
 */
export interface SimulateProposalResponse__Output {
  /**
   * What would change, by whichever consumer it was asked for.
   */
  'simulation'?: (_einmal_broker_v1_SimulateCatalogueResponse__Output);
}
