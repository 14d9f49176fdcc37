// Original file: einmal/broker/v1/catalogue_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';
import type { Long } from '@grpc/proto-loader';

/**
 * A version that came into force.
 */
export interface CatalogueActivation {
  /**
   * Counts activations, from 1.
   */
  'number'?: (number | string | Long);
  /**
   * Version.
   */
  'version'?: (string);
  /**
   * When.
   */
  'activate_time'?: (_google_protobuf_Timestamp | null);
  /**
   * Proposal behind it; empty for the first, which was read from files.
   */
  'proposal'?: (string);
}

/**
 * A version that came into force.
 */
export interface CatalogueActivation__Output {
  /**
   * Counts activations, from 1.
   */
  'number'?: (string);
  /**
   * Version.
   */
  'version'?: (string);
  /**
   * When.
   */
  'activate_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * Proposal behind it; empty for the first, which was read from files.
   */
  'proposal'?: (string);
}
