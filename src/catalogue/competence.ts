import type { Competence, CompetenceParameter, Register } from './catalogue.js';

/** One key that a register is competent for, from a day to a day, both included. */
export type CompetenceKey = Readonly<{ parameter: 'ars' | 'register_number'; key: string }> & Period;
type Period = Readonly<{ from: string; until: string }>;

/** Before and after every day that ISO 8601 writes with four digits. */
const [ALWAYS, FOREVER] = ['0000-00-00', '9999-99-99'];

/** In the order in which the register names them. */
export function competenceKeys({ competence }: Pick<Register, 'competence'>): readonly CompetenceKey[] {
  return competence.map(competenceKey);
}

function competenceKey(competence: Competence): CompetenceKey {
  if (typeof competence === 'string') return { parameter: 'ars', key: competence, from: ALWAYS, until: FOREVER };
  const { valid_from: from = ALWAYS, valid_until: until = FOREVER } = competence;
  return competence.ars === undefined
    ? { parameter: 'register_number', key: competence.register_number, from, until }
    : { parameter: 'ars', key: competence.ars, from, until };
}

/** Which keys of a register say something about evidence that is routed by this: a region, if only the one of the whole country, or a number. */
export function isRoutedBy(parameter: CompetenceParameter, key: CompetenceKey): boolean {
  return key.parameter === (parameter === 'register_number' ? parameter : 'ars');
}

/** First and last day, as far as there are any. */
export function statedDays({ from, until }: Period): readonly string[] {
  return [from === ALWAYS ? [] : from, until === FOREVER ? [] : until].flat();
}

/** `from 2011-11-01`, `until 2011-10-31`, both, or nothing. */
export function periodText({ from, until }: Period): string {
  return [from === ALWAYS ? [] : `from ${from}`, until === FOREVER ? [] : `until ${until}`].flat().join(' ');
}

export function isDay(text: string): boolean {
  const ms = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(ms) && new Date(ms).toISOString().startsWith(text);
}
