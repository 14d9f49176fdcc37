// Original file: einmal/broker/v1/transparency_service.proto

import type { WitnessStatus as _einmal_broker_v1_WitnessStatus, WitnessStatus__Output as _einmal_broker_v1_WitnessStatus__Output } from '../../../einmal/broker/v1/WitnessStatus.js';
import type { LogDispute as _einmal_broker_v1_LogDispute, LogDispute__Output as _einmal_broker_v1_LogDispute__Output } from '../../../einmal/broker/v1/LogDispute.js';
import type { Long } from '@grpc/proto-loader';

/**
 * Response of GetLogStatus.
 */
export interface GetLogStatusResponse {
  /**
   * Name of the log: first line of its checkpoints.
   */
  'origin'?: (string);
  /**
   * Number of entries.
   */
  'tree_size'?: (number | string | Long);
  /**
   * Size of the newest checkpoint that the quorum cosigned; 0 if there is none.
   */
  'witnessed_size'?: (number | string | Long);
  /**
   * How many of the witnesses must have cosigned: a majority.
   */
  'quorum'?: (number);
  /**
   * Everybody whom the catalogue names as a witness.
   */
  'witnesses'?: (_einmal_broker_v1_WitnessStatus)[];
  /**
   * What witnesses reported against the log; stays for good.
   */
  'disputes'?: (_einmal_broker_v1_LogDispute)[];
  /**
   * Whether the node has stopped because of them: it appends nothing and serves no exchange.
   */
  'stopped'?: (boolean);
}

/**
 * Response of GetLogStatus.
 */
export interface GetLogStatusResponse__Output {
  /**
   * Name of the log: first line of its checkpoints.
   */
  'origin'?: (string);
  /**
   * Number of entries.
   */
  'tree_size'?: (string);
  /**
   * Size of the newest checkpoint that the quorum cosigned; 0 if there is none.
   */
  'witnessed_size'?: (string);
  /**
   * How many of the witnesses must have cosigned: a majority.
   */
  'quorum'?: (number);
  /**
   * Everybody whom the catalogue names as a witness.
   */
  'witnesses'?: (_einmal_broker_v1_WitnessStatus__Output)[];
  /**
   * What witnesses reported against the log; stays for good.
   */
  'disputes'?: (_einmal_broker_v1_LogDispute__Output)[];
  /**
   * Whether the node has stopped because of them: it appends nothing and serves no exchange.
   */
  'stopped'?: (boolean);
}
