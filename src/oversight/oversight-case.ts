import type { StoredRecord } from '../audit/log-reader.js';
import type { AnomalyStatement, EventType, ProtectedPart } from '../audit/record.js';

/** Entries that an officer has to look at: each is a case, named by its index. */
export const CASE_EVENTS = ['incident', 'reconciliation.finding', 'anomaly'] as const satisfies readonly EventType[];
export type CaseEvent = (typeof CASE_EVENTS)[number];

/** What an officer makes of a case; until then it is open. */
export const STEP_STATES = ['in_progress', 'reported', 'dismissed'] as const;
export type StepState = (typeof STEP_STATES)[number];
export type CaseState = 'open' | StepState;

/** A breach is reported within 72 hours after it became known (GDPR Art. 33 Abs. 1). */
const REPORT_WITHIN_MS = 72 * 3_600_000;

export type OversightCase = Readonly<{
  record: StoredRecord;
  state: CaseState;
  /** Milliseconds since 1970; absent where nothing has to be reported. */
  dueMs: number | undefined;
  cause: string;
  anomaly: AnomalyStatement | undefined;
}>;

/** What the log says of what a case concerns: kinds of data and numbers of persons, nobody (GDPR Art. 33 Abs. 3 lit. a). */
export type CaseFacts = Readonly<{ attributes: readonly string[]; subjectRoles: readonly string[]; subjects: number }>;

export function factsOf({ attributes = [], subjects = [] }: ProtectedPart = {}): CaseFacts {
  return { attributes, subjectRoles: [...new Set(subjects.map(({ role }) => role))], subjects: subjects.length };
}

/** `part` is absent where its key is destroyed. */
export function caseOf(record: StoredRecord, part: ProtectedPart | undefined, state: CaseState): OversightCase {
  const { event, log_time, reason = '' } = record.caller;
  const mayBeBreach = event !== 'anomaly';
  return {
    record,
    state,
    dueMs: mayBeBreach ? Date.parse(log_time) + REPORT_WITHIN_MS : undefined,
    cause: part?.anomaly?.kind ?? part?.cause ?? reason,
    anomaly: part?.anomaly,
  };
}

/** Whether a report that comes now comes after its term, the first one not having been made in time (GDPR Art. 33 Abs. 1 S. 2). */
export function isReportLate(
  { caller: { event, log_time } }: StoredRecord,
  firstReportedAtMs: number | undefined,
  nowMs: number,
): boolean {
  const dueMs = Date.parse(log_time) + REPORT_WITHIN_MS;
  return event !== 'anomaly' && (firstReportedAtMs ?? nowMs) > dueMs;
}

export function isCase(record: StoredRecord | undefined): record is StoredRecord {
  return record !== undefined && CASE_EVENTS.some((it) => it === record.caller.event);
}
