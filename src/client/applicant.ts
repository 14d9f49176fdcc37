import type { Subject } from '../platform/rpc-types/einmal/broker/v1/Subject.js';
import type { CompanyKey, CompanyRepresentative } from '../tokens/company-key.js';
import { companyCommitment, subjectCommitment } from '../tokens/subject-commitment.js';

/** Exactly one of the key sets by which a person may be found (IDNrG § 6 Abs. 3). Dates are `YYYY-MM-DD`, or as much of it as is known. */
export type PersonKey =
  | Readonly<{ family_name: string; town: string; postcode: string; birth_date: string }>
  | Readonly<{ family_name: string; given_names: string; birth_date: string }>
  | Readonly<{ idnr: string; birth_date: string }>;

/** A person of the application, in the role that the service's description names. */
export type Applicant = Readonly<{ role: string; person: PersonKey }>;

/** A legal person. Who decides for it is a person of the same application, given by name. */
export type CompanyApplicant = Readonly<{ role: string; company: CompanyKey }>;

export type AnyApplicant = Applicant | CompanyApplicant;

export function toSubject(applicant: AnyApplicant): Subject {
  const { role } = applicant;
  if ('company' in applicant) {
    const { set: _, ...named } = applicant.company;
    return { role, legal_person: 'kind' in named ? { register_number_key: named } : named };
  }
  const { person } = applicant;
  if ('idnr' in person) return { role, natural_person: { idnr_key: { ...person } } };
  if ('given_names' in person) return { role, natural_person: { name_key: { ...person } } };
  return { role, natural_person: { address_key: { ...person } } };
}

/** Binds a decision to the person without naming them, and of a company also to who decides for it; `salt` is base64url of 32 bytes. */
export function commitmentTo(applicant: AnyApplicant, salt: string, by: AnyApplicant | null = null): string {
  const { role } = applicant;
  if ('company' in applicant) {
    const { company } = applicant;
    return companyCommitment({ role, salt, company, representative: by && namedBy(by) });
  }
  const { person } = applicant;
  const { birth_date } = person;
  return 'idnr' in person
    ? subjectCommitment({ role, salt, birth_date, family_name: null, idnr: person.idnr })
    : subjectCommitment({ role, salt, birth_date, family_name: person.family_name, idnr: null });
}

function namedBy(applicant: AnyApplicant): CompanyRepresentative {
  if ('company' in applicant || 'idnr' in applicant.person)
    throw new Error('who decides for a company is given by name: its register knows no identification number');
  const { family_name, birth_date } = applicant.person;
  return { family_name, birth_date };
}
