import { describe, expect, it, test } from '@jest/globals';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { signature } from '../../src/scenario/expectation.js';
import { coarseMutants, departuresOf, fineMutants, limitMutants, mutationScore } from '../../src/scenario/mutants.js';
import { readScenarios } from '../../src/scenario/read-scenarios.js';
import { runScenario } from '../../src/scenario/run-scenario.js';
import { varyCatalogue } from '../../src/scenario/vary-catalogue.js';

const catalogue = loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' });
const scenarios = readScenarios('test/scenario');

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

  it('notice that any rule of the catalogue is removed, or turned into its opposite', () => {
    const { survivors, total } = mutationScore(catalogue, scenarios, coarseMutants(catalogue));
    expect(survivors).toEqual([]);
    expect(total).toBe(2 * catalogue.rules.length);
  });

  it('notice that any rule has one attribute less, one attester less, or another level', () => {
    const { survivors, total } = mutationScore(catalogue, scenarios, fineMutants(catalogue));
    expect(survivors).toEqual([]);
    expect(total).toBeGreaterThan(50);
  });

  it('notice that a limit of a purpose, a norm or a recipient is lifted', () => {
    const { survivors, total } = mutationScore(catalogue, scenarios, limitMutants(catalogue));
    expect(survivors).toEqual([]);
    expect(total).toBeGreaterThan(20);
  });

  it('notice nothing where they do not come out as expected themselves', () => {
    const wrong = scenarios.map((it) => ({ ...it, expect: { refused: 'SOMETHING_ELSE' } }));
    const { total, killed } = mutationScore(catalogue, wrong, coarseMutants(catalogue));
    expect({ total, killed }).toEqual({ total: 2 * catalogue.rules.length, killed: 0 });
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
