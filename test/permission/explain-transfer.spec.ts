import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ASSURANCES, type Catalogue, type Rule } from '../../src/catalogue/catalogue.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { CatalogueLookup } from '../../src/catalogue/lookup.js';
import { decideTransfer } from '../../src/permission/decide-transfer.js';
import { type Explanation, explainTransfer } from '../../src/permission/explain-transfer.js';
import { type Edit, editQuestion, editRules, rulesOf, sentenceOf } from '../../src/permission/policy-change.js';
import { RuleIndex } from '../../src/permission/rule-index.js';
import type { TransferQuestion } from '../../src/permission/transfer-question.js';
import { ENGLISH, inWords } from '../../src/platform/explained.js';
import { unbounded } from './unbounded.js';

const inForce = loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' });
const catalogue = unbounded(inForce);
const indexOf = (over: Partial<Catalogue> = {}) => new RuleIndex(new CatalogueLookup({ ...catalogue, ...over }));

const geburt: TransferQuestion = {
  consumer: 'familienkasse-online',
  provider: 'personenstand-bremen',
  evidence_type: 'geburt',
  purpose: 'kindergeld-antrag',
  legal_basis: 'egovg-5-1-1',
};

function explain(over: Partial<TransferQuestion> = {}, asked?: readonly string[], whose?: 'own' | 'all'): Explanation {
  return explainTransfer(indexOf(), { ...geburt, ...over }, asked, whose);
}
const said = ({ missing }: Explanation) => missing.map((it) => inWords(ENGLISH, it));
const edits = ({ changes }: Explanation) => changes.map((it) => ({ who: it.who, edits: it.edits.map(sentenceOf) }));

describe('a permitted transfer', () => {
  it('rests on the rules that allow it: without them nothing may pass', () => {
    const explained = explain();
    expect(explained).toMatchObject({ decision: { kind: 'allowed' }, refused: [], missing: [] });
    expect(explained.asked).toEqual(['birth_date', 'birth_place', 'child_birth_name', 'child_given_names']);
    expect(explained.matched.map(({ rule, rank, part }) => [rule.id, rank, part])).toEqual([
      ['kindergeld-geburt', 5, 'allows'],
      ['nobody-time-of-birth-and-sex', 2, 'has no effect'],
    ]);
    expect(edits(explained)).toEqual([
      {
        who: 'catalogue',
        edits: ['remove the allow rule "kindergeld-geburt" (it rests on EGovG § 5 Abs. 1; EStG §§ 63, 67)'],
      },
    ]);
  });
});

describe('a refused transfer says what is missing, and who could change it', () => {
  it('a rule: the nearest ones, and the rule that would have to be added', () => {
    const explained = explain({ purpose: 'elterngeld-antrag' }, ['birth_date']);
    expect(said(explained)).toEqual([
      'No rule allows it.',
      'Rule "kindergeld-geburt" allows the like for purpose kindergeld-antrag.',
    ]);
    expect(edits(explained)).toEqual([
      {
        who: 'catalogue',
        edits: [
          'add a rule that allows familienkasse-online to get birth_date of geburt from personenstand-bremen for elterngeld-antrag on egovg-5-1-1',
        ],
      },
      {
        who: 'consumer',
        edits: [
          'ask with the purpose kindergeld-antrag, if that is the true one: rule "kindergeld-geburt" is about it',
        ],
      },
    ]);
  });

  it('a field that no rule names, at each rule that could name it', () => {
    const explained = explain({}, ['birth_date', 'parent_1_given_names']);
    expect(explained.refused).toEqual([{ attribute: 'parent_1_given_names', deniedBy: [] }]);
    expect(said(explained)).toEqual(['No rule that matches allows parent_1_given_names.']);
    expect(edits(explained)).toEqual([
      {
        who: 'catalogue',
        edits: [
          'let rule "kindergeld-geburt" allow parent_1_given_names as well (it rests on EGovG § 5 Abs. 1; EStG §§ 63, 67)',
        ],
      },
    ]);
  });

  it('a deny, with the norm it rests on, and what would be missing after it (BEEG § 25)', () => {
    const explained = explain({}, ['sex']);
    expect(explained.decision).toMatchObject({ kind: 'refused', ruleIds: ['nobody-time-of-birth-and-sex'] });
    expect(said(explained)).toEqual([
      'Rule "nobody-time-of-birth-and-sex" denies it (BEEG § 25 (closed list); GDPR Art. 5 para. 1 lit. c).',
      'No rule that matches allows sex.',
    ]);
    expect(explained.matched.map(({ part }) => part)).toEqual(['has no effect', 'denies']);
    expect(explained.changes.map((it) => it.edits.map(({ kind }) => kind))).toEqual([['drop-fields', 'add-fields']]);
  });

  it('a limit that is no rule, with its norm; no change of a rule gets beyond it (GDPR Art. 5 (1) c)', () => {
    const asked = ['birth_date', 'parent_1_given_names'];
    const rules = inForce.rules.map((it) => (it.id === 'kindergeld-geburt' ? { ...it, fields: asked } : it));
    const bounded = new RuleIndex(new CatalogueLookup({ ...inForce, rules }));
    const explained = explainTransfer(bounded, geburt, asked);
    expect(explained.decision).toMatchObject({ kind: 'allowed', fields: ['birth_date'] });
    expect(explained.decision.ruleIds).toEqual(['kindergeld-geburt', 'purpose:kindergeld-antrag']);
    expect(explained.refused).toEqual([{ attribute: 'parent_1_given_names', deniedBy: ['purpose:kindergeld-antrag'] }]);
    expect(said(explained)).toEqual(['Limit "purpose:kindergeld-antrag" does not let it pass (GDPR Art. 5 (1) c).']);
    expect(explained.changes).toEqual([]);
  });

  it('a deny of the whole, however broad: the allow below it is overridden', () => {
    const rules: Rule[] = [
      ...catalogue.rules,
      {
        ...catalogue.rules.find(({ id }) => id === 'elterngeld-no-kindergeld-bezug')!,
        id: 'stop',
        consumer: 'any',
        provider: 'any',
      },
    ];
    const explained = explainTransfer(indexOf({ rules }), geburt);
    expect(explained.decision).toMatchObject({ kind: 'refused', ruleIds: ['stop'] });
    expect(explained.matched.map(({ rule, part }) => [rule.id, part])).toEqual([
      ['kindergeld-geburt', 'is overridden'],
      ['nobody-time-of-birth-and-sex', 'has no effect'],
      ['stop', 'denies'],
    ]);
    expect(explained.changes.map((it) => it.edits.flatMap(rulesOf))).toEqual([['stop']]);
  });

  it('an entry of the register', () => {
    const registers = catalogue.registers.map((it) =>
      it.id === 'personenstand-bremen' ? { ...it, evidence_types: [] } : it,
    );
    const explained = explainTransfer(indexOf({ registers }), geburt);
    expect(said(explained)).toEqual(['Register "personenstand-bremen" does not hold "geburt".']);
    expect(edits(explained)).toEqual([
      { who: 'register', edits: ['name geburt as evidence that register personenstand-bremen holds'] },
    ]);
  });

  it('another register, where that one is asked for what it cannot hold', () => {
    const explained = explain({ provider: 'melderegister-bremen' });
    expect(said(explained)).toEqual([
      'Register "melderegister-bremen" does not hold "geburt".',
      'No rule allows it.',
      'Rule "kindergeld-geburt" allows the like for register type:personenstandsregister.',
    ]);
    expect(edits(explained)).toEqual([
      {
        who: 'consumer',
        edits: [
          'ask with the register personenstand-bremen, if that is the true one: rule "kindergeld-geburt" is about it',
        ],
      },
    ]);
  });

  it('everything that is not in the catalogue, all at once', () => {
    const explained = explain({ consumer: 'x', provider: 'y', purpose: 'z', legal_basis: 'any' }, ['birth_date']);
    expect(said(explained)).toEqual([
      'The consumer "x" is not in the catalogue.',
      'The register "y" is not in the catalogue.',
      'The purpose "z" is not in the catalogue.',
      'The legal basis "any" is not in the catalogue.',
    ]);
    expect(explained.changes).toEqual([]);
    expect(explain({ evidence_type: 'religion' }).changes).toEqual([]);
    expect(said(explain({}, ['religion']))).toEqual(['Evidence of type "geburt" has no attribute "religion".']);
  });

  it('no rule of other consumers, where only own ones may be mentioned', () => {
    const theirs = {
      evidence_type: 'kindergeld-bezug',
      provider: 'familienkasse-register',
      consumer: 'elterngeld-online',
    };
    expect(said(explain(theirs)).join()).toContain('for consumer familienkasse-online');
    expect(said(explain(theirs, undefined, 'own')).join()).not.toContain('familienkasse-online');
  });
});

describe('properties', () => {
  const { attributes } = catalogue.evidence_types.find(({ id }) => id === 'geburt')!;
  const fields = attributes.slice(0, 5).map(({ id }) => id);
  const consumers = ['familienkasse-online', 'elterngeld-online'];
  const question: fc.Arbitrary<TransferQuestion> = fc.record({
    consumer: fc.constantFrom(...consumers),
    provider: fc.constantFrom('personenstand-bremen', 'melderegister-bremen'),
    evidence_type: fc.constantFrom('geburt', 'geburt', 'geburt', 'meldedaten'),
    purpose: fc.constantFrom('kindergeld-antrag', 'elterngeld-antrag'),
    legal_basis: fc.constantFrom('egovg-5-1-1', 'beeg-25'),
  });
  const rule = fc.record({
    effect: fc.constantFrom('allow' as const, 'allow' as const, 'deny' as const),
    consumer: fc.constantFrom('any', ...consumers),
    provider: fc.constantFrom('any', 'personenstand-bremen', 'type:personenstandsregister', 'type:melderegister'),
    evidence_type: fc.constantFrom('any', 'geburt'),
    purpose: fc.constantFrom('any', 'kindergeld-antrag', 'elterngeld-antrag'),
    legal_basis: fc.constantFrom('any', 'egovg-5-1-1', 'beeg-25'),
    fields: fc.subarray(fields, { minLength: 1 }),
    whole: fc.boolean(),
    min_assurance: fc.constantFrom(...ASSURANCES),
  });
  const rules = fc.array(rule, { maxLength: 8 }).map((all) =>
    all.map(
      ({ whole, ...it }, n): Rule => ({
        ...it,
        id: `r${n}`,
        fields: it.effect === 'deny' && whole ? [] : it.fields,
        attested_by: ['online-service'],
        source: 'generated',
        verified: false,
      }),
    ),
  );
  const asked = fc.option(fc.subarray(fields, { minLength: 1 }), { nil: undefined });

  /** By the whole catalogue, as whoever makes the change would decide. */
  function passing(all: readonly Rule[], about: TransferQuestion, wanted: readonly string[], change: readonly Edit[]) {
    const held = change.flatMap((edit) => (edit.kind === 'hold' ? [edit] : []));
    const registers = catalogue.registers.map((it) => ({
      ...it,
      evidence_types: [
        ...it.evidence_types,
        ...held.flatMap((edit) => (edit.register.id === it.id ? edit.evidenceType : [])),
      ],
    }));
    const index = indexOf({ rules: editRules(all, change), registers });
    const decision = decideTransfer(index, editQuestion(about, change), wanted);
    return decision.kind === 'allowed' ? decision.fields.length : 0;
  }
  const subsets = (change: readonly Edit[]) =>
    Array.from({ length: 2 ** change.length - 1 }, (_, mask) => change.filter((_edit, n) => (mask >> n) & 1));

  it('every change turns the decision, and no part of it does', () => {
    let [permits, refuses] = [0, 0];
    fc.assert(
      fc.property(question, rules, asked, (about, all, wanted) => {
        const explained = explainTransfer(indexOf({ rules: all }), about, wanted);
        const now = passing(all, about, explained.asked, []);
        const isFull = now === explained.asked.length;
        const turned = (count: number) => (isFull ? count === 0 : count === explained.asked.length);
        for (const { edits: change } of explained.changes) {
          expect(turned(passing(all, about, explained.asked, change))).toBe(true);
          for (const part of subsets(change)) expect(turned(passing(all, about, explained.asked, part))).toBe(false);
          if (isFull) refuses++;
          else permits++;
        }
      }),
      { numRuns: 400 },
    );
    expect(Math.min(permits, refuses)).toBeGreaterThan(15);
  });

  it('names a rule that, when changed, changes the decision', () => {
    fc.assert(
      fc.property(question, rules, asked, (about, all, wanted) => {
        const { changes, decision } = explainTransfer(indexOf({ rules: all }), about, wanted);
        const isHeld = about.evidence_type === 'geburt' && about.provider === 'personenstand-bremen';
        if (decision.kind === 'allowed') expect(changes.length).toBeGreaterThan(0);
        if (isHeld) expect(changes.flatMap((it) => it.edits.flatMap(rulesOf)).length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  it('explains the decision that is made', () => {
    fc.assert(
      fc.property(question, rules, asked, (about, all, wanted) => {
        const index = indexOf({ rules: all });
        const explained = explainTransfer(index, about, wanted);
        expect(explained.decision).toEqual(decideTransfer(index, about, explained.asked));
        const parts = new Map(explained.matched.map(({ rule: { id }, part }) => [id, part]));
        const { decision } = explained;
        const denies = decision.ruleIds.filter((id) => all.find((it) => it.id === id)?.effect === 'deny');
        expect(denies.map((id) => parts.get(id))).toEqual(denies.map(() => 'denies'));
      }),
      { numRuns: 200 },
    );
  });
});
