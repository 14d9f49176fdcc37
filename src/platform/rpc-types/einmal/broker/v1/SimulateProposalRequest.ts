// Original file: einmal/broker/v1/catalogue_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';

/**
 * Request of SimulateProposal.
 */
export interface SimulateProposalRequest {
  /**
   * `einmal-session+jwt` of an administrator, officer or auditor. Required.
   */
  'session_token'?: (string);
  /**
   * Version to simulate. Required.
   */
  'version'?: (string);
  /**
   * Replay requests logged since then. Required.
   */
  'since_time'?: (_google_protobuf_Timestamp | null);
}

/**
 * Request of SimulateProposal.
 */
export interface SimulateProposalRequest__Output {
  /**
   * `einmal-session+jwt` of an administrator, officer or auditor. Required.
   */
  'session_token'?: (string);
  /**
   * Version to simulate. Required.
   */
  'version'?: (string);
  /**
   * Replay requests logged since then. Required.
   */
  'since_time'?: (_google_protobuf_Timestamp__Output);
}
