import type { FieldViolation } from '../platform/fault.js';
import { COMPANY_REGISTERS, type CompanyKey } from '../tokens/company-key.js';
import { checkDigit } from './check-digit.js';

/** `DE`, eight digits and their check digit, and the number of the economic activity, the first of which is 00001. */
const BUSINESS_NUMBER = /^DE(\d{8})(\d)-(?!00000)\d{5}$/;
/** Neither form is fixed by law: as much as tells one entry from another, and nothing that could carry text. */
const COURT = /^[A-Z][A-Z0-9]{1,9}$/;
const NUMBER = /^[1-9]\d{0,9}(?: [A-Z]{1,4})?$/;

export type GivenCompany = Readonly<{
  business_number?: string;
  register_number_key?: Readonly<{ kind?: string; court?: string; number?: string }> | null;
}>;

export type ParsedCompany =
  | Readonly<{ ok: true; key: CompanyKey }>
  | Readonly<{ ok: false; violations: readonly FieldViolation[] }>;

/** Reads exactly one of the lawful keys of a legal person (UBRegG § 2, § 3 Abs. 3); violations name fields, never values. */
export function parseCompanyKey(given: GivenCompany, path: string): ParsedCompany {
  const { business_number, register_number_key: entry } = given;
  if (business_number !== undefined && business_number !== '') {
    if (isBusinessNumber(business_number)) return { ok: true, key: { set: 'business-number', business_number } };
    return refused(path, ['business_number', 'must be DE, 9 digits with their check digit, a hyphen and 5 digits']);
  }
  if (!entry) return refused(path, ['key', 'needs a business number or a register number']);
  const { court = '', number = '' } = entry;
  const kind = COMPANY_REGISTERS.find((it) => it === entry.kind);
  const at = (field: string) => `register_number_key.${field}`;
  const faults = [
    ...(kind === undefined ? [[at('kind'), `must be one of ${COMPANY_REGISTERS.join(', ')}`] as const] : []),
    ...(COURT.test(court) ? [] : [[at('court'), 'must be the code of a court'] as const]),
    ...(NUMBER.test(number) ? [] : [[at('number'), 'must be a number, with an addition where it has one'] as const]),
  ];
  if (kind === undefined || faults.length > 0) return refused(path, ...faults);
  return { ok: true, key: { set: 'register-number', kind, court, number } };
}

export function isBusinessNumber(text: string): boolean {
  const [, body = '', digit] = BUSINESS_NUMBER.exec(text) ?? [];
  return digit !== undefined && checkDigit(body) === digit;
}

function refused(path: string, ...faults: readonly (readonly [field: string, description: string])[]): ParsedCompany {
  return { ok: false, violations: faults.map(([field, description]) => ({ field: `${path}.${field}`, description })) };
}
