// Original file: einmal/broker/v1/citizen_service.proto

/**
 * Why a register was not asked.
 */
export const NotAskedReason = {
  /**
   * It was asked.
   */
  NOT_ASKED_REASON_UNSPECIFIED: 'NOT_ASKED_REASON_UNSPECIFIED',
  /**
   * The person did not choose it.
   */
  NOT_ASKED_REASON_NOT_CHOSEN: 'NOT_ASKED_REASON_NOT_CHOSEN',
  /**
   * It must not receive the identification number: it is not in the annex of the IDNrG, and no other norm names it.
   */
  NOT_ASKED_REASON_NUMBER_NOT_PERMITTED: 'NOT_ASKED_REASON_NUMBER_NOT_PERMITTED',
  /**
   * It is described in the catalogue and not connected.
   */
  NOT_ASKED_REASON_NOT_CONNECTED: 'NOT_ASKED_REASON_NOT_CONNECTED',
} as const;

/**
 * Why a register was not asked.
 */
export type NotAskedReason =
  /**
   * It was asked.
   */
  | 'NOT_ASKED_REASON_UNSPECIFIED'
  | 0
  /**
   * The person did not choose it.
   */
  | 'NOT_ASKED_REASON_NOT_CHOSEN'
  | 1
  /**
   * It must not receive the identification number: it is not in the annex of the IDNrG, and no other norm names it.
   */
  | 'NOT_ASKED_REASON_NUMBER_NOT_PERMITTED'
  | 2
  /**
   * It is described in the catalogue and not connected.
   */
  | 'NOT_ASKED_REASON_NOT_CONNECTED'
  | 3

/**
 * Why a register was not asked.
 */
export type NotAskedReason__Output = typeof NotAskedReason[keyof typeof NotAskedReason]
