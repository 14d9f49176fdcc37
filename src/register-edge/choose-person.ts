import { matchFamilyName, matchGivenNames, matchTown, type NameMatch, type NameRules } from '../identity/name.js';
import type { PersonKey } from '../tokens/register-request.js';

/** Somebody whom the directory holds under the date of birth and the key of the family name that were given. */
export type Candidate = Readonly<{
  idnr: string;
  family_name: string;
  given_names: string;
  town: string;
  blocked: boolean;
}>;

export type Chosen<C> = Readonly<{ kind: 'one'; record: C }> | Readonly<{ kind: 'none' | 'several' | 'blocked' }>;

/**
 * The one person that a key set means (IDNrG § 6 Abs. 4). Whoever is called as it was written comes before those whom only
 * a rule takes for the same: who bears the name is not outdone by who bears a similar one, and a block on them is a block.
 */
export function chooseOne<C extends Candidate>(key: PersonKey, candidates: readonly C[], rules: NameRules): Chosen<C> {
  const matched = candidates.map((it) => ({ it, match: matchOf(key, it, rules) }));
  const spelled = matched.filter(({ match }) => match === 'spelled');
  const [first, second] = spelled.length > 0 ? spelled : matched.filter(({ match }) => match === 'by-rule');
  if (first === undefined) return { kind: 'none' };
  if (second !== undefined) return { kind: 'several' };
  return first.it.blocked === false ? { kind: 'one', record: first.it } : { kind: 'blocked' };
}

/** The number and the date of birth need no name beside them. */
function matchOf(key: PersonKey, { family_name, given_names, town }: Candidate, rules: NameRules): NameMatch {
  if (key.set === 'idnr') return 'spelled';
  const matches = [
    matchFamilyName(key.family_name, family_name, rules),
    key.set === 'name' ? matchGivenNames(key.given_names, given_names, rules) : matchTown(key.town, town, rules),
  ];
  if (matches.includes('other')) return 'other';
  return matches.includes('by-rule') ? 'by-rule' : 'spelled';
}
