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

export function subjectCommitment(opening: CommitmentOpening): string {
  const { role, salt, birth_date, family_name, idnr } = opening;
  return canonicalDigest({ role, salt, birth_date, family_name: family_name?.normalize('NFC').trim() ?? null, idnr });
}
