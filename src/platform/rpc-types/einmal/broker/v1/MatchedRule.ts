// Original file: einmal/broker/v1/explanation.proto


/**
 * A rule whose patterns match.
 */
export interface MatchedRule {
  /**
   * Rule.
   */
  'rule_id'?: (string);
  /**
   * Whether it denies.
   */
  'deny'?: (boolean);
  /**
   * How much of the question it names, 0 (nothing) to 6 (all, and the very register). A deny overrides at every rank.
   */
  'rank'?: (number);
  /**
   * What it does in this decision: `allows`, `denies`, `is overridden`, `has no effect`.
   */
  'part'?: (string);
  /**
   * Attributes it names; of a deny without any: all.
   */
  'fields'?: (string)[];
  /**
   * Norm or document that it rests on.
   */
  'source'?: (string);
}

/**
 * A rule whose patterns match.
 */
export interface MatchedRule__Output {
  /**
   * Rule.
   */
  'rule_id'?: (string);
  /**
   * Whether it denies.
   */
  'deny'?: (boolean);
  /**
   * How much of the question it names, 0 (nothing) to 6 (all, and the very register). A deny overrides at every rank.
   */
  'rank'?: (number);
  /**
   * What it does in this decision: `allows`, `denies`, `is overridden`, `has no effect`.
   */
  'part'?: (string);
  /**
   * Attributes it names; of a deny without any: all.
   */
  'fields'?: (string)[];
  /**
   * Norm or document that it rests on.
   */
  'source'?: (string);
}
