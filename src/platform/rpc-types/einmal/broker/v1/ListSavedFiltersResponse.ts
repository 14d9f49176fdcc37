// Original file: einmal/broker/v1/oversight_service.proto

import type { SavedFilter as _einmal_broker_v1_SavedFilter, SavedFilter__Output as _einmal_broker_v1_SavedFilter__Output } from '../../../einmal/broker/v1/SavedFilter.js';

/**
 * Response of ListSavedFilters.
 */
export interface ListSavedFiltersResponse {
  /**
   * Filters by name.
   */
  'filters'?: (_einmal_broker_v1_SavedFilter)[];
}

/**
 * Response of ListSavedFilters.
 */
export interface ListSavedFiltersResponse__Output {
  /**
   * Filters by name.
   */
  'filters'?: (_einmal_broker_v1_SavedFilter__Output)[];
}
