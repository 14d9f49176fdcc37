// Original file: einmal/broker/v1/oversight_service.proto


/**
 * A rule that decided.
 */
export interface DecidingRule {
  /**
   * Rule of the catalogue.
   */
  'rule'?: (string);
  /**
   * Whether it allows or denies; empty where the catalogue in force has no such rule any more.
   */
  'effect'?: (string);
  /**
   * Where the rule comes from.
   */
  'source'?: (string);
}

/**
 * A rule that decided.
 */
export interface DecidingRule__Output {
  /**
   * Rule of the catalogue.
   */
  'rule'?: (string);
  /**
   * Whether it allows or denies; empty where the catalogue in force has no such rule any more.
   */
  'effect'?: (string);
  /**
   * Where the rule comes from.
   */
  'source'?: (string);
}
