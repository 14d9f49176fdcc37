import type { EntryFilter } from '../audit/log-reader.js';
import type { EventType } from '../audit/record.js';

/** Milliseconds since 1970; `toMs` is the first moment after it. */
export type Period = Readonly<{ fromMs: number; toMs: number }>;

/** Entries of all participants that match; without events those of every kind. */
export type EntryQuery = EntryFilter & Readonly<{ events?: readonly EventType[] }>;

/** How often entries of one kind were logged; what they do not name is empty. */
export type Count = Readonly<{
  event: string;
  consumer: string;
  register: string;
  outcome: string;
  reason: string;
  entries: number;
}>;

/** How often one consumer used one purpose (GDPR Art. 30); first and last in full hours, as far as the log reaches back. Times in ms since 1970. */
export type Use = Readonly<{
  consumer: string;
  purpose: string;
  retrievals: number;
  lookups: number;
  firstMs: number;
  lastMs: number;
}>;

/** Hours, days and calendar months are those of UTC. */
export type StepLength = 'hour' | 'day' | 'month';

/** Retrievals that ended in one step of time: of one consumer or of one register, the other being absent. */
export type Step = Readonly<{ atMs: number; consumer?: string; register?: string; entries: number }>;

/**
 * How often what was logged, and where entries that match are: figures and lists take as long over ten million entries as over
 * ten thousand. Counted beside the log, never in an append; what is not counted yet is counted when it is asked for, so that every
 * answer is about all entries that were logged before it.
 *
 * - `rollUp` counts the next stretch of the log and says whether there was one. Of several nodes one does it; each entry is counted
 *   once. What counts records that are erased goes with them.
 * - `counts` of a period; its beginning and its end are full hours, or the moment of the newest entry.
 * - `steps` are retrievals that ended, by consumer and by register, in steps of one length, oldest first.
 * - `uses` are retrievals and lookups that ended, by consumer and purpose, counted since a full hour; first and last of all that is kept.
 * - `matching` gives indices of entries before one that match, newest first.
 * - `firstIndexAt` is the index of the first entry of that moment or later, the size of the log where there is none.
 */
export abstract class Activity {
  abstract rollUp(): Promise<boolean>;
  abstract counts(period: Period): Promise<Count[]>;
  abstract steps(period: Period, step: StepLength): Promise<Step[]>;
  abstract uses(fromMs: number): Promise<Use[]>;
  abstract matching(query: EntryQuery, before: number, limit: number): Promise<number[]>;
  abstract firstIndexAt(ms: number): Promise<number>;
}
