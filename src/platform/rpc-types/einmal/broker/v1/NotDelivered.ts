// Original file: einmal/broker/v1/evidence.proto

import type { RetrievalState as _einmal_broker_v1_RetrievalState, RetrievalState__Output as _einmal_broker_v1_RetrievalState__Output } from '../../../einmal/broker/v1/RetrievalState.js';
import type { ErrorReason as _einmal_broker_v1_ErrorReason, ErrorReason__Output as _einmal_broker_v1_ErrorReason__Output } from '../../../einmal/broker/v1/ErrorReason.js';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';

/**
 * One piece of evidence that was asked for and is not in this answer.
 */
export interface NotDelivered {
  /**
   * Evidence type of the catalogue.
   */
  'evidence_type'?: (string);
  /**
   * Role of the subject it would be about.
   */
  'subject_role'?: (string);
  /**
   * Where this retrieval stands.
   */
  'state'?: (_einmal_broker_v1_RetrievalState);
  /**
   * Why.
   */
  'reason'?: (_einmal_broker_v1_ErrorReason);
  /**
   * A sentence for the developer of the online service; without personal data.
   */
  'detail'?: (string);
  /**
   * What the applicant can do instead, in German, from the catalogue (EGovG § 5 Abs. 1: they may bring it themselves).
   * Never empty.
   */
  'manual'?: (string);
  /**
   * When it is worth asking again; only with the state deferred, or with the reason `RATE_LIMITED`,
   * `REGISTER_SUSPENDED` or `REGISTER_BUSY`.
   */
  'available_time'?: (_google_protobuf_Timestamp | null);
  /**
   * Handle for `PreviewEvidence` and `DecideRelease`; only with the state preview required.
   */
  'held_id'?: (string);
  /**
   * Rules that made the refusal: those that deny, or whose limit is used up. Empty where no rule allows it.
   */
  'rule_ids'?: (string)[];
  /**
   * `manual` by language tag: `de`, `de-simple` (Einfache Sprache), `en`.
   */
  'manual_texts'?: ({[key: string]: string});
  /**
   * Until when it is kept open, with GetDeferredEvidence to fetch it; only with the state deferred. Absent there: who still
   * wants it decides anew.
   */
  'kept_until_time'?: (_google_protobuf_Timestamp | null);
}

/**
 * One piece of evidence that was asked for and is not in this answer.
 */
export interface NotDelivered__Output {
  /**
   * Evidence type of the catalogue.
   */
  'evidence_type'?: (string);
  /**
   * Role of the subject it would be about.
   */
  'subject_role'?: (string);
  /**
   * Where this retrieval stands.
   */
  'state'?: (_einmal_broker_v1_RetrievalState__Output);
  /**
   * Why.
   */
  'reason'?: (_einmal_broker_v1_ErrorReason__Output);
  /**
   * A sentence for the developer of the online service; without personal data.
   */
  'detail'?: (string);
  /**
   * What the applicant can do instead, in German, from the catalogue (EGovG § 5 Abs. 1: they may bring it themselves).
   * Never empty.
   */
  'manual'?: (string);
  /**
   * When it is worth asking again; only with the state deferred, or with the reason `RATE_LIMITED`,
   * `REGISTER_SUSPENDED` or `REGISTER_BUSY`.
   */
  'available_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * Handle for `PreviewEvidence` and `DecideRelease`; only with the state preview required.
   */
  'held_id'?: (string);
  /**
   * Rules that made the refusal: those that deny, or whose limit is used up. Empty where no rule allows it.
   */
  'rule_ids'?: (string)[];
  /**
   * `manual` by language tag: `de`, `de-simple` (Einfache Sprache), `en`.
   */
  'manual_texts'?: ({[key: string]: string});
  /**
   * Until when it is kept open, with GetDeferredEvidence to fetch it; only with the state deferred. Absent there: who still
   * wants it decides anew.
   */
  'kept_until_time'?: (_google_protobuf_Timestamp__Output);
}
