// Original file: einmal/broker/v1/transparency_service.proto

/**
 * What a witness holds against the log.
 */
export const LogDisputeKind = {
  /**
   * Never sent.
   */
  LOG_DISPUTE_KIND_UNSPECIFIED: 'LOG_DISPUTE_KIND_UNSPECIFIED',
  /**
   * It saw more entries than the log has now.
   */
  LOG_DISPUTE_KIND_BEHIND: 'LOG_DISPUTE_KIND_BEHIND',
  /**
   * It saw other entries.
   */
  LOG_DISPUTE_KIND_FORKED: 'LOG_DISPUTE_KIND_FORKED',
  /**
   * It refuses what the log proves, and shows nothing.
   */
  LOG_DISPUTE_KIND_CONTRADICTED: 'LOG_DISPUTE_KIND_CONTRADICTED',
} as const;

/**
 * What a witness holds against the log.
 */
export type LogDisputeKind =
  /**
   * Never sent.
   */
  | 'LOG_DISPUTE_KIND_UNSPECIFIED'
  | 0
  /**
   * It saw more entries than the log has now.
   */
  | 'LOG_DISPUTE_KIND_BEHIND'
  | 1
  /**
   * It saw other entries.
   */
  | 'LOG_DISPUTE_KIND_FORKED'
  | 2
  /**
   * It refuses what the log proves, and shows nothing.
   */
  | 'LOG_DISPUTE_KIND_CONTRADICTED'
  | 3

/**
 * What a witness holds against the log.
 */
export type LogDisputeKind__Output = typeof LogDisputeKind[keyof typeof LogDisputeKind]
