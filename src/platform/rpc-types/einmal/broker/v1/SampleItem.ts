// Original file: einmal/broker/v1/oversight_service.proto

import type { Receipt as _einmal_broker_v1_Receipt, Receipt__Output as _einmal_broker_v1_Receipt__Output } from '../../../einmal/broker/v1/Receipt.js';
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
  /**
   * Its place in the order in which indices were drawn, from 1.
   */
  'place'?: (number);
  /**
   * The entry in the tree of the sample's checkpoint, where proofs were asked for; absent where it is erased.
   */
  'receipt'?: (_einmal_broker_v1_Receipt | null);
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
  /**
   * Its place in the order in which indices were drawn, from 1.
   */
  'place'?: (number);
  /**
   * The entry in the tree of the sample's checkpoint, where proofs were asked for; absent where it is erased.
   */
  'receipt'?: (_einmal_broker_v1_Receipt__Output);
}
