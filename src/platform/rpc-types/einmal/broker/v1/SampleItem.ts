// Original file: einmal/broker/v1/oversight_service.proto

import type { Long } from '@grpc/proto-loader';

/**
 * One drawn index.
 */
export interface SampleItem {
  /**
   * Index of the entry.
   */
  'log_index'?: (number | string | Long);
  /**
   * Whether it is a retrieval that ended and so belongs to the sample; otherwise another one was drawn for it.
   */
  'counted'?: (boolean);
  /**
   * What the officer found; empty as long as nobody looked.
   */
  'finding'?: (string);
  /**
   * What the officer wrote.
   */
  'note'?: (string);
}

/**
 * One drawn index.
 */
export interface SampleItem__Output {
  /**
   * Index of the entry.
   */
  'log_index'?: (string);
  /**
   * Whether it is a retrieval that ended and so belongs to the sample; otherwise another one was drawn for it.
   */
  'counted'?: (boolean);
  /**
   * What the officer found; empty as long as nobody looked.
   */
  'finding'?: (string);
  /**
   * What the officer wrote.
   */
  'note'?: (string);
}
