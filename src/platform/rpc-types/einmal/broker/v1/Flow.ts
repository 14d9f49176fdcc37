// Original file: einmal/broker/v1/oversight_service.proto

import type { Long } from '@grpc/proto-loader';

/**
 * How much one authority got from one register.
 */
export interface Flow {
  /**
   * Consumer that asked.
   */
  'consumer'?: (string);
  /**
   * Register that was asked.
   */
  'register'?: (string);
  /**
   * Retrievals that were closed.
   */
  'retrievals'?: (number | string | Long);
  /**
   * Of these, how many gave something away.
   */
  'released'?: (number | string | Long);
}

/**
 * How much one authority got from one register.
 */
export interface Flow__Output {
  /**
   * Consumer that asked.
   */
  'consumer'?: (string);
  /**
   * Register that was asked.
   */
  'register'?: (string);
  /**
   * Retrievals that were closed.
   */
  'retrievals'?: (string);
  /**
   * Of these, how many gave something away.
   */
  'released'?: (string);
}
