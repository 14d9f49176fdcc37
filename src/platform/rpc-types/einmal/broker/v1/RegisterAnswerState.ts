// Original file: einmal/broker/v1/citizen_service.proto

/**
 * How a register answered.
 */
export const RegisterAnswerState = {
  /**
   * Never sent.
   */
  REGISTER_ANSWER_STATE_UNSPECIFIED: 'REGISTER_ANSWER_STATE_UNSPECIFIED',
  /**
   * It has entries about the person.
   */
  REGISTER_ANSWER_STATE_ENTRIES: 'REGISTER_ANSWER_STATE_ENTRIES',
  /**
   * It has none. Whether it holds anything about the person makes no difference.
   */
  REGISTER_ANSWER_STATE_NO_ENTRIES: 'REGISTER_ANSWER_STATE_NO_ENTRIES',
  /**
   * It did not answer in time, or with a failure.
   */
  REGISTER_ANSWER_STATE_UNREACHABLE: 'REGISTER_ANSWER_STATE_UNREACHABLE',
  /**
   * It was not asked.
   */
  REGISTER_ANSWER_STATE_NOT_ASKED: 'REGISTER_ANSWER_STATE_NOT_ASKED',
} as const;

/**
 * How a register answered.
 */
export type RegisterAnswerState =
  /**
   * Never sent.
   */
  | 'REGISTER_ANSWER_STATE_UNSPECIFIED'
  | 0
  /**
   * It has entries about the person.
   */
  | 'REGISTER_ANSWER_STATE_ENTRIES'
  | 1
  /**
   * It has none. Whether it holds anything about the person makes no difference.
   */
  | 'REGISTER_ANSWER_STATE_NO_ENTRIES'
  | 2
  /**
   * It did not answer in time, or with a failure.
   */
  | 'REGISTER_ANSWER_STATE_UNREACHABLE'
  | 3
  /**
   * It was not asked.
   */
  | 'REGISTER_ANSWER_STATE_NOT_ASKED'
  | 4

/**
 * How a register answered.
 */
export type RegisterAnswerState__Output = typeof RegisterAnswerState[keyof typeof RegisterAnswerState]
