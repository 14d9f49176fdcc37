import { describe, expect, it, test } from '@jest/globals';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { signature } from '../../src/scenario/expectation.js';
import { coarseMutants, departuresOf, fineMutants, mutationScore } from '../../src/scenario/mutants.js';
import { readScenarios } from '../../src/scenario/read-scenarios.js';
import { runScenario } from '../../src/scenario/run-scenario.js';
import { varyCatalogue } from '../../src/scenario/vary-catalogue.js';

const catalogue = loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' });
const scenarios = readScenarios('test/scenario');

/**
 * Rules that no scenario holds to the law yet: a change of one of them goes unnoticed here. A rule leaves this list with its
 * first scenario, and none may come back onto it.
 */
const WITHOUT_SCENARIO: readonly string[] = [
  'datenauskunft-identity',
  'datenschutzkontrolle-identity',
  'bafoeg-studienbescheinigung',
  'bafoeg-leistungsnachweis',
  'bafoeg-einkommen',
  'bafoeg-datenabgleich-identity',
  'bafoeg-datenabgleich',
  'wohnsitz-meldeschein',
  'wohnsitz-meldeschein-familie',
  'gewerbe-handelsregister',
  'gewerbeanzeige-identity-ihk',
  'gewerbeanzeige-identity-eichbehoerde',
  'gewerbeanzeige-identity-finanzamt',
  'gewerbeanzeige-ihk',
  'gewerbeanzeige-eichbehoerde',
  'gewerbeanzeige-finanzamt',
  'kfz-fahrzeug',
  'kfz-handelsregister',
  'nobody-security-codes',
  'bafoeg-no-church-tax',
];

describe.each([...Map.groupBy(scenarios, ({ paragraph }) => paragraph)])('%s', (_paragraph, cases) => {
  test.each(cases.map((it) => [it.id, it.says, it] as const))('%s %s', (_id, _says, scenario) => {
    expect(departuresOf(scenario, catalogue, catalogue)).toEqual([]);
  });
});

describe('the scenarios', () => {
  it('are at least 300, of which 60 run against the whole system', () => {
    expect(scenarios.length).toBeGreaterThanOrEqual(300);
    expect(scenarios.filter(({ isSampled }) => isSampled)).toHaveLength(60);
  });

  it('differ each from every other in verdict, reason or deciding rule', () => {
    const seen = new Map<string, string>();
    const doubles = scenarios.flatMap((scenario) => {
      const mark = signature(runScenario(scenario, varyCatalogue(catalogue, scenario.law), catalogue));
      const first = seen.get(mark);
      seen.set(mark, scenario.id);
      return first === undefined ? [] : [`${scenario.id} decides the same as ${first}`];
    });
    expect(doubles).toEqual([]);
  });

  it('say each a thing of its own, and each what comes of it', () => {
    expect(new Set(scenarios.map(({ says }) => says)).size).toBe(scenarios.length);
    const unnamed = scenarios.filter(
      ({ expect: { permitted, rules } }) => permitted !== undefined && rules === undefined,
    );
    // Where no rule is named, something else of the permission is.
    expect(unnamed.filter(({ expect: wanted }) => Object.keys(wanted).length < 2)).toEqual([]);
  });

  it('notice that a rule of the catalogue is removed, or turned into its opposite, but for those on the list', () => {
    const { survivors, total } = mutationScore(catalogue, scenarios, coarseMutants(catalogue));
    expect(survivors).toEqual(
      WITHOUT_SCENARIO.flatMap((rule) => [
        { rule, change: 'removed' },
        { rule, change: 'inverted' },
      ]),
    );
    expect(total).toBe(2 * catalogue.rules.length);
  });

  it('notice that a rule has one attribute less, one attester less, or another level, but for those on the list', () => {
    const covered = fineMutants(catalogue).filter(({ rule }) => !WITHOUT_SCENARIO.includes(rule));
    const { survivors, total } = mutationScore(catalogue, scenarios, covered);
    expect(survivors).toEqual([]);
    expect(total).toBeGreaterThan(50);
  });

  it('would be missed: of a rule without a scenario each change survives', () => {
    const rule = {
      ...catalogue.rules[0]!,
      id: 'nobody-wrote-a-scenario',
      purpose: 'elterngeld-antrag',
      legal_basis: 'estg-67',
    };
    const more = { ...catalogue, rules: [...catalogue.rules, rule] };
    const added = coarseMutants(more).filter((it) => it.rule === rule.id);
    const { survivors } = mutationScore(more, scenarios, added);
    expect(survivors).toEqual([
      { rule: 'nobody-wrote-a-scenario', change: 'removed' },
      { rule: 'nobody-wrote-a-scenario', change: 'inverted' },
    ]);
  });
});
