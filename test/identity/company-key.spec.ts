import { describe, expect, it } from '@jest/globals';
import { parseCompanyKey } from '../../src/identity/company-key.js';
import { companyText } from '../../src/tokens/company-key.js';
import { companyCommitment } from '../../src/tokens/subject-commitment.js';

const faults = (given: Parameters<typeof parseCompanyKey>[0]) => {
  const parsed = parseCompanyKey(given, 'legal_person');
  return parsed.ok ? [] : parsed.violations.map(({ field }) => field);
};
const entry = { kind: 'HRB', court: 'TEST1', number: '900001' };

describe('the key of a legal person', () => {
  it('is a federal business number with its check digit (UBRegG § 2; ISO 7064 MOD 11,10)', () => {
    // 136695976 is the example of a valid number in the published algorithm.
    expect(faults({ business_number: 'DE136695976-00001' })).toEqual([]);
    for (const wrong of [
      'DE136695978-00001',
      'DE136695976',
      'DE136695976-00000',
      'de136695976-00001',
      'DE13669597-00001',
    ])
      expect(faults({ business_number: wrong })).toEqual(['legal_person.business_number']);
  });

  it.each(['HRA', 'HRB', 'GnR', 'GsR', 'PR', 'VR'])(
    'is an entry in the register %s with its court (UBRegG § 3 Abs. 3)',
    (kind) => {
      expect(parseCompanyKey({ register_number_key: { ...entry, kind } }, '')).toEqual({
        ok: true,
        key: { ...entry, set: 'register-number', kind },
      });
    },
  );

  it('is refused with every fault of it, and without a value', () => {
    expect(faults({ register_number_key: { kind: 'hrb', court: 'Bremen!', number: '0' } })).toEqual([
      'legal_person.register_number_key.kind',
      'legal_person.register_number_key.court',
      'legal_person.register_number_key.number',
    ]);
    expect(faults({})).toEqual(['legal_person.key']);
  });

  it('is one text for one company', () => {
    expect(companyText({ ...entry, set: 'register-number', kind: 'HRB' })).toBe('HRB TEST1 900001');
    expect(companyText({ set: 'business-number', business_number: 'DE136695976-00001' })).toBe('DE136695976-00001');
  });
});

describe('a decision about a company', () => {
  const opening = {
    role: 'company',
    salt: 's'.repeat(43),
    company: { ...entry, set: 'register-number', kind: 'HRB' },
    representative: { family_name: 'Mu\u0308ster', birth_date: '1989-02-28' },
  } as const;

  it('is bound to the company and to who decided for it (design 4)', () => {
    const commitment = companyCommitment(opening);
    expect(
      companyCommitment({ ...opening, representative: { ...opening.representative, family_name: 'Müster ' } }),
    ).toBe(commitment);
    for (const other of [
      { ...opening, representative: null },
      { ...opening, representative: { ...opening.representative, birth_date: '1989-02-27' } },
      { ...opening, company: { ...opening.company, number: '900002' } },
      { ...opening, role: 'other' },
      { ...opening, salt: 't'.repeat(43) },
    ])
      expect(companyCommitment(other)).not.toBe(commitment);
  });
});
