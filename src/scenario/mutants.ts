import { ASSURANCES, type Catalogue, type Rule } from '../catalogue/catalogue.js';
import { departures } from './expectation.js';
import { runScenario } from './run-scenario.js';
import type { Scenario } from './scenario.js';
import { varyCatalogue } from './vary-catalogue.js';

/** One rule of the catalogue, changed in one way. */
export type Mutant = Readonly<{ rule: string; change: string; rules: readonly Rule[] }>;

export type Survivor = Readonly<{ rule: string; change: string }>;

/** `killed` of `total` changes break at least one scenario; the others survive. */
export type MutationScore = Readonly<{ total: number; killed: number; survivors: readonly Survivor[] }>;

/** Each rule removed, and each turned into its opposite. */
export function coarseMutants(catalogue: Catalogue): readonly Mutant[] {
  return catalogue.rules.flatMap((rule) => [
    mutant(catalogue, rule, 'removed', []),
    mutant(catalogue, rule, 'inverted', [inverted(catalogue, rule)]),
  ]);
}

/** Each rule with one field less, or with another level, or one attester less. */
export function fineMutants(catalogue: Catalogue): readonly Mutant[] {
  return catalogue.rules.flatMap((rule) => [
    ...(rule.fields.length < 2 ? [] : rule.fields).map((field) =>
      mutant(catalogue, rule, `without ${field}`, [{ ...rule, fields: rule.fields.filter((it) => it !== field) }]),
    ),
    ...(rule.effect === 'deny' ? [] : ASSURANCES)
      .filter((level) => level !== rule.min_assurance)
      .map((level) => mutant(catalogue, rule, `at assurance ${level}`, [{ ...rule, min_assurance: level }])),
    ...rule.attested_by.map((kind) =>
      mutant(catalogue, rule, `not attested by ${kind}`, [
        { ...rule, attested_by: rule.attested_by.filter((it) => it !== kind) },
      ]),
    ),
  ]);
}

export function mutationScore(
  catalogue: Catalogue,
  scenarios: readonly Scenario[],
  mutants: readonly Mutant[],
): MutationScore {
  const survivors = mutants.filter(({ rules }) =>
    scenarios.every((it) => departuresOf(it, { ...catalogue, rules }, catalogue).length === 0),
  );
  return {
    total: mutants.length,
    killed: mutants.length - survivors.length,
    survivors: survivors.map(({ rule, change }) => ({ rule, change })),
  };
}

/** How a scenario comes out otherwise than expected; `inForce` is the catalogue that people decided by. */
export function departuresOf(scenario: Scenario, catalogue: Catalogue, inForce: Catalogue): readonly string[] {
  const varied = varyCatalogue(catalogue, scenario.law, inForce);
  return departures(scenario.expect, runScenario(scenario, varied, inForce));
}

function mutant({ rules }: Catalogue, rule: Rule, change: string, instead: readonly Rule[]): Mutant {
  return { rule: rule.id, change, rules: rules.flatMap((it) => (it === rule ? instead : [it])) };
}

function inverted({ evidence_types }: Catalogue, rule: Rule): Rule {
  if (rule.effect === 'allow') return { ...rule, effect: 'deny', attested_by: [], min_assurance: 'low' };
  const meant = evidence_types.filter(({ id }) => rule.evidence_type === 'any' || rule.evidence_type === id);
  const everything = [...new Set(meant.flatMap((it) => it.attributes.map(({ id }) => id)))];
  return {
    ...rule,
    effect: 'allow',
    fields: rule.fields.length === 0 ? everything : rule.fields,
    attested_by: ['online-service', 'pages'],
    min_assurance: 'low',
  };
}
