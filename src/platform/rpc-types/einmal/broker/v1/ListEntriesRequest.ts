// Original file: einmal/broker/v1/transparency_service.proto

import type { EntryFilter as _einmal_broker_v1_EntryFilter, EntryFilter__Output as _einmal_broker_v1_EntryFilter__Output } from '../../../einmal/broker/v1/EntryFilter.js';

/**
 * Request of ListEntries.
 */
export interface ListEntriesRequest {
  /**
   * Filter.
   */
  'filter'?: (_einmal_broker_v1_EntryFilter | null);
  /**
   * At most this many, 1 to 1000; 100 if absent.
   */
  'page_size'?: (number);
  /**
   * Continues an earlier list.
   */
  'page_token'?: (string);
}

/**
 * Request of ListEntries.
 */
export interface ListEntriesRequest__Output {
  /**
   * Filter.
   */
  'filter'?: (_einmal_broker_v1_EntryFilter__Output);
  /**
   * At most this many, 1 to 1000; 100 if absent.
   */
  'page_size'?: (number);
  /**
   * Continues an earlier list.
   */
  'page_token'?: (string);
}
