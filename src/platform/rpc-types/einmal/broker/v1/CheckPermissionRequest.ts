// Original file: einmal/broker/v1/permission_service.proto

import type { TransferQuestion as _einmal_broker_v1_TransferQuestion, TransferQuestion__Output as _einmal_broker_v1_TransferQuestion__Output } from '../../../einmal/broker/v1/TransferQuestion.js';

/**
 * Request of CheckPermission.
 */
export interface CheckPermissionRequest {
  /**
   * Random identifier of this check, made for it alone: it links to nothing else. Required.
   */
  'check_id'?: (string);
  /**
   * The question. Required.
   */
  'question'?: (_einmal_broker_v1_TransferQuestion | null);
  /**
   * SHA-256 over the RFC 8785 form of the register request, which holds a nonce the intermediary never learns. Needed
   * for a token where the IDNr crosses areas; absent for the first, abstract decision.
   */
  'request_digest'?: (Buffer | Uint8Array | string);
  /**
   * Whether the decision is only looked at again before evidence is released that was fetched earlier. It gets no token, and
   * limits of requests are not looked at: none follows.
   */
  'before_release'?: (boolean);
  '_request_digest'?: "request_digest";
}

/**
 * Request of CheckPermission.
 */
export interface CheckPermissionRequest__Output {
  /**
   * Random identifier of this check, made for it alone: it links to nothing else. Required.
   */
  'check_id'?: (string);
  /**
   * The question. Required.
   */
  'question'?: (_einmal_broker_v1_TransferQuestion__Output);
  /**
   * SHA-256 over the RFC 8785 form of the register request, which holds a nonce the intermediary never learns. Needed
   * for a token where the IDNr crosses areas; absent for the first, abstract decision.
   */
  'request_digest'?: (Buffer);
  /**
   * Whether the decision is only looked at again before evidence is released that was fetched earlier. It gets no token, and
   * limits of requests are not looked at: none follows.
   */
  'before_release'?: (boolean);
  '_request_digest'?: "request_digest";
}
