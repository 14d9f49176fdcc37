// Original file: einmal/broker/v1/oversight_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';
import type { CaseState as _einmal_broker_v1_CaseState, CaseState__Output as _einmal_broker_v1_CaseState__Output } from '../../../einmal/broker/v1/CaseState.js';
import type { Long } from '@grpc/proto-loader';

/**
 * What was done in a case.
 */
export interface CaseStep {
  /**
   * Index of the entry that records the step.
   */
  'log_index'?: (number | string | Long);
  /**
   * When.
   */
  'time'?: (_google_protobuf_Timestamp | null);
  /**
   * What the case became.
   */
  'state'?: (_einmal_broker_v1_CaseState);
  /**
   * Pairwise pseudonym of the officer.
   */
  'actor'?: (string);
  /**
   * What the officer wrote.
   */
  'note'?: (string);
}

/**
 * What was done in a case.
 */
export interface CaseStep__Output {
  /**
   * Index of the entry that records the step.
   */
  'log_index'?: (string);
  /**
   * When.
   */
  'time'?: (_google_protobuf_Timestamp__Output);
  /**
   * What the case became.
   */
  'state'?: (_einmal_broker_v1_CaseState__Output);
  /**
   * Pairwise pseudonym of the officer.
   */
  'actor'?: (string);
  /**
   * What the officer wrote.
   */
  'note'?: (string);
}
