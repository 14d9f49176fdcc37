// Original file: einmal/broker/v1/evidence_service.proto

import type { PreviewItem as _einmal_broker_v1_PreviewItem, PreviewItem__Output as _einmal_broker_v1_PreviewItem__Output } from '../../../einmal/broker/v1/PreviewItem.js';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';

/**
 * Response of PreviewEvidence.
 */
export interface PreviewEvidenceResponse {
  /**
   * What would be passed on, readable.
   */
  'items'?: (_einmal_broker_v1_PreviewItem)[];
  /**
   * When what is held is destroyed undecided, at most 60 minutes after it came.
   */
  'expire_time'?: (_google_protobuf_Timestamp | null);
  /**
   * Who would get it.
   */
  'consumer'?: (string);
  /**
   * Purpose for which.
   */
  'purpose'?: (string);
}

/**
 * Response of PreviewEvidence.
 */
export interface PreviewEvidenceResponse__Output {
  /**
   * What would be passed on, readable.
   */
  'items'?: (_einmal_broker_v1_PreviewItem__Output)[];
  /**
   * When what is held is destroyed undecided, at most 60 minutes after it came.
   */
  'expire_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * Who would get it.
   */
  'consumer'?: (string);
  /**
   * Purpose for which.
   */
  'purpose'?: (string);
}
