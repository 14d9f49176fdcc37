// Original file: einmal/broker/v1/evidence_service.proto

import type { PreviewAttribute as _einmal_broker_v1_PreviewAttribute, PreviewAttribute__Output as _einmal_broker_v1_PreviewAttribute__Output } from '../../../einmal/broker/v1/PreviewAttribute.js';
import type { HeldDecision as _einmal_broker_v1_HeldDecision, HeldDecision__Output as _einmal_broker_v1_HeldDecision__Output } from '../../../einmal/broker/v1/HeldDecision.js';

/**
 * One held piece of evidence, readable.
 */
export interface PreviewItem {
  /**
   * Handle of the held item.
   */
  'held_id'?: (string);
  /**
   * Evidence type of the catalogue.
   */
  'evidence_type'?: (string);
  /**
   * Role of the subject.
   */
  'subject_role'?: (string);
  /**
   * Register that issued it.
   */
  'register'?: (string);
  /**
   * Attributes with their German titles.
   */
  'attributes'?: (_einmal_broker_v1_PreviewAttribute)[];
  /**
   * Whether it waits for a decision; what does not is released with the rest.
   */
  'waits'?: (boolean);
  /**
   * What the person decided at the pages: set once they have, and then there are no attributes any more.
   */
  'decision'?: (_einmal_broker_v1_HeldDecision);
}

/**
 * One held piece of evidence, readable.
 */
export interface PreviewItem__Output {
  /**
   * Handle of the held item.
   */
  'held_id'?: (string);
  /**
   * Evidence type of the catalogue.
   */
  'evidence_type'?: (string);
  /**
   * Role of the subject.
   */
  'subject_role'?: (string);
  /**
   * Register that issued it.
   */
  'register'?: (string);
  /**
   * Attributes with their German titles.
   */
  'attributes'?: (_einmal_broker_v1_PreviewAttribute__Output)[];
  /**
   * Whether it waits for a decision; what does not is released with the rest.
   */
  'waits'?: (boolean);
  /**
   * What the person decided at the pages: set once they have, and then there are no attributes any more.
   */
  'decision'?: (_einmal_broker_v1_HeldDecision__Output);
}
