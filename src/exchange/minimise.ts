import { type FieldLimit, isWithin } from '../catalogue/field-limits.js';

/** Each says which attributes it lets pass, and knows nothing of the others. */
export type Factors = Readonly<{
  /** What the form needs. */
  form: readonly string[];
  /** What the rules allow, as the intermediary answered. */
  rule: readonly string[];
  /** Purpose, legal basis and recipient matrix of the own catalogue: no answer of the intermediary replaces them. */
  limits: readonly FieldLimit[];
  /** What was decided on. */
  trigger: readonly string[];
}>;

/** released = trigger ∩ purpose ∩ rule ∩ recipient matrix ∩ what the form needs (GDPR Art. 5 (1) c); sorted. */
export function minimise({ trigger, ...others }: Factors): readonly string[] {
  return mayPass(others).filter((field) => trigger.includes(field));
}

/** The same before anybody has decided. */
export function mayPass({ form, rule, limits }: Omit<Factors, 'trigger'>): readonly string[] {
  return [...new Set(form)].filter((field) => rule.includes(field) && isWithin(limits, field)).toSorted();
}
