// Original file: einmal/broker/v1/transparency_service.proto

import type { EntryFilter as _einmal_broker_v1_EntryFilter, EntryFilter__Output as _einmal_broker_v1_EntryFilter__Output } from '../../../einmal/broker/v1/EntryFilter.js';

/**
 * Request of ExportEntries.
 */
export interface ExportEntriesRequest {
  /**
   * Filter.
   */
  'filter'?: (_einmal_broker_v1_EntryFilter | null);
  /**
   * Why. Required.
   */
  'reason'?: (string);
}

/**
 * Request of ExportEntries.
 */
export interface ExportEntriesRequest__Output {
  /**
   * Filter.
   */
  'filter'?: (_einmal_broker_v1_EntryFilter__Output);
  /**
   * Why. Required.
   */
  'reason'?: (string);
}
