// Original file: einmal/broker/v1/catalogue_service.proto

import type { FlippedDecision as _einmal_broker_v1_FlippedDecision, FlippedDecision__Output as _einmal_broker_v1_FlippedDecision__Output } from '../../../einmal/broker/v1/FlippedDecision.js';
import type { LoosenedDemand as _einmal_broker_v1_LoosenedDemand, LoosenedDemand__Output as _einmal_broker_v1_LoosenedDemand__Output } from '../../../einmal/broker/v1/LoosenedDemand.js';
import type { Long } from '@grpc/proto-loader';

/**
 * Response of SimulateCatalogue.
 */
export interface SimulateCatalogueResponse {
  /**
   * Number of requests replayed.
   */
  'replayed'?: (number | string | Long);
  /**
   * Decisions that would change.
   */
  'flipped'?: (_einmal_broker_v1_FlippedDecision)[];
  /**
   * Requests that cannot be replayed: what they named was not in the catalogue, or they were refused before the rules.
   */
  'not_replayed'?: (number | string | Long);
  /**
   * Version that was simulated.
   */
  'version'?: (string);
  /**
   * Where it would permit more by taking a rule away, whatever was asked for; at most 1000.
   */
  'loosened'?: (_einmal_broker_v1_LoosenedDemand)[];
}

/**
 * Response of SimulateCatalogue.
 */
export interface SimulateCatalogueResponse__Output {
  /**
   * Number of requests replayed.
   */
  'replayed'?: (string);
  /**
   * Decisions that would change.
   */
  'flipped'?: (_einmal_broker_v1_FlippedDecision__Output)[];
  /**
   * Requests that cannot be replayed: what they named was not in the catalogue, or they were refused before the rules.
   */
  'not_replayed'?: (string);
  /**
   * Version that was simulated.
   */
  'version'?: (string);
  /**
   * Where it would permit more by taking a rule away, whatever was asked for; at most 1000.
   */
  'loosened'?: (_einmal_broker_v1_LoosenedDemand__Output)[];
}
