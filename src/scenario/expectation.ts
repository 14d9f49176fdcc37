import type { Outcome } from './run-scenario.js';
import type { Expected } from './scenario.js';

/** How an outcome departs from what is expected, one line each; none where it is as it must be. */
export function departures(expected: Expected, outcome: Outcome): readonly string[] {
  return Object.entries(expected).flatMap(([name, wanted]) => {
    const got: unknown = Reflect.get(outcome, name);
    const isAsWanted =
      name === 'because' ? typeof got === 'string' && got.startsWith(String(wanted)) : same(wanted, got);
    return isAsWanted ? [] : [`${name}: ${JSON.stringify(wanted)} expected, ${JSON.stringify(got) ?? 'nothing'} came`];
  });
}

/** Verdict, reason and deciding rule: what tells one scenario from another. */
export function signature(outcome: Outcome): string {
  return canonical(outcome);
}

function same(wanted: unknown, got: unknown): boolean {
  return canonical(wanted) === canonical(got);
}

/** The order of lists and members means nothing. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'nothing';
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
  return `{${members.sort().join(',')}}`;
}
