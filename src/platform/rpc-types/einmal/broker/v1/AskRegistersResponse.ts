// Original file: einmal/broker/v1/citizen_service.proto

import type { RegisterAnswer as _einmal_broker_v1_RegisterAnswer, RegisterAnswer__Output as _einmal_broker_v1_RegisterAnswer__Output } from '../../../einmal/broker/v1/RegisterAnswer.js';

/**
 * Response of AskRegisters.
 */
export interface AskRegistersResponse {
  /**
   * Every register of the catalogue, in its order.
   */
  'answers'?: (_einmal_broker_v1_RegisterAnswer)[];
}

/**
 * Response of AskRegisters.
 */
export interface AskRegistersResponse__Output {
  /**
   * Every register of the catalogue, in its order.
   */
  'answers'?: (_einmal_broker_v1_RegisterAnswer__Output)[];
}
