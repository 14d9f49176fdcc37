import type { CompanyKey, CompanyRepresentative } from './company-key.js';
import { canonicalDigest } from './digest.js';

/**
 * Binds an attested decision to a person without naming them: salted digest over the date of birth and either the
 * family name as the applicant gave it or the identification number. Node and register open it; nobody else can.
 */
export type CommitmentOpening = Readonly<{
  role: string;
  /** base64url, 32 bytes. */
  salt: string;
  birth_date: string;
  family_name: string | null;
  idnr: string | null;
}>;

/**
 * The same for a legal person: by its key, and by the person who decides for it, so that nobody puts another representative
 * beside the decision. Null where an authority decides.
 */
export type CompanyOpening = Readonly<{
  role: string;
  salt: string;
  company: CompanyKey;
  representative: CompanyRepresentative | null;
}>;

export type SubjectOpening = CommitmentOpening | CompanyOpening;

export function commitmentOf(opening: SubjectOpening): string {
  return 'company' in opening ? companyCommitment(opening) : subjectCommitment(opening);
}

export function companyCommitment({ role, salt, company, representative }: CompanyOpening): string {
  const by = representative && { ...representative, family_name: representative.family_name.normalize('NFC').trim() };
  return canonicalDigest({ role, salt, company, representative: by });
}

export function subjectCommitment(opening: CommitmentOpening): string {
  const { role, salt, birth_date, family_name, idnr } = opening;
  return canonicalDigest({ role, salt, birth_date, family_name: family_name?.normalize('NFC').trim() ?? null, idnr });
}
