import type { Register, Rule } from './catalogue.js';

/** Whether a rule is about transfers from this register: it names any, the register, or its type. */
export function isFrom({ provider }: Pick<Rule, 'provider'>, { id, type }: Pick<Register, 'id' | 'type'>): boolean {
  return ['any', id, `type:${type}`].includes(provider);
}
