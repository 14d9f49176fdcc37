// Original file: einmal/broker/v1/oversight_service.proto

import type { Receipt as _einmal_broker_v1_Receipt, Receipt__Output as _einmal_broker_v1_Receipt__Output } from '../../../einmal/broker/v1/Receipt.js';

/**
 * An entry that a sample rests on, opened in full.
 */
export interface SampleCommitment {
  /**
   * The entry in the tree of a cosigned checkpoint.
   */
  'receipt'?: (_einmal_broker_v1_Receipt | null);
  /**
   * Salt of the protected half, 32 bytes.
   */
  'protected_salt'?: (Buffer | Uint8Array | string);
  /**
   * The protected half as JSON (RFC 8785), byte for byte as the log committed to it.
   */
  'protected_part'?: (string);
}

/**
 * An entry that a sample rests on, opened in full.
 */
export interface SampleCommitment__Output {
  /**
   * The entry in the tree of a cosigned checkpoint.
   */
  'receipt'?: (_einmal_broker_v1_Receipt__Output);
  /**
   * Salt of the protected half, 32 bytes.
   */
  'protected_salt'?: (Buffer);
  /**
   * The protected half as JSON (RFC 8785), byte for byte as the log committed to it.
   */
  'protected_part'?: (string);
}
