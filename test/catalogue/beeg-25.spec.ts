import { describe, expect, test } from '@jest/globals';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { CatalogueLookup } from '../../src/catalogue/lookup.js';
import { decideTransfer } from '../../src/permission/decide-transfer.js';
import { RuleIndex } from '../../src/permission/rule-index.js';

const catalogue = loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' });
const elterngeldGeburt = {
  consumer: 'elterngeld-online',
  provider: 'personenstand-bremen',
  evidence_type: 'geburt',
  purpose: 'elterngeld-antrag',
  legal_basis: 'beeg-25',
} as const;

/** The closed list of the paragraph, from its text, over everything that the birth entry says (PStG § 21 Abs. 1). */
const LIST: readonly (readonly [attribute: string, passes: boolean, law: string])[] = [
  ['child_birth_name', true, 'birth name of the child'],
  ['child_given_names', true, 'given names of the child'],
  ['birth_date', true, 'day of birth'],
  ['birth_place', true, 'place of birth'],
  ['birth_time', false, 'hour and minute: not in the list'],
  ['sex', false, 'sex of the child: not in the list'],
  ['parent_1_family_name', true, 'family names of the parents'],
  ['parent_1_birth_name', true, 'birth names of the parents'],
  ['parent_1_given_names', true, 'given names of the parents'],
  ['parent_2_family_name', true, 'family names of the parents'],
  ['parent_2_birth_name', true, 'birth names of the parents'],
  ['parent_2_given_names', true, 'given names of the parents'],
];

describe('of the birth entry the office for Elterngeld gets (BEEG § 25)', () => {
  test('everything that the entry has is in this table', () => {
    const type = catalogue.evidence_types.find(({ id }) => id === 'geburt');
    expect(LIST.map(([attribute]) => attribute)).toEqual(type?.attributes.map(({ id }) => id));
  });

  const decision = decideTransfer(new RuleIndex(new CatalogueLookup(catalogue)), elterngeldGeburt);
  test.each(LIST)('%s: %s (%s)', (attribute, passes) => {
    expect(decision.kind === 'allowed' && decision.fields.includes(attribute)).toBe(passes);
  });

  const everything = LIST.map(([attribute]) => attribute);
  // Even if somebody allowed all of it and removed the denies, and the purpose asked for all: the norm itself closes the list.
  const careless = new CatalogueLookup({
    ...catalogue,
    purposes: catalogue.purposes.map((it) => ({ ...it, necessary: { geburt: everything } })),
    rules: catalogue.rules.flatMap((it) => (it.id === 'elterngeld-geburt' ? [{ ...it, fields: everything }] : [])),
  });
  const closed = decideTransfer(new RuleIndex(careless), elterngeldGeburt);
  test.each(LIST)('%s: %s, whatever rules and purpose say (%s)', (attribute, passes) => {
    expect(closed.kind === 'allowed' && closed.fields.includes(attribute)).toBe(passes);
  });

  test('the decision names the paragraph among what made it', () => {
    expect(closed.ruleIds).toEqual(['elterngeld-geburt', 'legal-basis:beeg-25']);
  });

  test('nothing, for any other purpose or on any other basis than the consent', () => {
    for (const over of [{ purpose: 'kindergeld-antrag' }, { legal_basis: 'egovg-5-1-1' }, { legal_basis: 'beeg-9-2' }])
      expect(decideTransfer(new RuleIndex(new CatalogueLookup(catalogue)), { ...elterngeldGeburt, ...over }).kind).toBe(
        'refused',
      );
  });
});

describe('Elterngeld', () => {
  const service = catalogue.services.find(({ id }) => id === 'elterngeld');
  const basisOf = (type: string) =>
    catalogue.legal_bases.find(({ id }) => id === service?.needs.find((it) => it.evidence_type === type)?.legal_basis);

  test('asks for two consents, each by itself: birth data and pay data (BEEG § 25, § 9 Abs. 2)', () => {
    const [birth, pay] = [basisOf('geburt'), basisOf('entgelt')];
    expect([birth, pay].map((it) => [it?.norm, it?.paragraph, it?.trigger])).toEqual([
      ['BEEG', '§ 25', 'CONSENT'],
      ['BEEG', '§ 9 Abs. 2', 'CONSENT'],
    ]);
    const texts = service?.needs.filter(({ legal_basis }) => legal_basis.startsWith('beeg-')) ?? [];
    expect(texts).toHaveLength(2);
    expect(new Set(texts.map(({ decision_text }) => decision_text.de)).size).toBe(2);
    for (const { decision_text } of texts) expect(decision_text.de).toContain('widerrufen');
  });

  test('is one of three services that are taken in any combination', () => {
    const [elfe, ...others] = catalogue.bundles.filter(({ services }) => services.includes('elterngeld'));
    expect(others).toEqual([]);
    expect(elfe?.services).toEqual(['geburtsurkunde', 'kindergeld', 'elterngeld']);
    const parts = catalogue.services.filter(({ id }) => elfe?.services.includes(id));
    // Own authority, own purpose, own decisions: nothing that one is refused reaches the others.
    expect(new Set(parts.map(({ consumer }) => consumer)).size).toBe(3);
    expect(new Set(parts.map(({ purpose }) => purpose)).size).toBe(3);
  });
});
