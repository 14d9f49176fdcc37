import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ASSURANCES, type Catalogue, type Rule } from '../../src/catalogue/catalogue.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { CatalogueLookup } from '../../src/catalogue/lookup.js';
import { route } from '../../src/catalogue/route.js';
import { type Decision, decideTransfer } from '../../src/permission/decide-transfer.js';
import { RuleIndex } from '../../src/permission/rule-index.js';
import type { TransferQuestion } from '../../src/permission/transfer-question.js';

const catalogue = loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' });

const kindergeldGeburt: TransferQuestion = {
  consumer: 'familienkasse-online',
  provider: 'personenstand-bremen',
  evidence_type: 'geburt',
  purpose: 'kindergeld-antrag',
  legal_basis: 'egovg-5-1-1',
};

const anAllow = (over: Partial<Rule> = {}): Rule => ({
  id: 'allow',
  effect: 'allow',
  ...kindergeldGeburt,
  fields: ['birth_date'],
  attested_by: ['online-service', 'pages'],
  min_assurance: 'low',
  source: 'test',
  verified: false,
  ...over,
});
const aDeny = (over: Partial<Rule> = {}): Rule => anAllow({ id: 'deny', effect: 'deny', fields: [], ...over });

function decide(question: TransferQuestion, over: Partial<Catalogue> = {}): Decision {
  return decideTransfer(new RuleIndex(new CatalogueLookup({ ...catalogue, ...over })), question);
}
const withRules = (...rules: Rule[]) => decide(kindergeldGeburt, { rules });
const fieldsOf = (decision: Decision) => (decision.kind === 'allowed' ? decision.fields : []);

describe('a transfer', () => {
  test('is allowed with exactly the fields, limits and obligations of its rule', () => {
    expect(decide(kindergeldGeburt)).toEqual({
      kind: 'allowed',
      fields: ['birth_date', 'birth_place', 'child_birth_name', 'child_given_names'],
      attestedBy: ['online-service', 'pages'],
      minAssurance: 'substantial',
      digestRequired: true,
      obligations: { rates: [] },
      areas: { consumer: 'wirtschaft-finanzen', provider: 'inneres' },
      ruleIds: ['kindergeld-geburt'],
    });
  });

  test('is refused without a listed rule (IDNrG § 7 Abs. 2 S. 6)', () => {
    expect(withRules()).toEqual({
      kind: 'refused',
      reason: 'TRANSFER_NOT_PERMITTED',
      ruleIds: [],
      areas: { consumer: 'wirtschaft-finanzen', provider: 'inneres' },
    });
  });

  test.each([
    ['another consumer', { consumer: 'elterngeld-online' }],
    ['another register', { provider: 'melderegister-bremen' }],
    ['another evidence type', { evidence_type: 'meldedaten' }],
    ['another purpose', { purpose: 'elterngeld-antrag' }],
    ['another legal basis', { legal_basis: 'beeg-25' }],
    ['a consumer that is not in the catalogue', { consumer: 'somebody' }],
    ['a register that is not in the catalogue', { provider: 'somewhere' }],
    ['an evidence type that is not in the catalogue', { evidence_type: 'religion' }],
    ['a legal basis that is not in the catalogue', { legal_basis: 'none' }],
  ])('is refused for %s', (_, over) => {
    expect(decide({ ...kindergeldGeburt, ...over })).toMatchObject({
      kind: 'refused',
      reason: 'TRANSFER_NOT_PERMITTED',
    });
  });

  test('is refused for a purpose that is not registered, before anything else is said', () => {
    const reason = 'PURPOSE_NOT_REGISTERED';
    expect(decide({ ...kindergeldGeburt, purpose: 'werbung' })).toMatchObject({ kind: 'refused', reason });
    expect(decide({ ...kindergeldGeburt, purpose: 'werbung', consumer: 'x' })).toMatchObject({ reason });
  });

  test.each(['consumer', 'provider', 'evidence_type', 'purpose', 'legal_basis'] as const)(
    'cannot be asked for with a pattern as %s',
    (member) => {
      const rules = [
        anAllow({ consumer: 'any', provider: 'any', evidence_type: 'any', purpose: 'any', legal_basis: 'any' }),
      ];
      expect(decide(kindergeldGeburt, { rules }).kind).toBe('allowed');
      expect(decide({ ...kindergeldGeburt, [member]: 'any' }, { rules }).kind).toBe('refused');
      expect(decide({ ...kindergeldGeburt, provider: 'type:personenstandsregister' }, { rules }).kind).toBe('refused');
    },
  );

  test('is refused by a register that does not hold the evidence, even if a rule says any', () => {
    const rules = [anAllow({ provider: 'any', evidence_type: 'any' })];
    expect(decide({ ...kindergeldGeburt, provider: 'melderegister-bremen' }, { rules }).kind).toBe('refused');
  });
});

describe('several rules', () => {
  test('unite the fields of matching allows', () => {
    const decision = withRules(anAllow({ id: 'b', fields: ['birth_place', 'birth_date'] }), anAllow({ id: 'a' }));
    expect(decision).toMatchObject({ fields: ['birth_date', 'birth_place'], ruleIds: ['a', 'b'] });
  });

  test('let the strictest limit count', () => {
    const high = anAllow({ id: 'high', min_assurance: 'high', attested_by: ['pages'] });
    expect(withRules(anAllow(), high)).toMatchObject({ minAssurance: 'high', attestedBy: ['pages'] });
  });

  test('let nobody attest where allows name nobody in common', () => {
    const authority = anAllow({ id: 'b', attested_by: ['register'] });
    expect(withRules(anAllow(), authority)).toMatchObject({ kind: 'allowed', attestedBy: [] });
  });

  test('let the strictest of their limits count, and none loosen another', () => {
    const decision = withRules(
      anAllow({ id: 'b', limits: { use_days: 30, requests: { max: 5, per: 'minute' } } }),
      anAllow({ id: 'a', limits: { use_days: 90, look_back_days: 365, persons: { max: 9, per: 'day' } } }),
      anAllow({ id: 'c' }),
    );
    expect(decision).toMatchObject({
      obligations: {
        rates: [
          { rule: 'a', of: 'persons', max: 9, per: 'day' },
          { rule: 'b', of: 'requests', max: 5, per: 'minute' },
        ],
        look_back_days: 365,
        use_days: 30,
      },
    });
  });

  test.each([
    ['exactly', {}],
    ['by any', { consumer: 'any', provider: 'any', evidence_type: 'any', purpose: 'any', legal_basis: 'any' }],
    ['by register type', { provider: 'type:personenstandsregister' }],
  ])('let a deny that matches %s override every allow', (_, over) => {
    expect(withRules(anAllow(), aDeny(over), anAllow({ id: 'z' }))).toMatchObject({
      kind: 'refused',
      ruleIds: ['deny'],
    });
  });

  test('take denied fields out of what allows unite, and refuse when nothing is left', () => {
    const deny = aDeny({ fields: ['sex'] });
    expect(withRules(anAllow({ fields: ['sex', 'birth_date'] }), deny)).toMatchObject({
      fields: ['birth_date'],
      ruleIds: ['allow', 'deny'],
    });
    expect(withRules(anAllow({ fields: ['sex'] }), deny)).toMatchObject({ kind: 'refused', ruleIds: ['deny'] });
  });

  test('are weighed for what is asked: the denies of a refusal are those of it', () => {
    const rules = [anAllow({ fields: ['sex', 'birth_date'] }), aDeny({ id: 'no-sex', fields: ['sex'] })];
    const about = (...asked: readonly string[]) =>
      decideTransfer(new RuleIndex(new CatalogueLookup({ ...catalogue, rules })), kindergeldGeburt, asked);
    expect(about('birth_date')).toMatchObject({ kind: 'allowed', fields: ['birth_date'], ruleIds: ['allow'] });
    expect(about('birth_date', 'sex')).toMatchObject({ fields: ['birth_date'], ruleIds: ['allow', 'no-sex'] });
    expect(about('sex')).toMatchObject({ kind: 'refused', ruleIds: ['no-sex'] });
    expect(about('birth_place')).toMatchObject({ kind: 'refused', ruleIds: [] });
    expect(about()).toMatchObject({ kind: 'refused', ruleIds: [] });
  });

  test('keep the time of birth and the sex from everybody, whatever an allow says by mistake', () => {
    const rules = [...catalogue.rules, anAllow({ fields: ['birth_time', 'sex'] })];
    expect(fieldsOf(decide(kindergeldGeburt, { rules }))).toEqual(fieldsOf(decide(kindergeldGeburt)));
  });
});

describe('limits beside the rules', () => {
  const everything = anAllow({ fields: ['birth_date', 'birth_place', 'sex', 'parent_1_given_names'] });

  test('keep back what the purpose does not need, and are named (GDPR Art. 5 (1) c)', () => {
    expect(withRules(everything)).toMatchObject({
      fields: ['birth_date', 'birth_place'],
      ruleIds: ['allow', 'purpose:kindergeld-antrag'],
    });
  });

  test('are not named where they take nothing', () => {
    expect(withRules(anAllow())).toMatchObject({ ruleIds: ['allow'] });
  });

  test('refuse where nothing is left', () => {
    expect(withRules(anAllow({ fields: ['sex'] }))).toMatchObject({
      kind: 'refused',
      reason: 'TRANSFER_NOT_PERMITTED',
      ruleIds: ['purpose:kindergeld-antrag'],
    });
  });
});

describe('a request digest', () => {
  const inside = { settings: { ...catalogue.settings, check_inside_areas: false } };
  const sameArea: TransferQuestion = {
    ...kindergeldGeburt,
    provider: 'familienkasse-register',
    evidence_type: 'kindergeld-bezug',
  };

  test('is due where the IDNr crosses areas (IDNrG § 7 Abs. 2)', () => {
    expect(decide(kindergeldGeburt, inside)).toMatchObject({ digestRequired: true });
  });

  test('is due inside an area only if the federation says so (IDNrG § 12 Abs. 4)', () => {
    expect(decide(sameArea, inside)).toMatchObject({ kind: 'allowed', digestRequired: false });
    expect(decide(sameArea)).toMatchObject({ digestRequired: true });
  });

  test('is not due between two parts of one area: the law separates the outermost (IDNrG § 7 Abs. 2)', () => {
    const [first] = catalogue.areas;
    if (!first) throw new Error('no area');
    const parts = ['inneres', 'wirtschaft-finanzen'].map((id) => ({ ...first, id, part_of: 'ganz' }));
    const areas = [{ ...first, id: 'ganz' }, ...parts];
    expect(decide(kindergeldGeburt, { ...inside, areas })).toMatchObject({
      digestRequired: false,
      areas: { consumer: 'wirtschaft-finanzen', provider: 'inneres' },
    });
  });

  test('is not due for a register that never gets the IDNr (EGovG § 5 Abs. 4)', () => {
    const registers = catalogue.registers.map(({ idnrg_annex: _, idnr_norm: __, ...register }) => register);
    expect(decide(kindergeldGeburt, { ...inside, registers })).toMatchObject({
      kind: 'allowed',
      digestRequired: false,
    });
  });
});

describe('the catalogue of this repository', () => {
  test('permits every need of every service that a register can answer, in full', () => {
    let answered = 0;
    const { routes } = new CatalogueLookup(catalogue);
    for (const { consumer, purpose, needs } of catalogue.services) {
      for (const { evidence_type, legal_basis, fields } of needs) {
        const type = catalogue.evidence_types.find(({ id }) => id === evidence_type);
        const found = type && route(routes, type, { ars: '040110000000' }, '2026-11-26');
        if (found?.kind !== 'one') continue;
        const decision = decide({ consumer, purpose, evidence_type, legal_basis, provider: found.register.id });
        expect({ evidence_type, fields: fields.filter((it) => !fieldsOf(decision).includes(it)) }).toEqual({
          evidence_type,
          fields: [],
        });
        answered++;
      }
    }
    expect(answered).toBe(35);
  });

  test('gives nobody but the node an identification number: no mapping shows it', () => {
    const shown = catalogue.services.flatMap(({ mapping }) => mapping.map(({ from }) => from.evidence_type));
    expect(shown).not.toContain('identity');
  });
});

describe('properties', () => {
  const attributes = catalogue.evidence_types.flatMap((it) => it.attributes.map(({ id }) => id));
  const of = (entries: readonly Readonly<{ id: string }>[]) => fc.constantFrom('any', ...entries.map(({ id }) => id));
  const consumers = catalogue.participants.filter(({ kind }) => kind === 'online-service');
  const question: fc.Arbitrary<TransferQuestion> = fc.record({
    consumer: fc.constantFrom(...consumers.map(({ id }) => id)),
    provider: fc.constantFrom('personenstand-bremen', 'melderegister-bremen'),
    evidence_type: fc.constantFrom('geburt', 'meldedaten'),
    purpose: fc.constantFrom(...catalogue.purposes.map(({ id }) => id)),
    legal_basis: fc.constantFrom('egovg-5-1-1', 'beeg-25'),
  });
  const rule: fc.Arbitrary<Rule> = fc.record({
    id: fc.uuid(),
    effect: fc.constantFrom('allow' as const, 'allow' as const, 'allow' as const, 'deny' as const),
    consumer: of(consumers),
    provider: fc.constantFrom('any', 'personenstand-bremen', 'type:personenstandsregister', 'type:melderegister'),
    evidence_type: fc.constantFrom('any', 'geburt', 'meldedaten'),
    purpose: of(catalogue.purposes),
    legal_basis: fc.constantFrom('any', 'egovg-5-1-1', 'beeg-25'),
    fields: fc.uniqueArray(fc.constantFrom(...attributes), { minLength: 1, maxLength: 12 }),
    attested_by: fc.uniqueArray(fc.constantFrom('online-service' as const, 'pages' as const), { minLength: 1 }),
    min_assurance: fc.constantFrom(...ASSURANCES),
    source: fc.constant('generated'),
    verified: fc.constant(false),
  });
  const rules = fc.array(rule, { maxLength: 12 });
  const isSubset = (part: readonly string[], whole: readonly string[]) => part.every((it) => whole.includes(it));

  test('removing an allow never permits more', () => {
    fc.assert(
      fc.property(question, rules, fc.nat(11), (asked, all, index) => {
        const left = all.filter((it, i) => i !== index || it.effect === 'deny');
        const [before, after] = [decide(asked, { rules: all }), decide(asked, { rules: left })];
        return isSubset(fieldsOf(after), fieldsOf(before));
      }),
      { numRuns: 500 },
    );
  });

  test('adding a deny never permits more', () => {
    fc.assert(
      fc.property(question, rules, rule, fc.boolean(), (asked, all, added, whole) => {
        const deny: Rule = { ...added, effect: 'deny', fields: whole ? [] : added.fields };
        const [before, after] = [decide(asked, { rules: all }), decide(asked, { rules: [...all, deny] })];
        return isSubset(fieldsOf(after), fieldsOf(before));
      }),
      { numRuns: 500 },
    );
  });

  test('the order of rules means nothing', () => {
    const shuffled = rules.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(question, shuffled, (asked, [all, other]) => {
        expect(decide(asked, { rules: other })).toEqual(decide(asked, { rules: all }));
      }),
      { numRuns: 300 },
    );
  });

  test('what is permitted is an attribute of the evidence type and named by an allow, sorted and once', () => {
    fc.assert(
      fc.property(question, rules, (asked, all) => {
        const fields = fieldsOf(decide(asked, { rules: all }));
        const type = catalogue.evidence_types.find(({ id }) => id === asked.evidence_type);
        const allowed = all.filter(({ effect }) => effect === 'allow').flatMap((it) => it.fields);
        expect(fields).toEqual([...new Set(fields)].toSorted());
        return isSubset(fields, type?.attributes.map(({ id }) => id) ?? []) && isSubset(fields, allowed);
      }),
      { numRuns: 300 },
    );
  });

  test('a decision reads only the rules it can match, not all of them', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => anAllow({ id: `r${i}`, consumer: `participant-${i}` }));
    const index = new RuleIndex(new CatalogueLookup({ ...catalogue, rules: [...many, anAllow()] }));
    const started = performance.now();
    for (let i = 0; i < 2_000; i++) decideTransfer(index, kindergeldGeburt);
    expect(fieldsOf(decideTransfer(index, kindergeldGeburt))).toEqual(['birth_date']);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
