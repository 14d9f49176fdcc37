// Original file: einmal/register/v1/register_service.proto

import type { PersonReference as _einmal_register_v1_PersonReference, PersonReference__Output as _einmal_register_v1_PersonReference__Output } from '../../../einmal/register/v1/PersonReference.js';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';

/**
 * Request of ListSubjectEntries.
 */
export interface ListSubjectEntriesRequest {
  /**
   * Compact JWS, `typ` `einmal-trigger+jwt`, by the node: bound to this request, and with the decision inside by which the
   * person was found for themself, attested by the pages. Required.
   */
  'session_token'?: (string);
  /**
   * At most this many, 1 to 1000; 100 if absent.
   */
  'page_size'?: (number);
  /**
   * Continues an earlier list.
   */
  'page_token'?: (string);
  /**
   * Identifier of this inquiry, made for this register alone. Required.
   */
  'inquiry_id'?: (string);
  /**
   * Register that is asked. Required.
   */
  'register'?: (string);
  /**
   * The person, and what opens the commitment in the attested decision. Required.
   */
  'person'?: (_einmal_register_v1_PersonReference | null);
  /**
   * Fresh, 32 bytes, known to node and register only. Required.
   */
  'nonce'?: (Buffer | Uint8Array | string);
  /**
   * When the node made this request. Required.
   */
  'issue_time'?: (_google_protobuf_Timestamp | null);
}

/**
 * Request of ListSubjectEntries.
 */
export interface ListSubjectEntriesRequest__Output {
  /**
   * Compact JWS, `typ` `einmal-trigger+jwt`, by the node: bound to this request, and with the decision inside by which the
   * person was found for themself, attested by the pages. Required.
   */
  'session_token'?: (string);
  /**
   * At most this many, 1 to 1000; 100 if absent.
   */
  'page_size'?: (number);
  /**
   * Continues an earlier list.
   */
  'page_token'?: (string);
  /**
   * Identifier of this inquiry, made for this register alone. Required.
   */
  'inquiry_id'?: (string);
  /**
   * Register that is asked. Required.
   */
  'register'?: (string);
  /**
   * The person, and what opens the commitment in the attested decision. Required.
   */
  'person'?: (_einmal_register_v1_PersonReference__Output);
  /**
   * Fresh, 32 bytes, known to node and register only. Required.
   */
  'nonce'?: (Buffer);
  /**
   * When the node made this request. Required.
   */
  'issue_time'?: (_google_protobuf_Timestamp__Output);
}
