import { ASSURANCES, type Catalogue, type FieldLists, type Recipient, type Rule } from '../catalogue/catalogue.js';
import { departures } from './expectation.js';
import { runScenario } from './run-scenario.js';
import type { Scenario } from './scenario.js';
import { varyCatalogue } from './vary-catalogue.js';

/** The catalogue with one rule, or one limit of rules, changed in one way. */
export type Mutant = Readonly<{ rule: string; change: string; catalogue: Catalogue }>;

export type Survivor = Readonly<{ rule: string; change: string }>;

/** `killed` of `total` changes break at least one scenario; the others survive. */
export type MutationScore = Readonly<{ total: number; killed: number; survivors: readonly Survivor[] }>;

/** Each rule removed, and each turned into its opposite. */
export function coarseMutants(catalogue: Catalogue): readonly Mutant[] {
  return catalogue.rules.flatMap((rule) => [
    ruleMutant(catalogue, rule, 'removed', []),
    ruleMutant(catalogue, rule, 'inverted', [inverted(catalogue, rule)]),
  ]);
}

/** Each rule with one field less, or with another level, or one attester less. */
export function fineMutants(catalogue: Catalogue): readonly Mutant[] {
  return catalogue.rules.flatMap((rule) => [
    ...(rule.fields.length < 2 ? [] : rule.fields).map((field) =>
      ruleMutant(catalogue, rule, `without ${field}`, [{ ...rule, fields: rule.fields.filter((it) => it !== field) }]),
    ),
    ...(rule.effect === 'deny' ? [] : ASSURANCES)
      .filter((level) => level !== rule.min_assurance)
      .map((level) => ruleMutant(catalogue, rule, `at assurance ${level}`, [{ ...rule, min_assurance: level }])),
    ...rule.attested_by.map((kind) =>
      ruleMutant(catalogue, rule, `not attested by ${kind}`, [
        { ...rule, attested_by: rule.attested_by.filter((it) => it !== kind) },
      ]),
    ),
  ]);
}

/** What bounds rules, lifted: a list of a purpose or of a norm that keeps something back, and the row of a recipient. */
export function limitMutants(catalogue: Catalogue): readonly Mutant[] {
  const { purposes, legal_bases, recipient_matrices } = catalogue;
  return [
    ...purposes.flatMap((purpose) =>
      lifted(catalogue, purpose.necessary).map(({ type, lists }) => {
        const changed = purposes.map((it) => (it === purpose ? { ...purpose, necessary: lists } : it));
        return limitMutant(`purpose:${purpose.id}`, type, { ...catalogue, purposes: changed });
      }),
    ),
    ...legal_bases.flatMap((basis) =>
      lifted(catalogue, basis.closed_lists).map(({ type, lists }) => {
        const changed = legal_bases.map((it) => (it === basis ? { ...basis, closed_lists: lists } : it));
        return limitMutant(`legal-basis:${basis.id}`, type, { ...catalogue, legal_bases: changed });
      }),
    ),
    ...recipient_matrices.flatMap((matrix) => {
      const withRows = (recipients: readonly Recipient[]) =>
        recipient_matrices.map((it) => (it === matrix ? { ...matrix, recipients } : it));
      const rows = matrix.recipients.filter(({ participants }) => participants.length > 0);
      return rows.map((row) => {
        const { only: _, ...others } = row;
        const changed = matrix.recipients.map((it) => (it === row ? { ...others, all_but: [] } : it));
        const name = `recipients:${matrix.id}/${row.id}`;
        return limitMutant(name, matrix.evidence_type, { ...catalogue, recipient_matrices: withRows(changed) });
      });
    }),
  ];
}

/** A scenario that does not come out as expected anyway notices nothing. */
export function mutationScore(
  catalogue: Catalogue,
  scenarios: readonly Scenario[],
  mutants: readonly Mutant[],
): MutationScore {
  const sound = scenarios.filter((it) => departuresOf(it, catalogue, catalogue).length === 0);
  const survivors = mutants.filter(({ catalogue: changed }) =>
    sound.every((it) => departuresOf(it, changed, catalogue).length === 0),
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

function ruleMutant(catalogue: Catalogue, rule: Rule, change: string, instead: readonly Rule[]): Mutant {
  const rules = catalogue.rules.flatMap((it) => (it === rule ? instead : [it]));
  return { rule: rule.id, change, catalogue: { ...catalogue, rules } };
}

function limitMutant(rule: string, type: string, catalogue: Catalogue): Mutant {
  return { rule, change: `lifted for ${type}`, catalogue };
}

/** One list lifted at a time; of those that keep nothing back there is nothing to notice. */
function lifted(
  { evidence_types }: Catalogue,
  lists: FieldLists = {},
): readonly Readonly<{ type: string; lists: FieldLists }>[] {
  return evidence_types.flatMap(({ id: type, attributes }) => {
    const all = attributes.map(({ id }) => id);
    const listed = lists[type];
    return listed === undefined || all.every((it) => listed.includes(it))
      ? []
      : [{ type, lists: { ...lists, [type]: all } }];
  });
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
