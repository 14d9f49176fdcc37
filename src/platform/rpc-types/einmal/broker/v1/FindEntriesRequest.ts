// Original file: einmal/broker/v1/oversight_service.proto

import type { EntryFilter as _einmal_broker_v1_EntryFilter, EntryFilter__Output as _einmal_broker_v1_EntryFilter__Output } from '../../../einmal/broker/v1/EntryFilter.js';

/**
 * Request of FindEntries.
 */
export interface FindEntriesRequest {
  /**
   * Session token of an officer or auditor. Required.
   */
  'session_token'?: (string);
  /**
   * Filter; of all participants where it names none.
   */
  'filter'?: (_einmal_broker_v1_EntryFilter | null);
  /**
   * Kinds of event, for example `retrieval.closed`; all if empty.
   */
  'events'?: (string)[];
  /**
   * At most this many, 1 to 1000; 100 if absent.
   */
  'page_size'?: (number);
  /**
   * Continues an earlier list of the same session with the same filter.
   */
  'page_token'?: (string);
}

/**
 * Request of FindEntries.
 */
export interface FindEntriesRequest__Output {
  /**
   * Session token of an officer or auditor. Required.
   */
  'session_token'?: (string);
  /**
   * Filter; of all participants where it names none.
   */
  'filter'?: (_einmal_broker_v1_EntryFilter__Output);
  /**
   * Kinds of event, for example `retrieval.closed`; all if empty.
   */
  'events'?: (string)[];
  /**
   * At most this many, 1 to 1000; 100 if absent.
   */
  'page_size'?: (number);
  /**
   * Continues an earlier list of the same session with the same filter.
   */
  'page_token'?: (string);
}
