import type { LogStore, NewEntry } from '../../src/audit/log-store.js';
import type { EventType, Outcome, RegisterStatement } from '../../src/audit/record.js';
import type { Ours, Theirs } from '../../src/reconciliation/compare.js';
import type { RegisterLine } from '../../src/reconciliation/register-line.js';
import { PERSON } from '../audit/entries.js';

export const REGISTER = 'melderegister-bremen';
export const NODE = 'node';

/** Retrievals of one append. The lock of the head is held for 1.5 s at most, also on a busy machine. */
const AT_ONCE = 200;

/** How a retrieval may have gone, as both sides put it on record; each normal. */
type Way = Readonly<{
  ours: Ours;
  theirs: readonly Theirs[];
  lookup?: true;
  between?: readonly (readonly [EventType, RegisterStatement | undefined])[];
  closing?: Readonly<{ outcome?: Outcome } & Partial<RegisterStatement>>;
}>;

const EVIDENCE = { answered: 'evidence' } as const;
const NOT_HEARD = ['nothing', 'failed', 'refused', 'not_available', 'deferred'] as const;
const REFUSED = { answered: 'refused', register_reason: 'PERMISSION_INVALID' } as const;

export const WAYS = {
  released: { ours: 'evidence', theirs: ['answered'], closing: { outcome: 'released', ...EVIDENCE } },
  rejected: { ours: 'evidence', theirs: ['answered'], closing: { outcome: 'failed', ...EVIDENCE } },
  held: { ours: 'evidence', theirs: ['answered'], between: [['retrieval.held', EVIDENCE]] },
  heldAndForgotten: {
    ours: 'evidence',
    theirs: ['answered'],
    between: [['retrieval.held', EVIDENCE]],
    closing: { outcome: 'unknown' },
  },
  foundPerson: { ours: 'evidence', theirs: ['answered'], lookup: true, closing: EVIDENCE },
  notAvailable: {
    ours: 'not_available',
    theirs: ['not_available'],
    closing: { outcome: 'refused', answered: 'not_available' },
  },
  refused: { ours: 'refused', theirs: ['refused'], closing: { outcome: 'refused', ...REFUSED } },
  deferred: { ours: 'deferred', theirs: ['deferred'], closing: { outcome: 'failed', answered: 'deferred' } },
  lost: { ours: 'none', theirs: NOT_HEARD, closing: { outcome: 'failed', answered: 'none' } },
  late: {
    ours: 'evidence',
    theirs: ['answered'],
    between: [['retrieval.late', EVIDENCE]],
    closing: { outcome: 'failed', answered: 'none' },
  },
  lateAfterCrash: {
    ours: 'evidence',
    theirs: ['answered'],
    between: [['retrieval.late', EVIDENCE]],
    closing: { outcome: 'unknown' },
  },
  lateRefusal: {
    ours: 'refused',
    theirs: ['refused'],
    between: [['retrieval.late', REFUSED]],
    closing: { outcome: 'failed', answered: 'none' },
  },
  repeated: {
    ours: 'evidence',
    theirs: ['repeated'],
    between: [['retrieval.repeated', undefined]],
    closing: { outcome: 'released', ...EVIDENCE },
  },
  crashed: { ours: 'unknown', theirs: NOT_HEARD, closing: { outcome: 'unknown' } },
  neverAsked: { ours: 'not_asked', theirs: ['nothing'], closing: { outcome: 'refused', answered: 'not_asked' } },
  running: { ours: 'open', theirs: [...NOT_HEARD, 'answered'] },
} as const satisfies Readonly<Record<string, Way>>;

export type WayName = keyof typeof WAYS;
export const WAY_NAMES = Object.keys(WAYS) as WayName[];
export const wayOf = (name: WayName): Way => WAYS[name];

/** Both sides' traces of one retrieval. */
export type Trace = Readonly<{
  id: string;
  ref: string;
  way: WayName;
  theirs: Theirs;
}>;

export function aTrace(
  id: string,
  way: WayName = 'released',
  theirs: Theirs = wayOf(way).theirs[0] ?? 'nothing',
): Trace {
  return { id, ref: `ref-of-${id}`, way, theirs };
}

const clear = ({ id }: Trace, event: EventType) => ({
  event,
  consumer: 'familienkasse-online',
  register: REGISTER,
  evidence_type: 'meldedaten',
  purpose: 'kindergeld-antrag',
  legal_basis: 'egovg-5-1-1',
  subject_role: 'parent',
  exchange_ref: `exchange-of-${id}`,
  retrieval_ref: id,
});

/** The entry before the register is asked. */
export function openedEntry(trace: Trace): NewEntry {
  const event = wayOf(trace.way).lookup ? 'identity.opened' : 'retrieval.opened';
  return {
    caller: clear(trace, event),
    protected: { subjects: [{ role: 'parent', person: PERSON }], register_refs: { [REGISTER]: trace.ref } },
    persons: [],
    effects: [{ kind: 'open-retrieval', retrieval: trace.id, expiresAt: new Date(Date.now() + 3_600_000) }],
  };
}

/** The entries after it, in their order. */
export function endingEntries(trace: Trace): NewEntry[] {
  const { between = [], closing, lookup } = wayOf(trace.way);
  const entries: NewEntry[] = between.map(([event, statement]) => ({
    caller: clear(trace, event),
    protected: statement ?? {},
    persons: [],
    effects: [],
  }));
  if (closing === undefined) return entries;
  const { outcome, ...statement } = closing;
  const closed: NewEntry = {
    caller: { ...clear(trace, lookup ? 'identity.closed' : 'retrieval.closed'), outcome },
    protected: { cause: 'test', ...statement },
    persons: [],
    effects: [{ kind: 'close-retrieval', retrieval: trace.id }],
  };
  return [...entries, closed];
}

export async function logTraces(log: LogStore, traces: readonly Trace[]): Promise<void> {
  for (let from = 0; from < traces.length; from += AT_ONCE) {
    const some = traces.slice(from, from + AT_ONCE);
    await log.append(some.map(openedEntry));
    await log.append(some.flatMap(endingEntries));
  }
}

/** What the register has of it. */
export function lineOf({ ref, theirs }: Trace, sequence: number, atMs: number): RegisterLine[] {
  const line = {
    ...{ sequence, atMs, ref, consumer: 'familienkasse-online', evidenceType: 'meldedaten' },
    ...{ purpose: 'kindergeld-antrag', reason: undefined },
  };
  switch (theirs) {
    case 'nothing':
      return [];
    case 'not_available':
      return [{ ...line, outcome: 'refused', reason: 'SUBJECT_NOT_AVAILABLE' }];
    case 'refused':
      return [{ ...line, outcome: 'refused', reason: 'PERMISSION_INVALID' }];
    case 'failed':
      return [{ ...line, outcome: 'failed', reason: 'REGISTER_UNAVAILABLE' }];
    default:
      return [{ ...line, outcome: theirs }];
  }
}
