// Original file: einmal/register/v1/register_service.proto

/**
 * Who says that a datum seems to be wrong.
 */
export const DiscrepancyReporter = {
  /**
   * Never sent.
   */
  DISCREPANCY_REPORTER_UNSPECIFIED: 'DISCREPANCY_REPORTER_UNSPECIFIED',
  /**
   * The person whom the datum is about.
   */
  DISCREPANCY_REPORTER_SUBJECT: 'DISCREPANCY_REPORTER_SUBJECT',
  /**
   * The participant to which it was given.
   */
  DISCREPANCY_REPORTER_CONSUMER: 'DISCREPANCY_REPORTER_CONSUMER',
} as const;

/**
 * Who says that a datum seems to be wrong.
 */
export type DiscrepancyReporter =
  /**
   * Never sent.
   */
  | 'DISCREPANCY_REPORTER_UNSPECIFIED'
  | 0
  /**
   * The person whom the datum is about.
   */
  | 'DISCREPANCY_REPORTER_SUBJECT'
  | 1
  /**
   * The participant to which it was given.
   */
  | 'DISCREPANCY_REPORTER_CONSUMER'
  | 2

/**
 * Who says that a datum seems to be wrong.
 */
export type DiscrepancyReporter__Output = typeof DiscrepancyReporter[keyof typeof DiscrepancyReporter]
