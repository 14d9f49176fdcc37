import type { StepState } from './oversight-case.js';

/** A step in a case, with the entry that records it. Milliseconds since 1970. */
export type RecordedStep = Readonly<{ logIndex: number; state: StepState; atMs: number }>;

/**
 * Where cases stand: no more than which entry made a case what. What was written is in the log.
 *
 * - `add` keeps a step whose entry is written.
 * - `states` gives the latest state of those of some cases that have one.
 * - `steps` of one case, oldest first.
 */
export abstract class CaseStore {
  abstract add(caseIndex: number, step: Omit<RecordedStep, 'atMs'>): Promise<void>;
  abstract states(caseIndices: readonly number[]): Promise<ReadonlyMap<number, StepState>>;
  abstract steps(caseIndex: number): Promise<readonly RecordedStep[]>;
}
