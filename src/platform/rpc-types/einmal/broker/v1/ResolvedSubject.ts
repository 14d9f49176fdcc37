// Original file: einmal/broker/v1/identity_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';

/**
 * A person that was found, as the carrier may know it.
 */
export interface ResolvedSubject {
  /**
   * Role as in the request.
   */
  'role'?: (string);
  /**
   * Sealed by the node, opaque to the carrier, bound to consumer, certificate and triggers.
   */
  'subject_token'?: (string);
  /**
   * When the token stops being accepted, at most ten minutes from now.
   */
  'expire_time'?: (_google_protobuf_Timestamp | null);
}

/**
 * A person that was found, as the carrier may know it.
 */
export interface ResolvedSubject__Output {
  /**
   * Role as in the request.
   */
  'role'?: (string);
  /**
   * Sealed by the node, opaque to the carrier, bound to consumer, certificate and triggers.
   */
  'subject_token'?: (string);
  /**
   * When the token stops being accepted, at most ten minutes from now.
   */
  'expire_time'?: (_google_protobuf_Timestamp__Output);
}
