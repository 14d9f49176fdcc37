// Original file: einmal/broker/v1/evidence_service.proto

/**
 * How what was announced for later stands, of all pieces of an exchange together.
 */
export const DeferralState = {
  /**
   * Not used.
   */
  DEFERRAL_STATE_UNSPECIFIED: 'DEFERRAL_STATE_UNSPECIFIED',
  /**
   * Nothing has come yet.
   */
  DEFERRAL_STATE_WAITING: 'DEFERRAL_STATE_WAITING',
  /**
   * Something has come: GetDeferredEvidence releases it.
   */
  DEFERRAL_STATE_READY: 'DEFERRAL_STATE_READY',
  /**
   * Nothing comes any more; GetDeferredEvidence says why.
   */
  DEFERRAL_STATE_ENDED: 'DEFERRAL_STATE_ENDED',
} as const;

/**
 * How what was announced for later stands, of all pieces of an exchange together.
 */
export type DeferralState =
  /**
   * Not used.
   */
  | 'DEFERRAL_STATE_UNSPECIFIED'
  | 0
  /**
   * Nothing has come yet.
   */
  | 'DEFERRAL_STATE_WAITING'
  | 1
  /**
   * Something has come: GetDeferredEvidence releases it.
   */
  | 'DEFERRAL_STATE_READY'
  | 2
  /**
   * Nothing comes any more; GetDeferredEvidence says why.
   */
  | 'DEFERRAL_STATE_ENDED'
  | 3

/**
 * How what was announced for later stands, of all pieces of an exchange together.
 */
export type DeferralState__Output = typeof DeferralState[keyof typeof DeferralState]
