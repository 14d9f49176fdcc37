import type { Subject } from '../platform/rpc-types/einmal/broker/v1/Subject.js';
import { subjectCommitment } from '../tokens/subject-commitment.js';

/** Exactly one of the key sets by which a person may be found (IDNrG § 6 Abs. 3). Dates are `YYYY-MM-DD`, or as much of it as is known. */
export type PersonKey =
  | Readonly<{ family_name: string; town: string; postcode: string; birth_date: string }>
  | Readonly<{ family_name: string; given_names: string; birth_date: string }>
  | Readonly<{ idnr: string; birth_date: string }>;

/** A person of the application, in the role that the service's description names. */
export type Applicant = Readonly<{ role: string; person: PersonKey }>;

export function toSubject({ role, person }: Applicant): Subject {
  if ('idnr' in person) return { role, natural_person: { idnr_key: { ...person } } };
  if ('given_names' in person) return { role, natural_person: { name_key: { ...person } } };
  return { role, natural_person: { address_key: { ...person } } };
}

/** Binds a decision to the person without naming them; `salt` is base64url of 32 bytes. */
export function commitmentTo({ role, person }: Applicant, salt: string): string {
  const { birth_date } = person;
  return 'idnr' in person
    ? subjectCommitment({ role, salt, birth_date, family_name: null, idnr: person.idnr })
    : subjectCommitment({ role, salt, birth_date, family_name: person.family_name, idnr: null });
}
