import type { RegisterStatement } from '../audit/record.js';
import type { RegisterLine } from './register-line.js';

/** What our log says of a retrieval: what the register answered, `unknown` after a crash, or `open` as long as it may. */
export type Ours = RegisterStatement['answered'] | 'unknown' | 'open';

/** What the register's log says of it: `nothing`, or how its first line ends. */
export type Theirs = 'nothing' | 'answered' | 'not_available' | 'refused' | 'failed' | 'deferred' | 'repeated';

/** One retrieval or lookup of ours, as far as both sides know it. */
export type OurRetrieval = Readonly<{
  /** The retrieval id that the register was given. */
  ref: string;
  consumer: string;
  evidenceType: string | undefined;
  purpose: string | undefined;
  ours: Ours;
  /** The reason that the register gave, as far as we heard one. */
  reason: string | undefined;
  /** How often it was asked the same once more. */
  repeats: number;
}>;

/**
 * - `NOT_OURS`: the register has a line and we have no such retrieval.
 * - `NOT_THERE`: we heard an answer and the register has no line.
 * - `ANSWER_NOT_RECEIVED`: the register has answered, and no answer is on record here.
 * - `OUTCOME_DIFFERS`: both have an ending, and not the same.
 * - `PARTICULARS_DIFFER`: consumer, evidence type or purpose are not the same.
 * - `ASKED_AGAIN`: the register was asked with a retrieval id of ours more often than our log says.
 */
export type DifferenceKind =
  | 'NOT_OURS'
  | 'NOT_THERE'
  | 'ANSWER_NOT_RECEIVED'
  | 'OUTCOME_DIFFERS'
  | 'PARTICULARS_DIFFER'
  | 'ASKED_AGAIN';

export type Difference = Readonly<{
  kind: DifferenceKind;
  line?: RegisterLine;
  members?: readonly string[];
}>;

/** Reasons of an edge that has not let the request through to where its log is written. */
const UNLOGGED_REFUSALS = ['CALLER_UNKNOWN', 'REQUEST_MALFORMED', 'NOT_BUILT'];

type Normal = Readonly<{
  ours: Ours;
  theirs: Theirs;
  why: string;
  /** Further condition on the reasons that each side has. */
  reasons?: (ours: string | undefined, theirs: string | undefined) => boolean;
}>;

/** What may stand in both logs side by side; everything else is a difference. */
export const NORMAL: readonly Normal[] = [
  { ours: 'evidence', theirs: 'answered', why: 'what it sent has arrived' },
  { ours: 'not_available', theirs: 'not_available', why: 'one answer for none, several and blocked has arrived' },
  {
    ours: 'refused',
    theirs: 'refused',
    why: 'its refusal has arrived',
    reasons: (ours, theirs) => ours === theirs,
  },
  {
    ours: 'refused',
    theirs: 'nothing',
    why: 'strangers are refused before its log, and of an unreadable message its line knows no retrieval',
    reasons: (ours) => ours !== undefined && UNLOGGED_REFUSALS.includes(ours),
  },
  { ours: 'deferred', theirs: 'deferred', why: 'its announcement has arrived' },
  {
    ours: 'none',
    theirs: 'nothing',
    why: 'the request did not arrive, or it could not write its log and gave nothing',
  },
  { ours: 'none', theirs: 'not_available', why: 'a refusal was lost on the way, and nothing with it' },
  { ours: 'none', theirs: 'refused', why: 'a refusal was lost on the way, and nothing with it' },
  { ours: 'none', theirs: 'failed', why: 'it could not answer' },
  { ours: 'none', theirs: 'deferred', why: 'an announcement was lost on the way, and nothing with it' },
  { ours: 'unknown', theirs: 'nothing', why: 'the node ended before it asked' },
  { ours: 'unknown', theirs: 'not_available', why: 'the node ended before it heard a refusal' },
  { ours: 'unknown', theirs: 'refused', why: 'the node ended before it heard a refusal' },
  { ours: 'unknown', theirs: 'failed', why: 'the node ended before it heard that it could not answer' },
  { ours: 'unknown', theirs: 'deferred', why: 'the node ended before it heard an announcement' },
  {
    ours: 'not_asked',
    theirs: 'nothing',
    why: 'nobody asked it; the entries are there so that the log tells nobody why',
  },
  ...(['nothing', 'answered', 'not_available', 'refused', 'failed', 'deferred'] as const).map((theirs) => ({
    ours: 'open' as const,
    theirs,
    why: 'it has not ended here yet',
  })),
];

/** How the two logs differ about one retrieval of ours; `lines` are all that the register has about it, in any order. */
export function compareRetrieval(retrieval: OurRetrieval, lines: readonly RegisterLine[]): Difference[] {
  const ordered = lines.toSorted((a, b) => a.sequence - b.sequence);
  const { first, again } = retrieval.repeats === 0 ? askedOnce(ordered) : askedRepeatedly(retrieval, ordered);
  if (first === undefined) return isNormal(retrieval, undefined) ? [] : [{ kind: 'NOT_THERE' }];
  const members = differingParticulars(retrieval, first);
  return [
    ...(isNormal(retrieval, first) ? [] : [{ kind: endingKind(retrieval, first), line: first }]),
    ...(members.length === 0 ? [] : [{ kind: 'PARTICULARS_DIFFER' as const, line: first, members }]),
    ...again.map((line) => ({ kind: 'ASKED_AGAIN' as const, line })),
  ];
}

type Sorted = Readonly<{ first: RegisterLine | undefined; again: readonly RegisterLine[] }>;

function askedOnce(ordered: readonly RegisterLine[]): Sorted {
  const first = ordered.find(({ outcome }) => outcome !== 'repeated') ?? ordered[0];
  return { first, again: ordered.filter((line) => line !== first) };
}

/**
 * A repeat that is answered is `repeated` there and an answer here; in which order the lines of two requests came is open. Two
 * lines `answered` are two requests that are not the same.
 */
function askedRepeatedly(retrieval: OurRetrieval, ordered: readonly RegisterLine[]): Sorted {
  const own = ordered.slice(0, 1 + retrieval.repeats);
  const answered = own.filter(({ outcome }) => outcome === 'answered');
  const endings = own.map(
    (line): RegisterLine => (line.outcome === 'repeated' ? { ...line, outcome: 'answered' } : line),
  );
  const first =
    endings.find(({ outcome }) => outcome === 'answered') ??
    endings.find((line) => isNormal(retrieval, line)) ??
    endings.at(-1);
  return { first, again: [...answered.slice(1), ...ordered.slice(own.length)] };
}

export function theirsOf(line: RegisterLine | undefined): Theirs {
  if (line === undefined) return 'nothing';
  return line.outcome === 'refused' && line.reason === 'SUBJECT_NOT_AVAILABLE' ? 'not_available' : line.outcome;
}

function isNormal({ ours, reason }: OurRetrieval, line: RegisterLine | undefined): boolean {
  const theirs = theirsOf(line);
  return NORMAL.some(
    (row) => row.ours === ours && row.theirs === theirs && (row.reasons?.(reason, line?.reason) ?? true),
  );
}

function endingKind({ ours }: OurRetrieval, line: RegisterLine): DifferenceKind {
  if (line.outcome === 'repeated') return 'ASKED_AGAIN';
  if (line.outcome === 'answered' && (ours === 'none' || ours === 'unknown')) return 'ANSWER_NOT_RECEIVED';
  return 'OUTCOME_DIFFERS';
}

function differingParticulars(retrieval: OurRetrieval, line: RegisterLine): string[] {
  const pairs: readonly (readonly [member: string, ours: string | undefined, theirs: string | undefined])[] = [
    ['consumer', retrieval.consumer, line.consumer],
    ['evidence_type', retrieval.evidenceType, line.evidenceType],
    ['purpose', retrieval.purpose, line.purpose],
  ];
  // A register that refuses need not know what was named.
  const isUnknownThere = (theirs: string | undefined) => theirs === undefined && line.outcome === 'refused';
  return pairs.filter(([, ours, theirs]) => ours !== theirs && !isUnknownThere(theirs)).map(([member]) => member);
}
