// Original file: einmal/broker/v1/catalogue_service.proto


/**
 * Of what the allows demand the strictest counts: without one of them another may permit what was refused.
 */
export interface LoosenedDemand {
  /**
   * Rule that is taken away, is about less or demands less.
   */
  'rule'?: (string);
  /**
   * Rule that goes on allowing, and demands less.
   */
  'remaining'?: (string);
  /**
   * What the first demanded beyond it: `min_assurance`, `attested_by`, `limits`.
   */
  'demands'?: (string)[];
}

/**
 * Of what the allows demand the strictest counts: without one of them another may permit what was refused.
 */
export interface LoosenedDemand__Output {
  /**
   * Rule that is taken away, is about less or demands less.
   */
  'rule'?: (string);
  /**
   * Rule that goes on allowing, and demands less.
   */
  'remaining'?: (string);
  /**
   * What the first demanded beyond it: `min_assurance`, `attested_by`, `limits`.
   */
  'demands'?: (string)[];
}
