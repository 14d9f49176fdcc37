// Original file: einmal/broker/v1/evidence_service.proto

import type { Subject as _einmal_broker_v1_Subject, Subject__Output as _einmal_broker_v1_Subject__Output } from '../../../einmal/broker/v1/Subject.js';
import type { EvidenceNeed as _einmal_broker_v1_EvidenceNeed, EvidenceNeed__Output as _einmal_broker_v1_EvidenceNeed__Output } from '../../../einmal/broker/v1/EvidenceNeed.js';

/**
 * Request of RetrieveEvidence.
 */
export interface RetrieveEvidenceRequest {
  /**
   * UUID chosen by the caller. Required.
   */
  'request_id'?: (string);
  /**
   * Purpose of the catalogue. Required.
   */
  'purpose'?: (string);
  /**
   * Persons. Required.
   */
  'subjects'?: (_einmal_broker_v1_Subject)[];
  /**
   * What is asked for, 1 to 32. Required.
   */
  'needs'?: (_einmal_broker_v1_EvidenceNeed)[];
  /**
   * Triggers for the identity lookups of subjects given by a key set.
   */
  'identity_trigger_ids'?: (string)[];
}

/**
 * Request of RetrieveEvidence.
 */
export interface RetrieveEvidenceRequest__Output {
  /**
   * UUID chosen by the caller. Required.
   */
  'request_id'?: (string);
  /**
   * Purpose of the catalogue. Required.
   */
  'purpose'?: (string);
  /**
   * Persons. Required.
   */
  'subjects'?: (_einmal_broker_v1_Subject__Output)[];
  /**
   * What is asked for, 1 to 32. Required.
   */
  'needs'?: (_einmal_broker_v1_EvidenceNeed__Output)[];
  /**
   * Triggers for the identity lookups of subjects given by a key set.
   */
  'identity_trigger_ids'?: (string)[];
}
