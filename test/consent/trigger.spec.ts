import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ASSURANCES, type LegalBasis } from '../../src/catalogue/catalogue.js';
import {
  asUnused,
  TRIGGER_CHECKS,
  type Trigger,
  type TriggerState,
  type Wanted,
  whyNotCovering,
} from '../../src/consent/trigger.js';
import { aTrigger, CONSUMER, NOW, NOW_S } from '../support/builders.js';

const basis: LegalBasis = {
  id: 'egovg-5-1-1',
  norm: 'EGovG',
  paragraph: '§ 5 Abs. 1 Satz 1',
  trigger: 'CHOICE',
  preview: true,
  source: 'test',
  verified: true,
};

const { decision } = aTrigger();

function wanting(deviation: Partial<Wanted> = {}): Wanted {
  return {
    requester: CONSUMER,
    evidenceType: 'meldedaten',
    subjectRole: 'parent',
    purpose: decision.purpose,
    purposeHash: decision.purpose_hash,
    legalBasis: basis,
    fields: ['family_name'],
    attestedBy: ['online-service'],
    minAssurance: 'substantial',
    textHashes: [decision.text_hash],
    attesterKind: 'online-service',
    ...deviation,
  };
}

type Case = readonly [rule: string, reason: string, trigger: Trigger, wanted: Wanted, now?: number];

const good = aTrigger();
const CASES: readonly Case[] = [
  [
    'a trigger is for the participant whom the person chose',
    'TRIGGER_NOT_COVERING',
    aTrigger({ decision: { requester: 'elterngeld-online' } }),
    wanting(),
  ],
  [
    'a withdrawal counts from the next step on (GDPR Art. 7 (3))',
    'TRIGGER_WITHDRAWN',
    aTrigger({ state: 'withdrawn' }),
    wanting(),
  ],
  ['one decision, one retrieval (BSI TR-03176-1)', 'TRIGGER_USED', aTrigger({ state: 'used' }), wanting()],
  ['a decision ends at its time', 'TRIGGER_EXPIRED', good, wanting(), NOW + 600_000],
  [
    'evidence type and subject are those decided on (EGovG § 5 Abs. 1: per evidence)',
    'TRIGGER_NOT_COVERING',
    good,
    wanting({ evidenceType: 'geburt' }),
  ],
  [
    'evidence type and subject are those decided on (EGovG § 5 Abs. 1: per evidence)',
    'TRIGGER_NOT_COVERING',
    good,
    wanting({ subjectRole: 'child' }),
  ],
  [
    'purpose and its version are those decided on (GDPR Art. 5 (1) b)',
    'TRIGGER_NOT_COVERING',
    good,
    wanting({ purpose: 'elterngeld-antrag' }),
  ],
  [
    'purpose and its version are those decided on (GDPR Art. 5 (1) b)',
    'TRIGGER_NOT_COVERING',
    good,
    wanting({ purposeHash: 'the next version' }),
  ],
  [
    'legal basis and kind of trigger belong together',
    'TRIGGER_NOT_COVERING',
    good,
    wanting({ legalBasis: { ...basis, id: 'beeg-9-2' } }),
  ],
  [
    'legal basis and kind of trigger belong together',
    'TRIGGER_NOT_COVERING',
    good,
    wanting({ legalBasis: { ...basis, trigger: 'CONSENT' } }),
  ],
  [
    'every field asked for was decided on',
    'TRIGGER_NOT_COVERING',
    good,
    wanting({ fields: ['family_name', 'marital_status'] }),
  ],
  ['the text shown is a version of the catalogue', 'TRIGGER_NOT_COVERING', good, wanting({ textHashes: ['other'] })],
  [
    'a look is kept from the person only as long as a norm of the legal basis lets it',
    'TRIGGER_NOT_COVERING',
    aTrigger({ decision: { delayed_notice: { norm: 'BDSG § 99', until: NOW_S + 60 } } }),
    wanting(),
  ],
  ['the rule accepts this kind of attester', 'TRIGGER_NOT_ATTESTED', good, wanting({ attestedBy: ['pages'] })],
  ['the rule accepts this kind of attester', 'TRIGGER_NOT_ATTESTED', good, wanting({ attesterKind: undefined })],
  ['the rule accepts this kind of attester', 'TRIGGER_NOT_ATTESTED', good, wanting({ attestedBy: [] })],
  ['the level of assurance of the decision suffices', 'TRIGGER_NOT_COVERING', good, wanting({ minAssurance: 'high' })],
];

describe('a trigger covers what is wanted', () => {
  it('when nothing deviates', () => {
    expect(whyNotCovering(good, wanting(), NOW)).toBeUndefined();
  });

  it('until its last millisecond, in any text of the catalogue, with a higher level than needed', () => {
    expect(whyNotCovering(good, wanting(), NOW + 599_999)).toBeUndefined();
    expect(whyNotCovering(good, wanting({ textHashes: ['other', decision.text_hash] }), NOW)).toBeUndefined();
    expect(whyNotCovering(good, wanting({ minAssurance: 'low' }), NOW)).toBeUndefined();
  });

  it('without a text where none is prescribed: a statutory task has no act of the citizen', () => {
    expect(whyNotCovering(good, wanting({ textHashes: [] }), NOW)).toBeUndefined();
  });

  it.each(CASES)('not where it breaks: %s → %s', (rule, reason, trigger, wanted, now = NOW) => {
    expect(whyNotCovering(trigger, wanted, now)).toMatchObject({ rule, reason });
  });

  it('by rules that each have a case here', () => {
    expect([...new Set(CASES.map(([rule]) => rule))].sort()).toEqual(TRIGGER_CHECKS.map(({ rule }) => rule).sort());
  });

  it('names the first rule that fails: whose it is, then its state, then what it is about, then how it was attested', () => {
    const bad = aTrigger({
      state: 'withdrawn',
      decision: { requester: 'elterngeld-online', exp: NOW_S, evidence_type: 'geburt', assurance: 'low' },
    });
    const order: string[] = [];
    let wanted = wanting({ attestedBy: [], purpose: 'x', fields: ['x'], textHashes: ['x'] });
    let trigger = bad;
    const mend: readonly (() => void)[] = [
      () => (trigger = { ...trigger, decision: { ...trigger.decision, requester: CONSUMER } }),
      () => (trigger = { ...trigger, state: 'used' }),
      () => (trigger = { ...trigger, state: 'granted' }),
      () => (trigger = { ...trigger, decision: { ...trigger.decision, exp: NOW_S + 1 } }),
      () => (trigger = { ...trigger, decision: { ...trigger.decision, evidence_type: 'meldedaten' } }),
      () => (wanted = { ...wanted, purpose: decision.purpose }),
      () => (wanted = { ...wanted, fields: [] }),
      () => (wanted = { ...wanted, textHashes: [] }),
      () => (wanted = { ...wanted, attestedBy: ['online-service'] }),
      () => (trigger = { ...trigger, decision: { ...trigger.decision, assurance: 'substantial' } }),
    ];
    for (const step of mend) {
      order.push(whyNotCovering(trigger, wanted, NOW)?.reason ?? 'covered');
      step();
    }
    expect(order).toEqual([
      'TRIGGER_NOT_COVERING',
      'TRIGGER_WITHDRAWN',
      'TRIGGER_USED',
      'TRIGGER_EXPIRED',
      'TRIGGER_NOT_COVERING',
      'TRIGGER_NOT_COVERING',
      'TRIGGER_NOT_COVERING',
      'TRIGGER_NOT_COVERING',
      'TRIGGER_NOT_ATTESTED',
      'TRIGGER_NOT_COVERING',
    ]);
    expect(whyNotCovering(trigger, wanted, NOW)).toBeUndefined();
  });
});

describe('less permission never covers more', () => {
  const field = fc.constantFrom('family_name', 'birth_date', 'street', 'sex');
  const fields = fc.uniqueArray(field);
  const assurance = fc.constantFrom(...ASSURANCES);
  const anyTrigger = fc
    .record({
      state: fc.constantFrom<TriggerState>('granted', 'used', 'withdrawn'),
      fields,
      assurance,
      exp: fc.integer({ min: NOW_S - 5, max: NOW_S + 5 }),
    })
    .map(({ state, ...given }) => aTrigger({ state, decision: given }));
  const anyWanted = fc
    .record({
      fields,
      minAssurance: assurance,
      attestedBy: fc.uniqueArray(fc.constantFrom('online-service' as const, 'pages' as const)),
      textHashes: fc.uniqueArray(fc.constantFrom(decision.text_hash, 'other'), { minLength: 1 }),
    })
    .map(wanting);
  const isCovered = (trigger: Trigger, wanted: Wanted, now = NOW) => whyNotCovering(trigger, wanted, now) === undefined;
  const lessIsNotMore = (less: (trigger: Trigger, wanted: Wanted) => readonly [Trigger, Wanted, number?]) =>
    fc.assert(
      fc.property(anyTrigger, anyWanted, (trigger, wanted) => {
        if (isCovered(...less(trigger, wanted))) expect(isCovered(trigger, wanted)).toBe(true);
      }),
      { numRuns: 300 },
    );

  it('after withdrawal: never anything', () => {
    fc.assert(
      fc.property(anyTrigger, anyWanted, (trigger, wanted) => {
        expect(isCovered({ ...trigger, state: 'withdrawn' }, wanted)).toBe(false);
      }),
    );
  });

  it('after use: never anything', () => {
    fc.assert(
      fc.property(anyTrigger, anyWanted, (trigger, wanted) => {
        expect(isCovered({ ...trigger, state: 'used' }, wanted)).toBe(false);
      }),
    );
  });

  it('with fewer fields decided on', () => {
    lessIsNotMore((trigger, wanted) => [
      { ...trigger, decision: { ...trigger.decision, fields: trigger.decision.fields.slice(1) } },
      wanted,
    ]);
  });

  it('with more fields wanted', () => {
    lessIsNotMore((trigger, wanted) => [trigger, { ...wanted, fields: [...wanted.fields, 'sex'] }]);
  });

  it('later', () => {
    lessIsNotMore((trigger, wanted) => [trigger, wanted, NOW + 2000]);
  });

  it('with a shorter life', () => {
    lessIsNotMore((trigger, wanted) => [
      { ...trigger, decision: { ...trigger.decision, exp: trigger.decision.exp - 3 } },
      wanted,
    ]);
  });

  it('with fewer accepted attesters, fewer accepted texts, a higher level wanted', () => {
    lessIsNotMore((trigger, wanted) => [trigger, { ...wanted, attestedBy: wanted.attestedBy.slice(1) }]);
    lessIsNotMore((trigger, wanted) => [
      trigger,
      { ...wanted, textHashes: wanted.textHashes.length > 1 ? wanted.textHashes.slice(1) : wanted.textHashes },
    ]);
    lessIsNotMore((trigger, wanted) => [trigger, { ...wanted, minAssurance: 'high' }]);
  });

  it('with a lower level of the decision', () => {
    lessIsNotMore((trigger, wanted) => [{ ...trigger, decision: { ...trigger.decision, assurance: 'low' } }, wanted]);
  });
});

describe('the repeat of a request (design 8)', () => {
  it('counts its own used trigger as unused, and never a withdrawn one', () => {
    expect(asUnused(aTrigger({ state: 'used' })).state).toBe('granted');
    expect(asUnused(aTrigger({ state: 'granted' })).state).toBe('granted');
    expect(asUnused(aTrigger({ state: 'withdrawn' })).state).toBe('withdrawn');
  });
});
