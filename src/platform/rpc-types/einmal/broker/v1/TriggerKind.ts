// Original file: einmal/broker/v1/consent_service.proto

/**
 * What the law asks for before a transfer may take place (design: four kinds, four different rules).
 */
export const TriggerKind = {
  /**
   * Never sent.
   */
  TRIGGER_KIND_UNSPECIFIED: 'TRIGGER_KIND_UNSPECIFIED',
  /**
   * The applicant chose retrieval over bringing the evidence (EGovG § 5 Abs. 1).
   */
  TRIGGER_KIND_CHOICE: 'TRIGGER_KIND_CHOICE',
  /**
   * Consent of the person concerned (for example BEEG §§ 9, 25).
   */
  TRIGGER_KIND_CONSENT: 'TRIGGER_KIND_CONSENT',
  /**
   * Explicit request of the user (Regulation (EU) 2018/1724 Art. 14).
   */
  TRIGGER_KIND_EXPLICIT_REQUEST: 'TRIGGER_KIND_EXPLICIT_REQUEST',
  /**
   * Statutory task of the authority: a norm, a file reference, an acting official; no act of the citizen.
   */
  TRIGGER_KIND_STATUTORY_TASK: 'TRIGGER_KIND_STATUTORY_TASK',
} as const;

/**
 * What the law asks for before a transfer may take place (design: four kinds, four different rules).
 */
export type TriggerKind =
  /**
   * Never sent.
   */
  | 'TRIGGER_KIND_UNSPECIFIED'
  | 0
  /**
   * The applicant chose retrieval over bringing the evidence (EGovG § 5 Abs. 1).
   */
  | 'TRIGGER_KIND_CHOICE'
  | 1
  /**
   * Consent of the person concerned (for example BEEG §§ 9, 25).
   */
  | 'TRIGGER_KIND_CONSENT'
  | 2
  /**
   * Explicit request of the user (Regulation (EU) 2018/1724 Art. 14).
   */
  | 'TRIGGER_KIND_EXPLICIT_REQUEST'
  | 3
  /**
   * Statutory task of the authority: a norm, a file reference, an acting official; no act of the citizen.
   */
  | 'TRIGGER_KIND_STATUTORY_TASK'
  | 4

/**
 * What the law asks for before a transfer may take place (design: four kinds, four different rules).
 */
export type TriggerKind__Output = typeof TriggerKind[keyof typeof TriggerKind]
