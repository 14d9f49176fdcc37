import type { StepState } from './oversight-case.js';

/** A step in a case, with the entry that records it. Milliseconds since 1970. */
export type RecordedStep = Readonly<{
  logIndex: number;
  state: StepState;
  /** Whether it states something for the report to the supervisory authority. */
  hasReport: boolean;
  atMs: number;
}>;

/** `reportIndex`: the latest step that states something for the report. */
export type CaseStanding = Readonly<{
  state: StepState | undefined;
  firstReportedAtMs: number | undefined;
  reportIndex: number | undefined;
}>;

/**
 * Where cases stand: no more than which entry made a case what. What was written is in the log.
 *
 * - `add` keeps a step once, however often its entry is read.
 * - `states` gives the latest state of those of some cases that have one, `standing` that of one with its report.
 * - `steps` of one case before an index, newest first.
 */
export abstract class CaseStore {
  abstract add(caseIndex: number, step: RecordedStep): Promise<void>;
  abstract states(caseIndices: readonly number[]): Promise<ReadonlyMap<number, StepState>>;
  abstract standing(caseIndex: number): Promise<CaseStanding>;
  abstract steps(caseIndex: number, before: number, limit: number): Promise<readonly RecordedStep[]>;
}
