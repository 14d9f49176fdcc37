import { describe, expect, it } from '@jest/globals';
import {
  compareRetrieval,
  type DifferenceKind,
  NORMAL,
  type OurRetrieval,
  type Ours,
  type Theirs,
} from '../../src/reconciliation/compare.js';
import type { RegisterLine } from '../../src/reconciliation/register-line.js';

const OURS: readonly Ours[] = [
  ...(['evidence', 'not_available', 'refused', 'deferred', 'none', 'not_asked'] as const),
  ...(['unknown', 'open'] as const),
];
const THEIRS: readonly Theirs[] = [
  ...(['nothing', 'answered', 'not_available', 'refused', 'failed', 'deferred', 'repeated'] as const),
];

const aRetrieval = (deviation: Partial<OurRetrieval> = {}): OurRetrieval => ({
  ref: 'ref-of-the-register',
  consumer: 'familienkasse-online',
  evidenceType: 'meldedaten',
  purpose: 'kindergeld-antrag',
  ours: 'evidence',
  reason: undefined,
  repeats: 0,
  ...deviation,
});
const aLine = (deviation: Partial<RegisterLine> = {}): RegisterLine => ({
  sequence: 1,
  atMs: 0,
  ref: 'ref-of-the-register',
  consumer: 'familienkasse-online',
  evidenceType: 'meldedaten',
  purpose: 'kindergeld-antrag',
  outcome: 'answered',
  reason: undefined,
  ...deviation,
});
/** A line that ends so, with a reason as its register would give. */
const linesOf = (theirs: Theirs, reason = 'REPLAY'): RegisterLine[] => {
  switch (theirs) {
    case 'nothing':
      return [];
    case 'not_available':
      return [aLine({ outcome: 'refused', reason: 'SUBJECT_NOT_AVAILABLE' })];
    case 'refused':
      return [aLine({ outcome: 'refused', reason })];
    case 'failed':
      return [aLine({ outcome: 'failed', reason: 'REGISTER_UNAVAILABLE' })];
    default:
      return [aLine({ outcome: theirs })];
  }
};
const kindsOf = (retrieval: OurRetrieval, lines: readonly RegisterLine[]) =>
  compareRetrieval(retrieval, lines).map(({ kind }) => kind);

describe('what may stand in both logs side by side', () => {
  it.each(NORMAL.map((row) => [row.ours, row.theirs, row.why, row] as const))(
    '%s here, %s there: %s',
    (ours, theirs, _why, row) => {
      const reason = ours === 'refused' ? (theirs === 'nothing' ? 'CALLER_UNKNOWN' : 'REPLAY') : undefined;
      expect(kindsOf(aRetrieval({ ours, reason }), linesOf(theirs))).toEqual([]);
      // The row itself allows it, no other does.
      expect(NORMAL.filter((it) => it.ours === ours && it.theirs === theirs)).toEqual([row]);
    },
  );

  const others = OURS.flatMap((ours) =>
    THEIRS.filter((theirs) => !NORMAL.some((row) => row.ours === ours && row.theirs === theirs)).map(
      (theirs) => [ours, theirs] as const,
    ),
  );
  const kindOf = (ours: Ours, theirs: Theirs): DifferenceKind => {
    if (theirs === 'nothing') return 'NOT_THERE';
    if (theirs === 'repeated') return 'ASKED_AGAIN';
    return theirs === 'answered' && (ours === 'none' || ours === 'unknown') ? 'ANSWER_NOT_RECEIVED' : 'OUTCOME_DIFFERS';
  };

  it.each(others)('nothing else: %s here, %s there is a difference', (ours, theirs) => {
    expect(kindsOf(aRetrieval({ ours, reason: 'REPLAY' }), linesOf(theirs))).toEqual([kindOf(ours, theirs)]);
  });

  it('is together every combination that there is', () => {
    expect(NORMAL.length + others.length).toBe(OURS.length * THEIRS.length);
    expect(others.length).toBeGreaterThan(20);
  });

  it('are refusals with one reason on both sides', () => {
    const refused = aRetrieval({ ours: 'refused', reason: 'REPLAY' });
    expect(kindsOf(refused, linesOf('refused', 'PERMISSION_INVALID'))).toEqual(['OUTCOME_DIFFERS']);
    expect(kindsOf(refused, [])).toEqual(['NOT_THERE']);
  });
});

describe('the particulars of a retrieval', () => {
  it.each([
    ['consumer', { consumer: 'elterngeld-online' }],
    ['evidence_type', { evidenceType: 'geburt' }],
    ['purpose', { purpose: 'elterngeld-antrag' }],
  ] as const)('are the same on both sides: %s', (member, deviation) => {
    const [difference, ...more] = compareRetrieval(aRetrieval(), [aLine(deviation)]);
    expect(more).toEqual([]);
    expect(difference).toMatchObject({ kind: 'PARTICULARS_DIFFER', members: [member], line: deviation });
  });

  it('are one difference however many differ, beside that of the ending', () => {
    const line = aLine({ consumer: 'elterngeld-online', purpose: 'elterngeld-antrag' });
    expect(compareRetrieval(aRetrieval({ ours: 'not_asked' }), [line])).toMatchObject([
      { kind: 'OUTCOME_DIFFERS' },
      { kind: 'PARTICULARS_DIFFER', members: ['consumer', 'purpose'] },
    ]);
  });

  it('may be unknown to a register that refuses, and to no other', () => {
    const unknown = { consumer: undefined, evidenceType: undefined, purpose: undefined };
    const refused = aRetrieval({ ours: 'refused', reason: 'TRANSFER_NOT_PERMITTED' });
    const line = aLine({ ...unknown, outcome: 'refused', reason: 'TRANSFER_NOT_PERMITTED' });
    expect(kindsOf(refused, [line])).toEqual([]);
    expect(kindsOf(aRetrieval(), [aLine(unknown)])).toEqual(['PARTICULARS_DIFFER']);
  });
});

describe('a retrieval id of ours', () => {
  it('is shown to a register once: each further line is a difference of its own', () => {
    const lines = [aLine(), aLine({ sequence: 2, outcome: 'repeated' }), aLine({ sequence: 9, outcome: 'refused' })];
    const differences = compareRetrieval(aRetrieval(), lines.toReversed());
    expect(differences).toMatchObject([
      { kind: 'ASKED_AGAIN', line: { sequence: 2 } },
      { kind: 'ASKED_AGAIN', line: { sequence: 9 } },
    ]);
  });

  it('that was only ever repeated was asked again, too', () => {
    const lines = [aLine({ outcome: 'repeated' }), aLine({ sequence: 2, outcome: 'repeated' })];
    expect(kindsOf(aRetrieval(), lines)).toEqual(['ASKED_AGAIN', 'ASKED_AGAIN']);
  });

  const answered = aLine();
  const repeated = aLine({ sequence: 2, outcome: 'repeated' });
  const failed = aLine({ outcome: 'failed', reason: 'REGISTER_UNAVAILABLE' });
  const lost = aLine({ sequence: 2, outcome: 'failed', reason: 'REGISTER_UNAVAILABLE' });
  const nobody = aLine({ sequence: 2, outcome: 'refused', reason: 'SUBJECT_NOT_AVAILABLE' });
  const later = aLine({ outcome: 'deferred' });
  const laterAgain = aLine({ sequence: 2, outcome: 'deferred' });
  const WAYS: readonly (readonly [ours: Ours, lines: readonly RegisterLine[], kinds: readonly DifferenceKind[]])[] = [
    ['evidence', [failed, repeated], []],
    ['evidence', [answered], []],
    ['evidence', [answered, repeated], []],
    ['evidence', [repeated, aLine({ sequence: 3 })], []],
    ['evidence', [repeated], []],
    ['evidence', [failed, aLine({ sequence: 2 })], []],
    ['not_available', [failed, nobody], []],
    ['deferred', [failed, laterAgain], []],
    ['deferred', [later], []],
    ['deferred', [later, laterAgain], []],
    ['evidence', [later, repeated], []],
    ['none', [later, lost], []],
    ['deferred', [later, repeated], ['OUTCOME_DIFFERS']],
    ['none', [failed, lost], []],
    ['none', [failed], []],
    ['none', [], []],
    ['unknown', [failed, lost], []],
    ['open', [failed, repeated], []],
    ['none', [failed, repeated], ['ANSWER_NOT_RECEIVED']],
    ['none', [answered, lost], ['ANSWER_NOT_RECEIVED']],
    ['not_available', [answered, nobody], ['OUTCOME_DIFFERS']],
    ['evidence', [failed, lost], ['OUTCOME_DIFFERS']],
    ['evidence', [], ['NOT_THERE']],
    ['evidence', [failed, repeated, aLine({ sequence: 3, outcome: 'repeated' })], ['ASKED_AGAIN']],
    ['evidence', [answered, aLine({ sequence: 2 })], ['ASKED_AGAIN']],
  ];

  it.each(WAYS)('may be shown once more where our log says so: %s here, %j there', (ours, lines, kinds) => {
    expect(kindsOf(aRetrieval({ ours, repeats: 1 }), lines.toReversed())).toEqual(kinds);
  });
});
