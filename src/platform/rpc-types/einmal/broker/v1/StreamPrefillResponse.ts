// Original file: einmal/broker/v1/prefill_service.proto

import type { FormField as _einmal_broker_v1_FormField, FormField__Output as _einmal_broker_v1_FormField__Output } from '../../../einmal/broker/v1/FormField.js';
import type { NotDelivered as _einmal_broker_v1_NotDelivered, NotDelivered__Output as _einmal_broker_v1_NotDelivered__Output } from '../../../einmal/broker/v1/NotDelivered.js';
import type { Evidence as _einmal_broker_v1_Evidence, Evidence__Output as _einmal_broker_v1_Evidence__Output } from '../../../einmal/broker/v1/Evidence.js';
import type { Receipt as _einmal_broker_v1_Receipt, Receipt__Output as _einmal_broker_v1_Receipt__Output } from '../../../einmal/broker/v1/Receipt.js';
import type { PrefillFormResponse as _einmal_broker_v1_PrefillFormResponse, PrefillFormResponse__Output as _einmal_broker_v1_PrefillFormResponse__Output } from '../../../einmal/broker/v1/PrefillFormResponse.js';

/**
 * Response of StreamPrefill.
 */
export interface StreamPrefillResponse {
  /**
   * A filled field; takes the place of one of the same `fim_id` and `subject_role` that was sent before.
   */
  'field'?: (_einmal_broker_v1_FormField | null);
  /**
   * An item that is not delivered.
   */
  'not_delivered'?: (_einmal_broker_v1_NotDelivered | null);
  /**
   * Evidence behind fields already sent.
   */
  'evidence'?: (_einmal_broker_v1_Evidence | null);
  /**
   * Not sent: the receipt is in `answer`.
   * @deprecated
   */
  'receipt'?: (_einmal_broker_v1_Receipt | null);
  /**
   * The whole answer with state and receipt, last: what PrefillForm would have answered. Its digest covers fields and
   * evidence in this order.
   */
  'answer'?: (_einmal_broker_v1_PrefillFormResponse | null);
  /**
   * One of the parts of the answer.
   */
  'part'?: "field"|"not_delivered"|"evidence"|"receipt"|"answer";
}

/**
 * Response of StreamPrefill.
 */
export interface StreamPrefillResponse__Output {
  /**
   * A filled field; takes the place of one of the same `fim_id` and `subject_role` that was sent before.
   */
  'field'?: (_einmal_broker_v1_FormField__Output);
  /**
   * An item that is not delivered.
   */
  'not_delivered'?: (_einmal_broker_v1_NotDelivered__Output);
  /**
   * Evidence behind fields already sent.
   */
  'evidence'?: (_einmal_broker_v1_Evidence__Output);
  /**
   * Not sent: the receipt is in `answer`.
   * @deprecated
   */
  'receipt'?: (_einmal_broker_v1_Receipt__Output);
  /**
   * The whole answer with state and receipt, last: what PrefillForm would have answered. Its digest covers fields and
   * evidence in this order.
   */
  'answer'?: (_einmal_broker_v1_PrefillFormResponse__Output);
  /**
   * One of the parts of the answer.
   */
  'part'?: "field"|"not_delivered"|"evidence"|"receipt"|"answer";
}
