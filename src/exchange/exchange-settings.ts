import type { ExchangeLimits } from './decode-exchange.js';

/** Limits of an exchange as this node is configured. */
export class ExchangeSettings implements ExchangeLimits {
  constructor(
    readonly defaultDeadlineMs: number,
    readonly maxDeadlineMs: number,
    readonly allowTestNumbers: boolean,
    readonly neutralAnswerMs: number,
    readonly reserveMs: number,
  ) {}
}
