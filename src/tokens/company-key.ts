/** Registers of the registration courts, as UBRegG § 3 Abs. 3 counts them: HRA, HRB, cooperatives, companies of civil law, partnerships, associations. */
export const COMPANY_REGISTERS = ['HRA', 'HRB', 'GnR', 'GsR', 'PR', 'VR'] as const;

/** How a legal person is identified: by its federal business number (UBRegG § 2) or by its entry in a register with the court (UBRegG § 3 Abs. 3). */
export type CompanyKey =
  | Readonly<{ set: 'business-number'; business_number: string }>
  | Readonly<{ set: 'register-number'; kind: (typeof COMPANY_REGISTERS)[number]; court: string; number: string }>;

/** Who decides for a legal person, as registers of companies know them: by name and date of birth (HRV § 43), never by IDNr. */
export type CompanyRepresentative = Readonly<{ family_name: string; birth_date: string }>;

/** One line for one company; another key gives another line, and none is that of a person. */
export function companyText(key: CompanyKey): string {
  return key.set === 'business-number' ? key.business_number : `${key.kind} ${key.court} ${key.number}`;
}
