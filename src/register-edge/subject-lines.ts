import type { EdgeLogEntry } from './edge-log.js';
import type { EdgeLogLine } from './edge-log-reader.js';

/** A line as the person it is about may read it: with what was given of them. */
export type SubjectLine = EdgeLogLine &
  Pick<EdgeLogEntry, 'legalBasis' | 'attributes'> &
  Readonly<{ event: NonNullable<EdgeLogEntry['event']> }>;

/** What was given under one retrieval, and of whom. */
export type GivenLine = Pick<
  EdgeLogEntry,
  'consumer' | 'evidenceType' | 'purpose' | 'legalBasis' | 'subject' | 'attributes'
>;

/**
 * This register's own log, by person.
 *
 * - `about` gives the lines about one person, by their keyed digest, with a sequence below `before`, newest first; without those of which the
 *   person is told later.
 * - `reachesBackTo` is the moment of the oldest line in milliseconds since the epoch, `undefined` where there is none.
 * - `given` is the line under which a retrieval of this caller was answered, where it is about this person.
 */
export abstract class SubjectLines {
  abstract about(subject: string, before: number, limit: number): Promise<SubjectLine[]>;
  abstract reachesBackTo(): Promise<number | undefined>;
  abstract given(caller: string, retrievalId: string, subject: string): Promise<GivenLine | undefined>;
}
