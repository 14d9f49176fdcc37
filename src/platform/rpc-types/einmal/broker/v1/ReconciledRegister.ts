// Original file: einmal/broker/v1/oversight_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';

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
}
