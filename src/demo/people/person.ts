import type { Idnr } from '../../identity/idnr.js';

/** The day the population is seen from. Ages, claims and newborns are reckoned from it. */
export const REFERENCE_DATE = '2026-11-01';

/** `YYYY-MM-DD`, or `YYYY-MM` or `YYYY` where a register knows no more. */
type PartialDate = string;

export type Address = Readonly<{
  street: string;
  houseNumber: string;
  postcode: string;
  town: string;
  /** Official region key, 12 digits; null abroad. */
  ars: string | null;
  /** ISO 3166-1 alpha-2. */
  country: string;
}>;

export type Sex = 'weiblich' | 'männlich' | 'divers';
export type MaritalStatus = 'ledig' | 'verheiratet' | 'geschieden' | 'verwitwet';

/** What one register has written differently from all others. */
type Deviation = Readonly<{ familyName?: string; birthPlace?: string }>;

export type Person = Readonly<{
  /** Running number in the population, from 0; the cast comes first. */
  number: number;
  idnr: Idnr | null;
  /** Surplus numbers of the same person, retired in favour of `idnr`. */
  retiredIdnrs: readonly Idnr[];
  familyName: string;
  birthName: string;
  formerNames: readonly string[];
  /** All given names in one string, in official order. */
  givenNames: string;
  doctorate: string | null;
  birthDate: PartialDate;
  birthPlace: string;
  sex: Sex;
  /** ISO 3166-1 alpha-2. */
  nationalities: readonly string[];
  address: Address;
  movedInOn: string;
  maritalStatus: MaritalStatus;
  /** Minor children, wherever they live (BMG § 3 Abs. 1 Nr. 16). */
  children: readonly Readonly<{ familyName: string; givenNames: string; birthDate: PartialDate; blocked: boolean }>[];
  dateOfDeath: string | null;
  /** Auskunftssperre (BMG § 51). */
  blocked: boolean;
  /** Known to the identity directory, but to no register. */
  withoutRecord: boolean;
  melderegisterDeviation: Deviation;
  /** When the record was last changed, RFC 3339. */
  asOf: string;
}>;

/** A parent as the birth entry names it, which may be older than the parent's present name. */
export type BirthParent = Readonly<{
  number: number;
  idnr: Idnr | null;
  familyName: string;
  birthName: string;
  givenNames: string;
  /** Absent when the parent does not represent the child (any more): dead parent, child of age. */
  custody: 'joint-custody' | 'sole-custody' | null;
}>;

export type Birth = Readonly<{
  child: number;
  birthTime: string;
  /** Mother first; a second parent may be unknown. */
  parents: readonly BirthParent[];
}>;

/** A Kindergeld claim that is being paid. */
export type Claim = Readonly<{
  entitled: number;
  kindergeldNumber: string;
  childrenCount: number;
  paidSince: string;
  paidUntil: string;
}>;

export type Household = Readonly<{
  number: number;
  /** Region key of the (last) German residence, also of a household that has moved abroad. */
  ars: string;
  persons: readonly Person[];
  births: readonly Birth[];
  claims: readonly Claim[];
}>;
