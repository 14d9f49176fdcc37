// Original file: einmal/broker/v1/oversight_service.proto

/**
 * How far a case is.
 */
export const CaseState = {
  /**
   * Never sent.
   */
  CASE_STATE_UNSPECIFIED: 'CASE_STATE_UNSPECIFIED',
  /**
   * Nobody has looked at it.
   */
  CASE_STATE_OPEN: 'CASE_STATE_OPEN',
  /**
   * An officer is at it.
   */
  CASE_STATE_IN_PROGRESS: 'CASE_STATE_IN_PROGRESS',
  /**
   * Reported to the supervisory authority (GDPR Art. 33).
   */
  CASE_STATE_REPORTED: 'CASE_STATE_REPORTED',
  /**
   * Closed: no risk to the rights of persons, or no breach.
   */
  CASE_STATE_DISMISSED: 'CASE_STATE_DISMISSED',
} as const;

/**
 * How far a case is.
 */
export type CaseState =
  /**
   * Never sent.
   */
  | 'CASE_STATE_UNSPECIFIED'
  | 0
  /**
   * Nobody has looked at it.
   */
  | 'CASE_STATE_OPEN'
  | 1
  /**
   * An officer is at it.
   */
  | 'CASE_STATE_IN_PROGRESS'
  | 2
  /**
   * Reported to the supervisory authority (GDPR Art. 33).
   */
  | 'CASE_STATE_REPORTED'
  | 3
  /**
   * Closed: no risk to the rights of persons, or no breach.
   */
  | 'CASE_STATE_DISMISSED'
  | 4

/**
 * How far a case is.
 */
export type CaseState__Output = typeof CaseState[keyof typeof CaseState]
