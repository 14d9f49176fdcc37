import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Catalogue, Rule } from '../../src/catalogue/catalogue.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { loosenedDemands } from '../../src/permission/loosened-demands.js';
import { readScenarios } from '../../src/scenario/read-scenarios.js';
import { type Outcome, runScenario } from '../../src/scenario/run-scenario.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { varyCatalogue } from '../../src/scenario/vary-catalogue.js';

const inForce = loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' });
const scenarios = readScenarios('test/scenario');
const aScenario = fc.constantFrom(...scenarios);

/** What comes of it, by the scenario's own law and these rules. */
function outcomeOf(scenario: Scenario, change: (rules: readonly Rule[]) => readonly Rule[] = (it) => it): Outcome {
  const varied: Catalogue = varyCatalogue(inForce, scenario.law);
  return runScenario(scenario, { ...varied, rules: change(varied.rules) }, inForce);
}
const passing = (...asked: Parameters<typeof outcomeOf>) => outcomeOf(...asked).permitted ?? [];

/**
 * Of what allows demand the strictest counts, so that an allow may be all that keeps a weak decision from covering, and what it
 * demanded goes with it. That is no secret: whoever changes the rules is told.
 */
async function isTold(before: readonly Rule[], after: readonly Rule[]): Promise<boolean> {
  const told = await loosenedDemands({ rules: before }, { ...inForce, rules: after });
  return told.some(({ demands }) => demands.some((it) => it !== 'limits'));
}
const isSubset = (part: readonly string[], whole: readonly string[]) => part.every((it) => whole.includes(it));
const matters = () => {
  let count = 0;
  return { saw: (happened: boolean) => (happened ? count++ : 0), count: () => count };
};

describe('less law, less data', () => {
  it('removing an allow never lets more attributes pass, unless it is told whose demand goes with it', async () => {
    const { saw, count } = matters();
    await fc.assert(
      fc.asyncProperty(aScenario, fc.nat(), async (scenario, place) => {
        const { rules } = varyCatalogue(inForce, scenario.law);
        const allows = rules.filter(({ effect }) => effect === 'allow');
        const gone = allows[place % allows.length];
        const left = rules.filter((it) => it !== gone);
        const [before, after] = [passing(scenario), passing(scenario, () => left)];
        saw(after.length < before.length);
        return isSubset(after, before) || isTold(rules, left);
      }),
      { numRuns: 1000 },
    );
    expect(count()).toBeGreaterThan(0);
  });

  it('nor any allow of any scenario', async () => {
    const untold: string[] = [];
    const { saw, count } = matters();
    for (const scenario of scenarios) {
      const { rules } = varyCatalogue(inForce, scenario.law);
      const outcome = outcomeOf(scenario);
      const before = outcome.permitted ?? [];
      for (const gone of rules.filter(({ id, effect }) => effect === 'allow' && outcome.rules?.includes(id))) {
        const left = rules.filter((it) => it !== gone);
        if (
          isSubset(
            passing(scenario, () => left),
            before,
          )
        )
          continue;
        saw(true);
        if (!(await isTold(rules, left))) untold.push(`${scenario.id} without ${gone.id}`);
      }
    }
    expect(untold).toEqual([]);
    expect(count()).toBeGreaterThan(0);
  });

  it('adding a deny never lets more pass', () => {
    const { saw, count } = matters();
    const deny = (scenario: Scenario, named: readonly boolean[], fields: readonly string[]): Rule => {
      const { consumer, evidence, purpose, basis } = { ...scenario.transfer, ...scenario.ask };
      const [byConsumer, byEvidence, byPurpose, byBasis] = named;
      return {
        id: 'added',
        effect: 'deny',
        consumer: byConsumer ? consumer : 'any',
        provider: 'any',
        evidence_type: byEvidence ? evidence : 'any',
        purpose: byPurpose ? purpose : 'any',
        legal_basis: byBasis ? basis : 'any',
        fields,
        attested_by: [],
        min_assurance: 'low',
        source: 'property',
        verified: false,
      };
    };
    fc.assert(
      fc.property(
        aScenario,
        fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
        fc.nat(15),
        (scenario, named, mask) => {
          const fields = scenario.transfer.fields.filter((_, place) => (mask >> place) & 1);
          const [before, after] = [
            passing(scenario),
            passing(scenario, (rules) => [...rules, deny(scenario, named, fields)]),
          ];
          saw(after.length < before.length);
          return isSubset(after, before);
        },
      ),
      { numRuns: 1000 },
    );
    expect(count()).toBeGreaterThan(50);
  });

  it('narrowing what a rule is for, or whom, never lets more pass, unless that is told', async () => {
    const { saw, count } = matters();
    const members = ['purpose', 'consumer', 'legal_basis', 'evidence_type'] as const;
    await fc.assert(
      fc.asyncProperty(
        aScenario,
        fc.constantFrom(...members),
        fc.constantFrom('elterngeld-antrag', 'familienkasse-online', 'beeg-25', 'geburt'),
        async (scenario, member, value) => {
          const { rules: lawful } = varyCatalogue(inForce, scenario.law);
          const patterned = (pattern: string) => (rules: readonly Rule[]) =>
            rules.map((it) => (it.effect === 'allow' ? { ...it, [member]: pattern } : it));
          const wide = outcomeOf(scenario, patterned('any'));
          const narrow = passing(scenario, patterned(value));
          saw(narrow.length < (wide.permitted?.length ?? 0));
          return isSubset(narrow, wide.permitted ?? []) || isTold(patterned('any')(lawful), patterned(value)(lawful));
        },
      ),
      { numRuns: 600 },
    );
    expect(count()).toBeGreaterThan(20);
  });

  it.each(['withdrawn', 'used', 'expired'] as const)('a decision that is %s lets nothing pass', (is) => {
    const { saw, count } = matters();
    for (const scenario of scenarios) {
      saw(passing(scenario).length > 0);
      expect(passing({ ...scenario, decision: { ...scenario.decision, is } })).toEqual([]);
    }
    expect(count()).toBeGreaterThan(50);
  });

  it('deciding on less never lets more pass', () => {
    fc.assert(
      fc.property(aScenario, fc.nat(), (scenario, mask) => {
        const decided = scenario.decision.fields ?? scenario.ask.fields ?? scenario.transfer.fields;
        const fields = decided.filter((_, place) => (mask >> place) & 1);
        return isSubset(passing({ ...scenario, decision: { ...scenario.decision, fields } }), passing(scenario));
      }),
      { numRuns: 600 },
    );
  });
});

it('the order of rules means nothing', () => {
  const shuffle = fc.func<[string], number>(fc.integer());
  fc.assert(
    fc.property(aScenario, shuffle, (scenario, key) => {
      const varied = varyCatalogue(inForce, scenario.law);
      const rules = varied.rules.toSorted((a, b) => key(a.id) - key(b.id));
      const other = runScenario(scenario, { ...varied, rules }, inForce);
      expect(other).toEqual(runScenario(scenario, varied, inForce));
    }),
    { numRuns: 400 },
  );
});

it('what passes is a subset of rule, of decision, and of what is asked', () => {
  for (const scenario of scenarios) {
    const { ask, decision, transfer } = scenario;
    const rules = varyCatalogue(inForce, scenario.law).rules.filter(({ effect }) => effect === 'allow');
    const named = new Set(rules.flatMap(({ fields }) => fields));
    const asked = ask.fields ?? transfer.fields;
    const passes = passing(scenario);
    expect(
      passes.filter((it) => !named.has(it) || !asked.includes(it) || !(decision.fields ?? asked).includes(it)),
    ).toEqual([]);
  }
});
