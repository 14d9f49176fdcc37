// Original file: einmal/broker/v1/evidence_service.proto

/**
 * What a person decided on one held piece of evidence.
 */
export const HeldDecision = {
  /**
   * Not decided yet.
   */
  HELD_DECISION_UNSPECIFIED: 'HELD_DECISION_UNSPECIFIED',
  /**
   * Released: it waits for the consumer.
   */
  HELD_DECISION_RELEASED: 'HELD_DECISION_RELEASED',
  /**
   * Refused: it is destroyed.
   */
  HELD_DECISION_REFUSED: 'HELD_DECISION_REFUSED',
} as const;

/**
 * What a person decided on one held piece of evidence.
 */
export type HeldDecision =
  /**
   * Not decided yet.
   */
  | 'HELD_DECISION_UNSPECIFIED'
  | 0
  /**
   * Released: it waits for the consumer.
   */
  | 'HELD_DECISION_RELEASED'
  | 1
  /**
   * Refused: it is destroyed.
   */
  | 'HELD_DECISION_REFUSED'
  | 2

/**
 * What a person decided on one held piece of evidence.
 */
export type HeldDecision__Output = typeof HeldDecision[keyof typeof HeldDecision]
