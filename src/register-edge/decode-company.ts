import { parseCompanyKey } from '../identity/company-key.js';
import { isPartialDate } from '../identity/person-key.js';
import type { CompanyReference__Output } from '../platform/rpc-types/einmal/register/v1/CompanyReference.js';
import type { CompanyRepresentative } from '../tokens/company-key.js';
import type { CompanyRetrieval } from '../tokens/register-request.js';
import type { Faults } from './decode-stated.js';

const MAX_NAME = 200;

/** What stands for a key that could not be read: the request is refused then. */
const UNREAD = { set: 'business-number', business_number: '' } as const;

export function decodeCompany(
  { business_number, register_entry, representative, commitment_salt }: CompanyReference__Output,
  faults: Faults,
): CompanyRetrieval['company'] {
  const parsed = parseCompanyKey(
    {
      ...(business_number === undefined ? {} : { business_number }),
      ...(register_entry === undefined ? {} : { register_number_key: register_entry }),
    },
    'company',
  );
  if (!parsed.ok) faults.violations.push(...parsed.violations);
  return {
    key: parsed.ok ? parsed.key : UNREAD,
    representative: representative ? decodeRepresentative(representative, faults) : null,
    commitment_salt: faults.secret('company.commitment_salt', commitment_salt),
  };
}

function decodeRepresentative(
  { family_name: name = '', birth_date: birthDate = '' }: Partial<CompanyRepresentative>,
  faults: Faults,
): CompanyRepresentative {
  faults.demand(
    name !== '' && name.length <= MAX_NAME && name.isWellFormed(),
    'company.representative.family_name',
    `is required, at most ${MAX_NAME} characters`,
  );
  faults.demand(isPartialDate(birthDate), 'company.representative.birth_date', 'must be YYYY-MM-DD, YYYY-MM or YYYY');
  return { family_name: name, birth_date: birthDate };
}
