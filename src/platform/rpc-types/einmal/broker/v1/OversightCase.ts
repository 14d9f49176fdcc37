// Original file: einmal/broker/v1/oversight_service.proto

import type { LogEntry as _einmal_broker_v1_LogEntry, LogEntry__Output as _einmal_broker_v1_LogEntry__Output } from '../../../einmal/broker/v1/LogEntry.js';
import type { CaseState as _einmal_broker_v1_CaseState, CaseState__Output as _einmal_broker_v1_CaseState__Output } from '../../../einmal/broker/v1/CaseState.js';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';
import type { AnomalyNumbers as _einmal_broker_v1_AnomalyNumbers, AnomalyNumbers__Output as _einmal_broker_v1_AnomalyNumbers__Output } from '../../../einmal/broker/v1/AnomalyNumbers.js';

/**
 * An entry that an officer has to look at.
 */
export interface OversightCase {
  /**
   * The entry that the case is about; its index names the case.
   */
  'entry'?: (_einmal_broker_v1_LogEntry | null);
  /**
   * How far it is.
   */
  'state'?: (_einmal_broker_v1_CaseState);
  /**
   * When it has to be reported, where it may be a breach: 72 hours after it was logged (GDPR Art. 33 (1)).
   */
  'due_time'?: (_google_protobuf_Timestamp | null);
  /**
   * What it is, for example `SURPLUS_FIELDS` or `VOLUME`.
   */
  'cause'?: (string);
  /**
   * Numbers that explain an anomaly.
   */
  'anomaly'?: (_einmal_broker_v1_AnomalyNumbers | null);
}

/**
 * An entry that an officer has to look at.
 */
export interface OversightCase__Output {
  /**
   * The entry that the case is about; its index names the case.
   */
  'entry'?: (_einmal_broker_v1_LogEntry__Output);
  /**
   * How far it is.
   */
  'state'?: (_einmal_broker_v1_CaseState__Output);
  /**
   * When it has to be reported, where it may be a breach: 72 hours after it was logged (GDPR Art. 33 (1)).
   */
  'due_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * What it is, for example `SURPLUS_FIELDS` or `VOLUME`.
   */
  'cause'?: (string);
  /**
   * Numbers that explain an anomaly.
   */
  'anomaly'?: (_einmal_broker_v1_AnomalyNumbers__Output);
}
