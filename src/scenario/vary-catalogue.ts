import type { Catalogue, Purpose, Register, Rule } from '../catalogue/catalogue.js';
import type { ScenarioRegister, ScenarioRule, Variation } from './scenario.js';

/**
 * The catalogue as a scenario has it.
 * @param known rules and registers that others may be like, also where the catalogue at hand does not have them any more
 */
export function varyCatalogue(catalogue: Catalogue, law: Variation, known: Catalogue = catalogue): Catalogue {
  const { without = [], rules = [], registers = [], unbounded = [] } = law;
  const { areas = {}, assurance = {}, check_inside_areas } = law;
  const own = new Set([...without, ...rules.map(({ id }) => id)]);
  return {
    ...catalogue,
    settings: {
      ...catalogue.settings,
      check_inside_areas: check_inside_areas ?? catalogue.settings.check_inside_areas,
    },
    participants: catalogue.participants.map((it) => ({ ...it, area: areas[it.id] ?? it.area })),
    services: catalogue.services.map((it) => ({ ...it, min_assurance: assurance[it.id] ?? it.min_assurance })),
    purposes: catalogue.purposes.map((it) => (unbounded.includes(it.id) ? withoutBound(it) : it)),
    registers: registers.reduce((all, it) => withRegister(all, it, known), catalogue.registers),
    rules: [...catalogue.rules.filter(({ id }) => !own.has(id)), ...rules.map((it) => ruleOf(it, known))],
  };
}

function withoutBound({ necessary: _, ...purpose }: Purpose): Purpose {
  return purpose;
}

const EVERYTHING = {
  consumer: 'any',
  provider: 'any',
  evidence_type: 'any',
  purpose: 'any',
  legal_basis: 'any',
  fields: [],
  attested_by: [],
  min_assurance: 'low',
} as const;

function ruleOf({ like, ...given }: ScenarioRule, { rules }: Catalogue): Rule {
  const model = like === undefined ? EVERYTHING : found(rules, like);
  const rule = { effect: 'allow' as const, source: 'scenario', verified: false, ...model, ...given };
  if (rule.effect === 'allow') return rule;
  const { limits: _, ...deny } = rule;
  return { ...deny, fields: given.fields ?? [], attested_by: [], min_assurance: 'low' };
}

function withRegister(
  registers: readonly Register[],
  { id, like, idnr, ...given }: ScenarioRegister,
  known: Catalogue,
): readonly Register[] {
  const model = found(known.registers, like ?? id);
  const { idnrg_annex, idnr_norm, ...unnumbered } = model;
  const number = { ...(idnrg_annex !== undefined && { idnrg_annex }), ...(idnr_norm !== undefined && { idnr_norm }) };
  const register: Register = {
    ...unnumbered,
    ...(idnr === undefined ? number : idnr ? { idnr_norm: 'scenario' } : {}),
    id,
    ...given,
  };
  return [...registers.filter((it) => it.id !== id), register];
}

function found<T extends Readonly<{ id: string }>>(entries: readonly T[], id: string): T {
  const entry = entries.find((it) => it.id === id);
  if (entry === undefined) throw new Error(`a scenario is like "${id}", which does not exist`);
  return entry;
}
