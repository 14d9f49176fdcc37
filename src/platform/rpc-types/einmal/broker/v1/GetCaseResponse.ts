// Original file: einmal/broker/v1/oversight_service.proto

import type { OversightCase as _einmal_broker_v1_OversightCase, OversightCase__Output as _einmal_broker_v1_OversightCase__Output } from '../../../einmal/broker/v1/OversightCase.js';
import type { CaseStep as _einmal_broker_v1_CaseStep, CaseStep__Output as _einmal_broker_v1_CaseStep__Output } from '../../../einmal/broker/v1/CaseStep.js';

/**
 * Response of GetCase.
 */
export interface GetCaseResponse {
  /**
   * The case.
   */
  'case'?: (_einmal_broker_v1_OversightCase | null);
  /**
   * Its steps, oldest first.
   */
  'steps'?: (_einmal_broker_v1_CaseStep)[];
}

/**
 * Response of GetCase.
 */
export interface GetCaseResponse__Output {
  /**
   * The case.
   */
  'case'?: (_einmal_broker_v1_OversightCase__Output);
  /**
   * Its steps, oldest first.
   */
  'steps'?: (_einmal_broker_v1_CaseStep__Output)[];
}
