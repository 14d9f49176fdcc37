// Original file: einmal/broker/v1/oversight_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';
import type { Long } from '@grpc/proto-loader';

/**
 * How far one register was compared with the log.
 */
export interface ReconciledRegister {
  /**
   * Register.
   */
  'register'?: (string);
  /**
   * Everything before was compared.
   */
  'reconciled_to_time'?: (_google_protobuf_Timestamp | null);
  /**
   * Retrievals and lookups at this register that were opened since, and are not compared yet.
   */
  'unreconciled'?: (number | string | Long);
  /**
   * There are more: only those of the newest two million entries are counted.
   */
  'unreconciled_more'?: (boolean);
}

/**
 * How far one register was compared with the log.
 */
export interface ReconciledRegister__Output {
  /**
   * Register.
   */
  'register'?: (string);
  /**
   * Everything before was compared.
   */
  'reconciled_to_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * Retrievals and lookups at this register that were opened since, and are not compared yet.
   */
  'unreconciled'?: (string);
  /**
   * There are more: only those of the newest two million entries are counted.
   */
  'unreconciled_more'?: (boolean);
}
