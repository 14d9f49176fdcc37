import { describe, expect, it } from '@jest/globals';
import { loadLaw } from '../../src/catalogue/load-catalogue.js';
import { type DecisionRequest, decidedRoles, deciderRole, isLookedUpBy } from '../../src/decisions/decision-request.js';
import type { PersonKey } from '../../src/tokens/register-request.js';

const { services } = loadLaw('catalogue');
const kindergeld = services.find(({ id }) => id === 'kindergeld')!;
const bafoeg = services.find(({ id }) => id === 'bafoeg')!;
const gewerbe = services.find(({ id }) => id === 'gewerbeanmeldung')!;

const PARENT: PersonKey = {
  set: 'address',
  family_name: 'Nirgendwerth',
  town: 'Bremen',
  postcode: '28195',
  birth_date: '1980-01-01',
};
const CHILD: PersonKey = { set: 'name', family_name: 'Nirgendwerth', given_names: 'Nemo', birth_date: '2026-01-01' };
const ATTESTED = {
  family_name: 'Nirgendwerth',
  town: 'Bremen',
  postcode: '28195',
  birth_date: '1980-01-01',
  idnr: '1',
};

const request = (persons: DecisionRequest['persons']): DecisionRequest => ({
  id: 'a',
  consumer: 'familienkasse-online',
  service: 'kindergeld',
  persons,
  returnUrl: 'https://kindergeld.example/zurueck',
  expiresAt: 0,
});
const asked = request([
  { role: 'parent', key: PARENT },
  { role: 'child', key: CHILD },
]);

describe('who is asked at the pages (design 4)', () => {
  it('is whoever has been attested everything that the service states, however it is written', () => {
    expect(deciderRole(asked, kindergeld, ATTESTED)).toBe('parent');
    const written = { ...ATTESTED, family_name: ' NIRGENDWERTH', town: 'bremen' };
    expect(deciderRole(asked, kindergeld, written)).toBe('parent');
  });

  it.each<keyof typeof ATTESTED>(['family_name', 'town', 'postcode', 'birth_date'])(
    'is nobody whose %s is another',
    (part) => {
      expect(deciderRole(asked, kindergeld, { ...ATTESTED, [part]: 'other' })).toBeUndefined();
    },
  );

  it('is never the child who is decided for, and nobody by a name alone', () => {
    const child = request([{ role: 'child', key: { ...PARENT } }]);
    expect(deciderRole(child, kindergeld, ATTESTED)).toBeUndefined();
    const { set: _, town: __, postcode: ___, ...named } = PARENT as Extract<PersonKey, { set: 'address' }>;
    const byName = request([{ role: 'parent', key: { set: 'name', given_names: 'Nemo', ...named } }]);
    expect(deciderRole(byName, kindergeld, ATTESTED)).toBeUndefined();
  });

  it('is by number whoever the lookup found, and not who has the birth date alone', () => {
    const byNumber = request([{ role: 'parent', key: { set: 'idnr', idnr: '1', birth_date: '1980-01-01' } }]);
    expect(deciderRole(byNumber, kindergeld, ATTESTED)).toBe('parent');
    expect(deciderRole(byNumber, kindergeld, { ...ATTESTED, idnr: '2' })).toBeUndefined();
  });

  it('decides for themself and whom they represent, and for no other who decides', () => {
    expect(decidedRoles(asked, kindergeld, 'parent').map(({ role }) => role)).toEqual(['parent', 'child']);
    const family = request([
      { role: 'student', key: PARENT },
      { role: 'parent_1', key: CHILD },
    ]);
    expect(decidedRoles(family, bafoeg, 'student').map(({ role }) => role)).toEqual(['student']);
  });

  it('decides, where somebody may be represented, for them in the role of the representative alone', () => {
    const student: PersonKey = { ...PARENT, birth_date: '2004-01-01' };
    const family = request([
      { role: 'student', key: student },
      { role: 'representative', key: PARENT },
    ]);
    expect(deciderRole(family, bafoeg, ATTESTED)).toBe('representative');
    expect(decidedRoles(family, bafoeg, 'representative').map(({ role }) => role)).toEqual([
      'student',
      'representative',
    ]);
    expect(decidedRoles(family, bafoeg, 'student').map(({ role }) => role)).toEqual(['student']);
  });

  it('decides for a company in the role that represents it; a company itself signs in nowhere', () => {
    const company = { set: 'register-number', kind: 'HRB', court: 'TEST1', number: '900001' } as const;
    const business = request([
      { role: 'trader', key: PARENT },
      { role: 'company', key: company },
    ]);
    expect(deciderRole(business, gewerbe, ATTESTED)).toBe('trader');
    expect(decidedRoles(business, gewerbe, 'trader').map(({ role }) => role)).toEqual(['trader', 'company']);
    expect(isLookedUpBy(company, { birth_date: '1980-01-01', family_name: 'HRB', idnr: null })).toBe(false);
  });
});
