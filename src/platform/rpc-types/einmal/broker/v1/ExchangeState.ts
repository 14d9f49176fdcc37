// Original file: einmal/broker/v1/evidence.proto

/**
 * State of the whole exchange. Complete only when every item was delivered or refused.
 */
export const ExchangeState = {
  /**
   * Never sent.
   */
  EXCHANGE_STATE_UNSPECIFIED: 'EXCHANGE_STATE_UNSPECIFIED',
  /**
   * Every item was delivered or refused.
   */
  EXCHANGE_STATE_COMPLETE: 'EXCHANGE_STATE_COMPLETE',
  /**
   * At least one item failed, is deferred or is held for preview.
   */
  EXCHANGE_STATE_INCOMPLETE: 'EXCHANGE_STATE_INCOMPLETE',
} as const;

/**
 * State of the whole exchange. Complete only when every item was delivered or refused.
 */
export type ExchangeState =
  /**
   * Never sent.
   */
  | 'EXCHANGE_STATE_UNSPECIFIED'
  | 0
  /**
   * Every item was delivered or refused.
   */
  | 'EXCHANGE_STATE_COMPLETE'
  | 1
  /**
   * At least one item failed, is deferred or is held for preview.
   */
  | 'EXCHANGE_STATE_INCOMPLETE'
  | 2

/**
 * State of the whole exchange. Complete only when every item was delivered or refused.
 */
export type ExchangeState__Output = typeof ExchangeState[keyof typeof ExchangeState]
