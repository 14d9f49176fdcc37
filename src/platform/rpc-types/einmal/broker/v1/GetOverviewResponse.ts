// Original file: einmal/broker/v1/oversight_service.proto

import type { NamedCount as _einmal_broker_v1_NamedCount, NamedCount__Output as _einmal_broker_v1_NamedCount__Output } from '../../../einmal/broker/v1/NamedCount.js';
import type { ReconciledRegister as _einmal_broker_v1_ReconciledRegister, ReconciledRegister__Output as _einmal_broker_v1_ReconciledRegister__Output } from '../../../einmal/broker/v1/ReconciledRegister.js';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';
import type { Trend as _einmal_broker_v1_Trend, Trend__Output as _einmal_broker_v1_Trend__Output } from '../../../einmal/broker/v1/Trend.js';
import type { Flow as _einmal_broker_v1_Flow, Flow__Output as _einmal_broker_v1_Flow__Output } from '../../../einmal/broker/v1/Flow.js';
import type { GetLogStatusResponse as _einmal_broker_v1_GetLogStatusResponse, GetLogStatusResponse__Output as _einmal_broker_v1_GetLogStatusResponse__Output } from '../../../einmal/broker/v1/GetLogStatusResponse.js';
import type { RetentionStanding as _einmal_broker_v1_RetentionStanding, RetentionStanding__Output as _einmal_broker_v1_RetentionStanding__Output } from '../../../einmal/broker/v1/RetentionStanding.js';
import type { LogCheckpoint as _einmal_broker_v1_LogCheckpoint, LogCheckpoint__Output as _einmal_broker_v1_LogCheckpoint__Output } from '../../../einmal/broker/v1/LogCheckpoint.js';
import type { Long } from '@grpc/proto-loader';

/**
 * Response of GetOverview.
 */
export interface GetOverviewResponse {
  /**
   * Exchanges that ended in the period.
   */
  'exchanges'?: (number | string | Long);
  /**
   * Retrievals that ended in the period, by outcome.
   */
  'outcomes'?: (_einmal_broker_v1_NamedCount)[];
  /**
   * Refusals by the reason that the caller saw.
   */
  'refusals'?: (_einmal_broker_v1_NamedCount)[];
  /**
   * Incidents, findings and anomalies, by kind of event.
   */
  'alarms'?: (_einmal_broker_v1_NamedCount)[];
  /**
   * Retrievals that are open right now.
   */
  'open_retrievals'?: (number | string | Long);
  /**
   * How far each register was compared; a register that never was is missing.
   */
  'reconciled'?: (_einmal_broker_v1_ReconciledRegister)[];
  /**
   * Records that were erased in the period.
   */
  'erased_records'?: (number | string | Long);
  /**
   * Moment of the oldest record that is kept for the ordinary term.
   */
  'oldest_record_time'?: (_google_protobuf_Timestamp | null);
  /**
   * Whether a record of any class has been past its term for more than a day: an erasure is due.
   */
  'erasure_due'?: (boolean);
  /**
   * Retrievals by consumer, over time.
   */
  'consumers'?: (_einmal_broker_v1_Trend)[];
  /**
   * Retrievals by register, over time.
   */
  'registers'?: (_einmal_broker_v1_Trend)[];
  /**
   * Length of a step of the trends, in seconds: an hour or, beyond three days, a day. Absent beyond forty days: each step is a
   * calendar month (UTC).
   */
  'step_seconds'?: (number);
  /**
   * Who got how much from whom.
   */
  'flows'?: (_einmal_broker_v1_Flow)[];
  /**
   * The log and its witnesses.
   */
  'log'?: (_einmal_broker_v1_GetLogStatusResponse | null);
  /**
   * Beginning of the period, as it was rounded.
   */
  'from_time'?: (_google_protobuf_Timestamp | null);
  /**
   * End of the period.
   */
  'to_time'?: (_google_protobuf_Timestamp | null);
  /**
   * Every retention class that the catalogue names or that has records.
   */
  'retention'?: (_einmal_broker_v1_RetentionStanding)[];
  /**
   * The newest checkpoint; absent as long as the log is empty.
   */
  'newest_checkpoint'?: (_einmal_broker_v1_LogCheckpoint | null);
  /**
   * The newest checkpoint that a majority of the witnesses cosigned; absent where there is none.
   */
  'witnessed_checkpoint'?: (_einmal_broker_v1_LogCheckpoint | null);
  '_step_seconds'?: "step_seconds";
}

/**
 * Response of GetOverview.
 */
export interface GetOverviewResponse__Output {
  /**
   * Exchanges that ended in the period.
   */
  'exchanges'?: (string);
  /**
   * Retrievals that ended in the period, by outcome.
   */
  'outcomes'?: (_einmal_broker_v1_NamedCount__Output)[];
  /**
   * Refusals by the reason that the caller saw.
   */
  'refusals'?: (_einmal_broker_v1_NamedCount__Output)[];
  /**
   * Incidents, findings and anomalies, by kind of event.
   */
  'alarms'?: (_einmal_broker_v1_NamedCount__Output)[];
  /**
   * Retrievals that are open right now.
   */
  'open_retrievals'?: (string);
  /**
   * How far each register was compared; a register that never was is missing.
   */
  'reconciled'?: (_einmal_broker_v1_ReconciledRegister__Output)[];
  /**
   * Records that were erased in the period.
   */
  'erased_records'?: (string);
  /**
   * Moment of the oldest record that is kept for the ordinary term.
   */
  'oldest_record_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * Whether a record of any class has been past its term for more than a day: an erasure is due.
   */
  'erasure_due'?: (boolean);
  /**
   * Retrievals by consumer, over time.
   */
  'consumers'?: (_einmal_broker_v1_Trend__Output)[];
  /**
   * Retrievals by register, over time.
   */
  'registers'?: (_einmal_broker_v1_Trend__Output)[];
  /**
   * Length of a step of the trends, in seconds: an hour or, beyond three days, a day. Absent beyond forty days: each step is a
   * calendar month (UTC).
   */
  'step_seconds'?: (number);
  /**
   * Who got how much from whom.
   */
  'flows'?: (_einmal_broker_v1_Flow__Output)[];
  /**
   * The log and its witnesses.
   */
  'log'?: (_einmal_broker_v1_GetLogStatusResponse__Output);
  /**
   * Beginning of the period, as it was rounded.
   */
  'from_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * End of the period.
   */
  'to_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * Every retention class that the catalogue names or that has records.
   */
  'retention'?: (_einmal_broker_v1_RetentionStanding__Output)[];
  /**
   * The newest checkpoint; absent as long as the log is empty.
   */
  'newest_checkpoint'?: (_einmal_broker_v1_LogCheckpoint__Output);
  /**
   * The newest checkpoint that a majority of the witnesses cosigned; absent where there is none.
   */
  'witnessed_checkpoint'?: (_einmal_broker_v1_LogCheckpoint__Output);
  '_step_seconds'?: "step_seconds";
}
