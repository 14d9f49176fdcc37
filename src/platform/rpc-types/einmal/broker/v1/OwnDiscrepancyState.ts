// Original file: einmal/broker/v1/citizen_service.proto

/**
 * What the register has made of a report.
 */
export const OwnDiscrepancyState = {
  /**
   * Never sent.
   */
  OWN_DISCREPANCY_STATE_UNSPECIFIED: 'OWN_DISCREPANCY_STATE_UNSPECIFIED',
  /**
   * Taken; nobody has looked at it.
   */
  OWN_DISCREPANCY_STATE_RECEIVED: 'OWN_DISCREPANCY_STATE_RECEIVED',
  /**
   * Being looked at.
   */
  OWN_DISCREPANCY_STATE_IN_REVIEW: 'OWN_DISCREPANCY_STATE_IN_REVIEW',
  /**
   * The datum was wrong, and is corrected.
   */
  OWN_DISCREPANCY_STATE_CORRECTED: 'OWN_DISCREPANCY_STATE_CORRECTED',
  /**
   * The datum stays as it is.
   */
  OWN_DISCREPANCY_STATE_NOT_CONFIRMED: 'OWN_DISCREPANCY_STATE_NOT_CONFIRMED',
} as const;

/**
 * What the register has made of a report.
 */
export type OwnDiscrepancyState =
  /**
   * Never sent.
   */
  | 'OWN_DISCREPANCY_STATE_UNSPECIFIED'
  | 0
  /**
   * Taken; nobody has looked at it.
   */
  | 'OWN_DISCREPANCY_STATE_RECEIVED'
  | 1
  /**
   * Being looked at.
   */
  | 'OWN_DISCREPANCY_STATE_IN_REVIEW'
  | 2
  /**
   * The datum was wrong, and is corrected.
   */
  | 'OWN_DISCREPANCY_STATE_CORRECTED'
  | 3
  /**
   * The datum stays as it is.
   */
  | 'OWN_DISCREPANCY_STATE_NOT_CONFIRMED'
  | 4

/**
 * What the register has made of a report.
 */
export type OwnDiscrepancyState__Output = typeof OwnDiscrepancyState[keyof typeof OwnDiscrepancyState]
