import type { ResolvedPerson } from '../identity/subject-token.js';
import { representationOf } from '../tokens/attestation.js';
import type { PlannedRetrieval, PreparedExchange } from './exchange.js';
import type { Identified } from './identify-subjects.js';
import { isOfOtherDecider, type Nobody, type ResolvedCompany, type ResolvedSubject } from './resolved-subject.js';

/** Whom each retrieval is about. Where one person is not there, it is nobody in all of them. */
export function subjectsOf(
  prepared: PreparedExchange,
  { persons, nobody }: Identified,
): readonly (readonly [PlannedRetrieval, ResolvedSubject])[] {
  const { retrievals } = prepared;
  const isOther = retrievals.some((it) => isMisrepresented(it, persons) || isOfOtherDecider(it.trigger, persons));
  const cause = nobody ?? (isOther ? 'NOT_THE_REPRESENTATIVE' : undefined);
  return retrievals.map((it) => [it, cause === undefined ? subjectOf(it, persons) : nobodyIn(prepared, it, cause)]);
}

function subjectOf(
  retrieval: PlannedRetrieval,
  persons: ReadonlyMap<string, ResolvedPerson>,
): ResolvedPerson | ResolvedCompany {
  const { company, subjectRole, register } = retrieval;
  const role = identifiedRole(retrieval);
  const person = role === null ? null : persons.get(role);
  if (person === undefined) throw new Error('a planned retrieval is about nobody');
  if (company !== undefined)
    return { role: subjectRole, company: company.key, register: register.id, representative: person };
  if (person === null) throw new Error('only about a company nobody need be known');
  return person;
}

function nobodyIn({ lookups, known }: PreparedExchange, retrieval: PlannedRetrieval, cause: string): Nobody {
  const role = identifiedRole(retrieval);
  const planned = lookups.find(({ subjectRole }) => subjectRole === role);
  const lookup =
    planned === undefined
      ? known.find((person) => person.role === role)?.lookup
      : { trigger: planned.trigger.id, by: planned.retrievalId };
  return { role: retrieval.subjectRole, nobody: cause, lookup };
}

/** Of a company whoever decided for it is identified; null where an authority did. */
function identifiedRole({ company, subjectRole, trigger }: PlannedRetrieval): string | null {
  if (company === undefined) return subjectRole;
  return company.representative === null ? null : trigger.decision.decider_role;
}

/**
 * Somebody decided for this person whom the directory did not confirm as their representative, or not as this kind
 * (design 4). Of a company its
 * own register says who represents it.
 */
function isMisrepresented(
  { trigger, subjectRole, company }: PlannedRetrieval,
  persons: ReadonlyMap<string, ResolvedPerson>,
): boolean {
  if (company !== undefined) return false;
  const by = representationOf(trigger.decision);
  if (by === undefined) return false;
  const subject = persons.get(subjectRole);
  const isConfirmed = subject?.representative === persons.get(trigger.decision.decider_role)?.idnr;
  return !isConfirmed || subject === undefined || representationOf(subject.decided) !== by;
}
