// Original file: einmal/broker/v1/oversight_service.proto

import type { OversightCase as _einmal_broker_v1_OversightCase, OversightCase__Output as _einmal_broker_v1_OversightCase__Output } from '../../../einmal/broker/v1/OversightCase.js';
import type { CaseStep as _einmal_broker_v1_CaseStep, CaseStep__Output as _einmal_broker_v1_CaseStep__Output } from '../../../einmal/broker/v1/CaseStep.js';
import type { CaseFacts as _einmal_broker_v1_CaseFacts, CaseFacts__Output as _einmal_broker_v1_CaseFacts__Output } from '../../../einmal/broker/v1/CaseFacts.js';
import type { BreachReport as _einmal_broker_v1_BreachReport, BreachReport__Output as _einmal_broker_v1_BreachReport__Output } from '../../../einmal/broker/v1/BreachReport.js';

/**
 * Response of GetCase.
 */
export interface GetCaseResponse {
  /**
   * The case.
   */
  'case'?: (_einmal_broker_v1_OversightCase | null);
  /**
   * Its steps, newest first.
   */
  'steps'?: (_einmal_broker_v1_CaseStep)[];
  /**
   * Continues the list of steps; empty at its end.
   */
  'next_page_token'?: (string);
  /**
   * What the log says of what it concerns.
   */
  'facts'?: (_einmal_broker_v1_CaseFacts | null);
  /**
   * What was stated for the report last; shown to officers only.
   */
  'report'?: (_einmal_broker_v1_BreachReport | null);
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
   * Its steps, newest first.
   */
  'steps'?: (_einmal_broker_v1_CaseStep__Output)[];
  /**
   * Continues the list of steps; empty at its end.
   */
  'next_page_token'?: (string);
  /**
   * What the log says of what it concerns.
   */
  'facts'?: (_einmal_broker_v1_CaseFacts__Output);
  /**
   * What was stated for the report last; shown to officers only.
   */
  'report'?: (_einmal_broker_v1_BreachReport__Output);
}
