// Original file: einmal/broker/v1/oversight_service.proto

import type { EntryFilter as _einmal_broker_v1_EntryFilter, EntryFilter__Output as _einmal_broker_v1_EntryFilter__Output } from '../../../einmal/broker/v1/EntryFilter.js';

/**
 * A filter with a name.
 */
export interface SavedFilter {
  /**
   * Name, unique for its officer.
   */
  'name'?: (string);
  /**
   * Filter.
   */
  'filter'?: (_einmal_broker_v1_EntryFilter | null);
  /**
   * Kinds of event.
   */
  'events'?: (string)[];
}

/**
 * A filter with a name.
 */
export interface SavedFilter__Output {
  /**
   * Name, unique for its officer.
   */
  'name'?: (string);
  /**
   * Filter.
   */
  'filter'?: (_einmal_broker_v1_EntryFilter__Output);
  /**
   * Kinds of event.
   */
  'events'?: (string)[];
}
