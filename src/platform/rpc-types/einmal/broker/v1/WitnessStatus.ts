// Original file: einmal/broker/v1/transparency_service.proto

import type { WitnessState as _einmal_broker_v1_WitnessState, WitnessState__Output as _einmal_broker_v1_WitnessState__Output } from '../../../einmal/broker/v1/WitnessState.js';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';
import type { Long } from '@grpc/proto-loader';

/**
 * One witness.
 */
export interface WitnessStatus {
  /**
   * Participant.
   */
  'witness'?: (string);
  /**
   * How it stands to the log.
   */
  'state'?: (_einmal_broker_v1_WitnessState);
  /**
   * Size of the largest checkpoint that it cosigned; 0 if there is none.
   */
  'cosigned_size'?: (number | string | Long);
  /**
   * Entries since then.
   */
  'lag'?: (number | string | Long);
  /**
   * When it cosigned last.
   */
  'cosigned_time'?: (_google_protobuf_Timestamp | null);
  /**
   * When it answered last, whatever it was.
   */
  'answered_time'?: (_google_protobuf_Timestamp | null);
}

/**
 * One witness.
 */
export interface WitnessStatus__Output {
  /**
   * Participant.
   */
  'witness'?: (string);
  /**
   * How it stands to the log.
   */
  'state'?: (_einmal_broker_v1_WitnessState__Output);
  /**
   * Size of the largest checkpoint that it cosigned; 0 if there is none.
   */
  'cosigned_size'?: (string);
  /**
   * Entries since then.
   */
  'lag'?: (string);
  /**
   * When it cosigned last.
   */
  'cosigned_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * When it answered last, whatever it was.
   */
  'answered_time'?: (_google_protobuf_Timestamp__Output);
}
