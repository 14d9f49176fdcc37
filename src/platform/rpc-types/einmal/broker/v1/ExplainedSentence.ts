// Original file: einmal/broker/v1/explanation.proto


/**
 * One thing that an explanation says, as data.
 */
export interface ExplainedSentence {
  /**
   * Such as `NO_RULE`. More may come.
   */
  'code'?: (string);
  /**
   * Identifiers of the catalogue by their kind: `consumer`, `provider`, `evidence_type`, `purpose`, `legal_basis`, `rule`, `limit`, `source`,
   * `attribute`, `attributes` (joined by `, `); `member` names a part of the question, `value` is what stands there.
   */
  'values'?: ({[key: string]: string});
}

/**
 * One thing that an explanation says, as data.
 */
export interface ExplainedSentence__Output {
  /**
   * Such as `NO_RULE`. More may come.
   */
  'code'?: (string);
  /**
   * Identifiers of the catalogue by their kind: `consumer`, `provider`, `evidence_type`, `purpose`, `legal_basis`, `rule`, `limit`, `source`,
   * `attribute`, `attributes` (joined by `, `); `member` names a part of the question, `value` is what stands there.
   */
  'values'?: ({[key: string]: string});
}
