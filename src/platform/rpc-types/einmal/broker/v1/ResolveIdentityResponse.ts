// Original file: einmal/broker/v1/identity_service.proto

import type { ResolvedSubject as _einmal_broker_v1_ResolvedSubject, ResolvedSubject__Output as _einmal_broker_v1_ResolvedSubject__Output } from '../../../einmal/broker/v1/ResolvedSubject.js';
import type { Receipt as _einmal_broker_v1_Receipt, Receipt__Output as _einmal_broker_v1_Receipt__Output } from '../../../einmal/broker/v1/Receipt.js';

/**
 * Response of ResolveIdentity.
 */
export interface ResolveIdentityResponse {
  /**
   * One token per person who was looked up, in the order of the request.
   */
  'subjects'?: (_einmal_broker_v1_ResolvedSubject)[];
  /**
   * Receipt of the last entry this lookup made.
   */
  'receipt'?: (_einmal_broker_v1_Receipt | null);
}

/**
 * Response of ResolveIdentity.
 */
export interface ResolveIdentityResponse__Output {
  /**
   * One token per person who was looked up, in the order of the request.
   */
  'subjects'?: (_einmal_broker_v1_ResolvedSubject__Output)[];
  /**
   * Receipt of the last entry this lookup made.
   */
  'receipt'?: (_einmal_broker_v1_Receipt__Output);
}
