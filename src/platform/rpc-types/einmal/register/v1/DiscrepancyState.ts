// Original file: einmal/register/v1/register_service.proto

/**
 * What the register has made of a report.
 */
export const DiscrepancyState = {
  /**
   * Never sent.
   */
  DISCREPANCY_STATE_UNSPECIFIED: 'DISCREPANCY_STATE_UNSPECIFIED',
  /**
   * Taken; nobody has looked at it.
   */
  DISCREPANCY_STATE_RECEIVED: 'DISCREPANCY_STATE_RECEIVED',
  /**
   * Being looked at.
   */
  DISCREPANCY_STATE_IN_REVIEW: 'DISCREPANCY_STATE_IN_REVIEW',
  /**
   * The datum was wrong, and is corrected.
   */
  DISCREPANCY_STATE_CORRECTED: 'DISCREPANCY_STATE_CORRECTED',
  /**
   * The datum stays as it is.
   */
  DISCREPANCY_STATE_NOT_CONFIRMED: 'DISCREPANCY_STATE_NOT_CONFIRMED',
} as const;

/**
 * What the register has made of a report.
 */
export type DiscrepancyState =
  /**
   * Never sent.
   */
  | 'DISCREPANCY_STATE_UNSPECIFIED'
  | 0
  /**
   * Taken; nobody has looked at it.
   */
  | 'DISCREPANCY_STATE_RECEIVED'
  | 1
  /**
   * Being looked at.
   */
  | 'DISCREPANCY_STATE_IN_REVIEW'
  | 2
  /**
   * The datum was wrong, and is corrected.
   */
  | 'DISCREPANCY_STATE_CORRECTED'
  | 3
  /**
   * The datum stays as it is.
   */
  | 'DISCREPANCY_STATE_NOT_CONFIRMED'
  | 4

/**
 * What the register has made of a report.
 */
export type DiscrepancyState__Output = typeof DiscrepancyState[keyof typeof DiscrepancyState]
