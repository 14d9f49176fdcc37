// Original file: einmal/broker/v1/oversight_service.proto

/**
 * How far a sample is.
 */
export const SampleState = {
  /**
   * Never sent.
   */
  SAMPLE_STATE_UNSPECIFIED: 'SAMPLE_STATE_UNSPECIFIED',
  /**
   * Witnesses have not cosigned the commitment yet, or not the entry that fixes what steers the draw. The nonce is told to nobody.
   */
  SAMPLE_STATE_WAITING: 'SAMPLE_STATE_WAITING',
  /**
   * What steers the draw is fixed by an entry that witnesses cosigned: it can be drawn.
   */
  SAMPLE_STATE_FIXED: 'SAMPLE_STATE_FIXED',
  /**
   * Drawn.
   */
  SAMPLE_STATE_DRAWN: 'SAMPLE_STATE_DRAWN',
} as const;

/**
 * How far a sample is.
 */
export type SampleState =
  /**
   * Never sent.
   */
  | 'SAMPLE_STATE_UNSPECIFIED'
  | 0
  /**
   * Witnesses have not cosigned the commitment yet, or not the entry that fixes what steers the draw. The nonce is told to nobody.
   */
  | 'SAMPLE_STATE_WAITING'
  | 1
  /**
   * What steers the draw is fixed by an entry that witnesses cosigned: it can be drawn.
   */
  | 'SAMPLE_STATE_FIXED'
  | 2
  /**
   * Drawn.
   */
  | 'SAMPLE_STATE_DRAWN'
  | 3

/**
 * How far a sample is.
 */
export type SampleState__Output = typeof SampleState[keyof typeof SampleState]
