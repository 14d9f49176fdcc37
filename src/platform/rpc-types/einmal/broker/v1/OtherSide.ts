// Original file: einmal/broker/v1/oversight_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';

/**
 * What the register has in its own log about a retrieval.
 */
export interface OtherSide {
  /**
   * `line` where there is one, `none` where there is none, `young` where the register gives none yet, `silent` where it does
   * not tell.
   */
  'state'?: (string);
  /**
   * When the register logged it, by its clock.
   */
  'log_time'?: (_google_protobuf_Timestamp | null);
  /**
   * Consumer, in the words of the register.
   */
  'consumer'?: (string);
  /**
   * Evidence type, in the words of the register.
   */
  'evidence_type'?: (string);
  /**
   * Purpose, in the words of the register.
   */
  'purpose'?: (string);
  /**
   * How it ended there.
   */
  'outcome'?: (string);
  /**
   * The reason that it gave.
   */
  'reason'?: (string);
}

/**
 * What the register has in its own log about a retrieval.
 */
export interface OtherSide__Output {
  /**
   * `line` where there is one, `none` where there is none, `young` where the register gives none yet, `silent` where it does
   * not tell.
   */
  'state'?: (string);
  /**
   * When the register logged it, by its clock.
   */
  'log_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * Consumer, in the words of the register.
   */
  'consumer'?: (string);
  /**
   * Evidence type, in the words of the register.
   */
  'evidence_type'?: (string);
  /**
   * Purpose, in the words of the register.
   */
  'purpose'?: (string);
  /**
   * How it ended there.
   */
  'outcome'?: (string);
  /**
   * The reason that it gave.
   */
  'reason'?: (string);
}
