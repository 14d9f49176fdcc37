// Original file: einmal/broker/v1/catalogue_service.proto

import type { Receipt as _einmal_broker_v1_Receipt, Receipt__Output as _einmal_broker_v1_Receipt__Output } from '../../../einmal/broker/v1/Receipt.js';
import type { CatalogueFault as _einmal_broker_v1_CatalogueFault, CatalogueFault__Output as _einmal_broker_v1_CatalogueFault__Output } from '../../../einmal/broker/v1/CatalogueFault.js';
import type { LoosenedDemand as _einmal_broker_v1_LoosenedDemand, LoosenedDemand__Output as _einmal_broker_v1_LoosenedDemand__Output } from '../../../einmal/broker/v1/LoosenedDemand.js';

/**
 * Response of ProposeCatalogue.
 */
export interface ProposeCatalogueResponse {
  /**
   * Version that is proposed: the hash of its content. Empty where it has faults.
   */
  'version'?: (string);
  /**
   * Receipt of the entry; absent where it has faults, and where the same was proposed before under the same `request_id`.
   */
  'receipt'?: (_einmal_broker_v1_Receipt | null);
  /**
   * Everything that is wrong with it, at once; then nothing is proposed.
   */
  'faults'?: (_einmal_broker_v1_CatalogueFault)[];
  /**
   * Where it would permit more by taking a rule away; at most 1000. No fault, and to be looked at.
   */
  'loosened'?: (_einmal_broker_v1_LoosenedDemand)[];
}

/**
 * Response of ProposeCatalogue.
 */
export interface ProposeCatalogueResponse__Output {
  /**
   * Version that is proposed: the hash of its content. Empty where it has faults.
   */
  'version'?: (string);
  /**
   * Receipt of the entry; absent where it has faults, and where the same was proposed before under the same `request_id`.
   */
  'receipt'?: (_einmal_broker_v1_Receipt__Output);
  /**
   * Everything that is wrong with it, at once; then nothing is proposed.
   */
  'faults'?: (_einmal_broker_v1_CatalogueFault__Output)[];
  /**
   * Where it would permit more by taking a rule away; at most 1000. No fault, and to be looked at.
   */
  'loosened'?: (_einmal_broker_v1_LoosenedDemand__Output)[];
}
