// Original file: einmal/broker/v1/explanation.proto

import type { ExplainedSentence as _einmal_broker_v1_ExplainedSentence, ExplainedSentence__Output as _einmal_broker_v1_ExplainedSentence__Output } from '../../../einmal/broker/v1/ExplainedSentence.js';

/**
 * Edits that together turn a decision; none of them can be left out.
 */
export interface PolicyChange {
  /**
   * Who could do it: `catalogue` (two persons who keep the rules), `consumer` (ask otherwise), `register` (its entry).
   */
  'who'?: (string);
  /**
   * One sentence for each edit.
   */
  'edits'?: (string)[];
  /**
   * Rules that it changes, removes or adds.
   */
  'rule_ids'?: (string)[];
  /**
   * The same as `edits`, for whoever has words of their own.
   */
  'edits_said'?: (_einmal_broker_v1_ExplainedSentence)[];
}

/**
 * Edits that together turn a decision; none of them can be left out.
 */
export interface PolicyChange__Output {
  /**
   * Who could do it: `catalogue` (two persons who keep the rules), `consumer` (ask otherwise), `register` (its entry).
   */
  'who'?: (string);
  /**
   * One sentence for each edit.
   */
  'edits'?: (string)[];
  /**
   * Rules that it changes, removes or adds.
   */
  'rule_ids'?: (string)[];
  /**
   * The same as `edits`, for whoever has words of their own.
   */
  'edits_said'?: (_einmal_broker_v1_ExplainedSentence__Output)[];
}
