// Original file: einmal/broker/v1/explanation.proto

import type { ErrorReason as _einmal_broker_v1_ErrorReason, ErrorReason__Output as _einmal_broker_v1_ErrorReason__Output } from '../../../einmal/broker/v1/ErrorReason.js';
import type { RefusedField as _einmal_broker_v1_RefusedField, RefusedField__Output as _einmal_broker_v1_RefusedField__Output } from '../../../einmal/broker/v1/RefusedField.js';
import type { MatchedRule as _einmal_broker_v1_MatchedRule, MatchedRule__Output as _einmal_broker_v1_MatchedRule__Output } from '../../../einmal/broker/v1/MatchedRule.js';
import type { Obligations as _einmal_broker_v1_Obligations, Obligations__Output as _einmal_broker_v1_Obligations__Output } from '../../../einmal/broker/v1/Obligations.js';
import type { PolicyChange as _einmal_broker_v1_PolicyChange, PolicyChange__Output as _einmal_broker_v1_PolicyChange__Output } from '../../../einmal/broker/v1/PolicyChange.js';
import type { ExplainedSentence as _einmal_broker_v1_ExplainedSentence, ExplainedSentence__Output as _einmal_broker_v1_ExplainedSentence__Output } from '../../../einmal/broker/v1/ExplainedSentence.js';

/**
 * Why a transfer is permitted or refused by the rules of one catalogue. Holds nothing about a person.
 */
export interface Explanation {
  /**
   * Whether at least one attribute may pass.
   */
  'permitted'?: (boolean);
  /**
   * Reason of the refusal, if refused.
   */
  'reason'?: (_einmal_broker_v1_ErrorReason);
  /**
   * Attributes that the explanation is about, sorted.
   */
  'asked_fields'?: (string)[];
  /**
   * Those of them that may pass.
   */
  'fields'?: (string)[];
  /**
   * Those of them that may not, with the reason.
   */
  'refused_fields'?: (_einmal_broker_v1_RefusedField)[];
  /**
   * Rules whose patterns match the question, the narrowest first.
   */
  'matched'?: (_einmal_broker_v1_MatchedRule)[];
  /**
   * What the rules demand beside; of a permitted transfer only.
   */
  'obligations'?: (_einmal_broker_v1_Obligations | null);
  /**
   * What is missing, one sentence each.
   */
  'missing'?: (string)[];
  /**
   * The smallest changes that would turn the decision. Each was applied and decided again.
   */
  'changes'?: (_einmal_broker_v1_PolicyChange)[];
  /**
   * Version of the catalogue that was asked.
   */
  'catalogue_version'?: (string);
  /**
   * The same as `missing`, for whoever has words of their own.
   */
  'missing_said'?: (_einmal_broker_v1_ExplainedSentence)[];
}

/**
 * Why a transfer is permitted or refused by the rules of one catalogue. Holds nothing about a person.
 */
export interface Explanation__Output {
  /**
   * Whether at least one attribute may pass.
   */
  'permitted'?: (boolean);
  /**
   * Reason of the refusal, if refused.
   */
  'reason'?: (_einmal_broker_v1_ErrorReason__Output);
  /**
   * Attributes that the explanation is about, sorted.
   */
  'asked_fields'?: (string)[];
  /**
   * Those of them that may pass.
   */
  'fields'?: (string)[];
  /**
   * Those of them that may not, with the reason.
   */
  'refused_fields'?: (_einmal_broker_v1_RefusedField__Output)[];
  /**
   * Rules whose patterns match the question, the narrowest first.
   */
  'matched'?: (_einmal_broker_v1_MatchedRule__Output)[];
  /**
   * What the rules demand beside; of a permitted transfer only.
   */
  'obligations'?: (_einmal_broker_v1_Obligations__Output);
  /**
   * What is missing, one sentence each.
   */
  'missing'?: (string)[];
  /**
   * The smallest changes that would turn the decision. Each was applied and decided again.
   */
  'changes'?: (_einmal_broker_v1_PolicyChange__Output)[];
  /**
   * Version of the catalogue that was asked.
   */
  'catalogue_version'?: (string);
  /**
   * The same as `missing`, for whoever has words of their own.
   */
  'missing_said'?: (_einmal_broker_v1_ExplainedSentence__Output)[];
}
