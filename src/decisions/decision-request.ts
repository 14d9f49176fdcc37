import type { OnlineService } from '../catalogue/catalogue.js';
import type { ResolvedPerson } from '../identity/subject-token.js';
import type { CompanyKey } from '../tokens/company-key.js';
import type { PersonKey } from '../tokens/register-request.js';

/** A person of the application, natural or legal, in a role of the service. */
export type AskedPerson = Readonly<{ role: string; key: PersonKey | CompanyKey }>;

/** What an online service asks a person to decide at the pages. */
export type DecisionRequest = Readonly<{
  id: string;
  consumer: string;
  service: string;
  persons: readonly AskedPerson[];
  returnUrl: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}>;

/** Decisions that were given; none where the person brings all evidence. Undefined: not answered yet. */
export type Answered = Readonly<{ triggerIds: readonly string[] | undefined }>;

/** Attributes of somebody who signed in, as they were attested; and who they are by the lookup of the pages. */
export type Attested = Readonly<{
  family_name: string;
  town: string;
  postcode: string;
  birth_date: string;
  idnr: string;
}>;

/** In which role somebody is asked to decide; undefined for whoever is not. Representatives decide in their own role. */
export function deciderRole(
  { persons }: DecisionRequest,
  { subjects }: OnlineService,
  attested: Attested,
): string | undefined {
  const deciding = subjects.filter(({ represented_by }) => represented_by === undefined).map(({ role }) => role);
  return persons.find(({ role, key }) => deciding.includes(role) && isSame(key, attested))?.role;
}

/** The roles that are decided on in this role: its own, and those whom it represents, or may represent. */
export function decidedRoles({ persons }: DecisionRequest, { subjects }: OnlineService, decider: string) {
  const roles = subjects
    .filter((it) => [it.role, it.represented_by, it.may_be_represented_by].includes(decider))
    .map(({ role }) => role);
  return persons.filter(({ role }) => roles.includes(role));
}

export function isCompany(key: AskedPerson['key']): key is CompanyKey {
  return key.set === 'business-number' || key.set === 'register-number';
}

/** Whether somebody was looked up by what the service states of this person. */
export function isLookedUpBy(key: AskedPerson['key'], opening: ResolvedPerson['opening']): boolean {
  if (isCompany(key) || key.birth_date !== opening.birth_date) return false;
  return key.set === 'idnr' ? key.idnr === opening.idnr : key.family_name === opening.family_name;
}

/**
 * Whatever is stated must be what was attested, so that nobody learns by a name and a birth date alone what was asked of
 * somebody else. A name is no key here: it may be that of two persons.
 */
function isSame(key: AskedPerson['key'], attested: Attested): boolean {
  if (isCompany(key) || key.birth_date !== attested.birth_date) return false;
  if (key.set === 'idnr') return key.idnr === attested.idnr;
  if (key.set === 'name') return false;
  return (['family_name', 'town', 'postcode'] as const).every((it) => folded(key[it]) === folded(attested[it]));
}

function folded(text: string): string {
  return text.normalize('NFC').trim().toLocaleLowerCase('de');
}
