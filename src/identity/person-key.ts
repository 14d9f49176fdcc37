import { isLine } from '../platform/decode.js';
import type { FieldViolation } from '../platform/fault.js';
import type { PersonKey } from '../tokens/register-request.js';
import { parseIdnr } from './idnr.js';

const BIRTH_DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
const POSTCODE = /^\d{5}$/;

export type GivenKey = Readonly<{
  address_key?: Readonly<{ family_name?: string; town?: string; postcode?: string; birth_date?: string }> | null;
  name_key?: Readonly<{ family_name?: string; given_names?: string; birth_date?: string }> | null;
  idnr_key?: Readonly<{ idnr?: string; birth_date?: string }> | null;
}>;

export type ParsedKey =
  | Readonly<{ ok: true; key: PersonKey }>
  | Readonly<{ ok: false; violations: readonly FieldViolation[] }>;

/**
 * Reads exactly one of the three lawful key sets (IDNrG § 6 Abs. 3); violations name fields, never values.
 * @param path prefix of field names in violations
 */
export function parsePersonKey(
  given: GivenKey,
  path: string,
  options: Readonly<{ allowTestNumbers: boolean }>,
): ParsedKey {
  const violations: FieldViolation[] = [];
  const refuse = (field: string, description: string) => {
    violations.push({ field: `${path}.${field}`, description });
    return '';
  };
  const text = (field: string, value: string | undefined) => {
    const trimmed = value?.trim().normalize('NFC') ?? '';
    return isLine(trimmed) ? trimmed : refuse(field, 'is required, at most 200 characters, no control characters');
  };
  const birthDate = (field: string, value: string | undefined) =>
    value !== undefined && isPartialDate(value) ? value : refuse(field, 'must be YYYY-MM-DD, YYYY-MM or YYYY');
  const { address_key: address, name_key: name, idnr_key: number } = given;
  let key: PersonKey | undefined;
  if (address) {
    const at = (field: string) => `address_key.${field}`;
    key = {
      set: 'address',
      family_name: text(at('family_name'), address.family_name),
      town: text(at('town'), address.town),
      postcode: POSTCODE.test(address.postcode ?? '')
        ? (address.postcode ?? '')
        : refuse(at('postcode'), 'must be five digits'),
      birth_date: birthDate(at('birth_date'), address.birth_date),
    };
  } else if (name) {
    const at = (field: string) => `name_key.${field}`;
    key = {
      set: 'name',
      family_name: text(at('family_name'), name.family_name),
      given_names: text(at('given_names'), name.given_names),
      birth_date: birthDate(at('birth_date'), name.birth_date),
    };
  } else if (number) {
    const parsed = parseIdnr(number.idnr ?? '', options);
    key = {
      set: 'idnr',
      idnr: parsed.ok ? parsed.idnr : refuse('idnr_key.idnr', IDNR_FAULTS[parsed.fault]),
      birth_date: birthDate('idnr_key.birth_date', number.birth_date),
    };
  } else {
    refuse('key', 'needs exactly one key set or a subject token');
  }
  return key === undefined || violations.length > 0 ? { ok: false, violations } : { ok: true, key };
}

const IDNR_FAULTS = {
  FORMAT: 'must be 11 digits',
  CHECK_DIGIT: 'has a wrong check digit',
  REPETITION: 'repeats digits in a way no identification number does',
  TEST_NUMBER: 'is a test number, which production refuses',
} as const;

/** ISO date, or its first parts where the rest of a birth date is unknown. */
export function isPartialDate(text: string): boolean {
  const match = BIRTH_DATE.exec(text);
  if (match === null) return false;
  const [, year, month = '01', day = '01'] = match;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`);
}
