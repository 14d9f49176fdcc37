// Original file: einmal/broker/v1/catalogue_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';

/**
 * Response of FindRoute.
 */
export interface FindRouteResponse {
  /**
   * The one competent register.
   */
  'register'?: (string);
  /**
   * Parameter that is missing: `ars`, `register_number`, or `key_date` where the key had been given up by the day that is meant.
   */
  'needs_parameter'?: (string);
  /**
   * Version of the catalogue that says so.
   */
  'catalogue_version'?: (string);
  /**
   * Keep it no longer than this.
   */
  'fresh_until_time'?: (_google_protobuf_Timestamp | null);
  /**
   * Exactly one.
   */
  'route'?: "register"|"needs_parameter";
}

/**
 * Response of FindRoute.
 */
export interface FindRouteResponse__Output {
  /**
   * The one competent register.
   */
  'register'?: (string);
  /**
   * Parameter that is missing: `ars`, `register_number`, or `key_date` where the key had been given up by the day that is meant.
   */
  'needs_parameter'?: (string);
  /**
   * Version of the catalogue that says so.
   */
  'catalogue_version'?: (string);
  /**
   * Keep it no longer than this.
   */
  'fresh_until_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * Exactly one.
   */
  'route'?: "register"|"needs_parameter";
}
