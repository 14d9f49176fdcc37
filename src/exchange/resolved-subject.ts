import type { PersonRef } from '../audit/record.js';
import type { Trigger } from '../consent/trigger.js';
import type { ResolvedPerson } from '../identity/subject-token.js';
import { type CompanyKey, companyText } from '../tokens/company-key.js';

/** A legal person, by the key that the caller gave: there is nobody to look up but who decides for it. */
export type ResolvedCompany = Readonly<{
  role: string;
  company: CompanyKey;
  /** Register that knows it by this key. */
  register: string;
  /** Who decided for it; null where an authority did. */
  representative: ResolvedPerson | null;
}>;

/** Whom no register may be asked about: their retrievals take the same steps, and their answer is known (IDNrG § 6 Abs. 5). */
export type Nobody = Readonly<{
  role: string;
  /** The true cause; protected. */
  nobody: string;
  /** The lookup that was to find whom a retrieval is about; in force or not as if it had. */
  lookup: ResolvedPerson['lookup'] | undefined;
}>;

export type ResolvedSubject = ResolvedPerson | ResolvedCompany | Nobody;

/** The lookup that whatever is asked about the subject rests on, and ends with; none where an authority asks about a company. */
export function lookupBehind(subject: ResolvedSubject | undefined): ResolvedPerson['lookup'] | undefined {
  if (subject === undefined) return undefined;
  return 'company' in subject ? subject.representative?.lookup : subject.lookup;
}

/** Under which the log finds the subject again: without IDNr by register and its own key. */
export function personRefOf(subject: ResolvedSubject | undefined): PersonRef | undefined {
  if (subject === undefined || 'nobody' in subject) return undefined;
  return 'company' in subject
    ? { kind: 'local', register: subject.register, key: companyText(subject.company) }
    : { kind: 'idnr', idnr: subject.idnr };
}

/** IDNr of the person who decided for themself or for the subject, where it is known. */
export function decidingIdnr(subject: ResolvedSubject | undefined, acting: 'SELF' | 'REPRESENTATIVE'): string | null {
  if (subject === undefined || 'nobody' in subject) return null;
  if ('company' in subject) return subject.representative?.idnr ?? null;
  return acting === 'SELF' ? subject.idnr : subject.representative;
}

/** Who decided at the pages is not the person in whose role they decided: they have the name of somebody else. */
export function isOfOtherDecider(
  { deciderIdnr, decision }: Pick<Trigger, 'deciderIdnr' | 'decision'>,
  persons: ReadonlyMap<string, ResolvedPerson>,
): boolean {
  return deciderIdnr !== undefined && persons.get(decision.decider_role)?.idnr !== deciderIdnr;
}
