const SHORT_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15];

/** What was counted or took a time, with the buckets of its histogram: its `_count` is the rate, by label the errors. */
export const HISTOGRAMS = {
  einmal_rpc_server_duration_seconds: { what: 'calls answered, by method and gRPC code', buckets: SHORT_S },
  einmal_rpc_client_duration_seconds: {
    what: 'calls made, by participant asked, method and gRPC code',
    buckets: SHORT_S,
  },
  einmal_step_duration_seconds: { what: 'steps of an exchange, by step and how they ended', buckets: SHORT_S },
  einmal_log_batch_entries: {
    what: 'entries in one batch of the log',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
  },
} as const;
export type HistogramName = keyof typeof HISTOGRAMS;

/** What is read when somebody looks. */
export const GAUGES = {
  einmal_process_resident_bytes: 'memory of the process',
  einmal_event_loop_delay_seconds: 'delay of the event loop since the last look, its 99th percentile',
  einmal_database_connections: 'connections of the pool, by state: busy, idle; and requests that wait for one: waiting',
  einmal_certificate_remaining_seconds: 'until the certificate of this process expires',
  einmal_log_queue_entries: 'entries that wait for the log, or are being written',
  einmal_log_size_entries: 'entries in the log',
  einmal_checkpoint_age_seconds: 'since the newest checkpoint was signed',
  einmal_checkpoint_unkept_seconds: 'how long a checkpoint of this node has waited to be kept outside the database',
  einmal_witness_lag_entries: 'entries that a witness has not cosigned, by witness',
  einmal_witness_lag_seconds: 'since a witness that lags has cosigned, by witness',
  einmal_log_disputed: '1 where a witness disputes the log',
  einmal_retrievals_overdue: 'retrievals that passed their expiry without an outcome',
  einmal_erasure_backlog_epochs: 'months of records that are past their term and still there',
  einmal_deferred_jobs: 'durable jobs, by queue and state',
  einmal_deferred_job_overdue_seconds: 'how long the oldest job that is due has waited, by queue',
  einmal_register_suspended: '1 where a register is not asked for a moment',
  einmal_register_running: 'retrievals under way at a register',
  einmal_register_waiting: 'retrievals that wait for their turn at a register',
  einmal_processing_log_backlog_entries: 'entries of the log whose lines the collector has not confirmed',
  einmal_processing_log_backlog_seconds: 'age of the oldest of them',
} as const;
export type GaugeName = keyof typeof GAUGES;

/**
 * Labels, closed: a name of the catalogue or of the program, never a value of a request. What would be a label of its own for
 * each person, exchange or caller has no place in a metric.
 */
export type Label = 'rpc' | 'code' | 'peer' | 'step' | 'result' | 'state' | 'queue' | 'register' | 'witness';
export type Labels = Readonly<Partial<Record<Label, string>>>;

export type Reading = Readonly<{ name: GaugeName; value: number; labels?: Labels }>;
