// Original file: einmal/broker/v1/oversight_service.proto

import type { Long } from '@grpc/proto-loader';

/**
 * How often something happened.
 */
export interface NamedCount {
  /**
   * What is counted: a participant, a register or a reason.
   */
  'name'?: (string);
  /**
   * How often.
   */
  'count'?: (number | string | Long);
}

/**
 * How often something happened.
 */
export interface NamedCount__Output {
  /**
   * What is counted: a participant, a register or a reason.
   */
  'name'?: (string);
  /**
   * How often.
   */
  'count'?: (string);
}
