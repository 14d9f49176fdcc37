// Original file: einmal/broker/v1/explanation.proto


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
}
