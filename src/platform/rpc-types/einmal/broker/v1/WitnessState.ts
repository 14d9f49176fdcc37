// Original file: einmal/broker/v1/transparency_service.proto

/**
 * How a witness stands to the log.
 */
export const WitnessState = {
  /**
   * Never sent.
   */
  WITNESS_STATE_UNSPECIFIED: 'WITNESS_STATE_UNSPECIFIED',
  /**
   * It cosigned the newest checkpoint, or one of the last rounds.
   */
  WITNESS_STATE_AGREED: 'WITNESS_STATE_AGREED',
  /**
   * It has cosigned nothing for some rounds although the log grew, or nothing at all.
   */
  WITNESS_STATE_BEHIND: 'WITNESS_STATE_BEHIND',
  /**
   * It did not answer the last time.
   */
  WITNESS_STATE_UNREACHABLE: 'WITNESS_STATE_UNREACHABLE',
  /**
   * It answered what cannot be used: it does not know the log, or a key signed that the catalogue does not name.
   */
  WITNESS_STATE_INVALID: 'WITNESS_STATE_INVALID',
  /**
   * It reported that the log is not the one that it saw.
   */
  WITNESS_STATE_INCONSISTENT: 'WITNESS_STATE_INCONSISTENT',
} as const;

/**
 * How a witness stands to the log.
 */
export type WitnessState =
  /**
   * Never sent.
   */
  | 'WITNESS_STATE_UNSPECIFIED'
  | 0
  /**
   * It cosigned the newest checkpoint, or one of the last rounds.
   */
  | 'WITNESS_STATE_AGREED'
  | 1
  /**
   * It has cosigned nothing for some rounds although the log grew, or nothing at all.
   */
  | 'WITNESS_STATE_BEHIND'
  | 2
  /**
   * It did not answer the last time.
   */
  | 'WITNESS_STATE_UNREACHABLE'
  | 3
  /**
   * It answered what cannot be used: it does not know the log, or a key signed that the catalogue does not name.
   */
  | 'WITNESS_STATE_INVALID'
  | 4
  /**
   * It reported that the log is not the one that it saw.
   */
  | 'WITNESS_STATE_INCONSISTENT'
  | 5

/**
 * How a witness stands to the log.
 */
export type WitnessState__Output = typeof WitnessState[keyof typeof WitnessState]
