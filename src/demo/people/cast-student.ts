import { bremen, hamburg } from './cast-addresses.js';
import { draftPerson } from './drafts.js';
import { scatteredIdnr } from './scattered-idnr.js';

const FAMILY_NAME = 'Übungsfeld-Çelik';

/** Of age, so that nobody represents anybody: each of the three decides for themselves. */
export const student = draftPerson({
  number: 24,
  idnr: scatteredIdnr(24),
  familyName: FAMILY_NAME,
  givenNames: 'Łucja Ñandú',
  birthDate: '2005-02-17',
  birthPlace: 'Hamburg',
  sex: 'weiblich',
  address: bremen,
  movedInOn: '2024-10-01',
});

export const studentMother = draftPerson({
  number: 25,
  idnr: scatteredIdnr(25),
  familyName: FAMILY_NAME,
  birthName: 'Übungsfeld',
  givenNames: 'Ágnes',
  birthDate: '1974-06-09',
  birthPlace: 'Bremerhaven',
  sex: 'weiblich',
  maritalStatus: 'verheiratet',
  address: hamburg,
  movedInOn: '2003-03-01',
});

export const studentFather = draftPerson({
  number: 26,
  idnr: scatteredIdnr(26),
  familyName: FAMILY_NAME,
  birthName: 'Çelik',
  givenNames: 'Özgür',
  birthDate: '1971-11-23',
  birthPlace: 'Hamburg',
  sex: 'männlich',
  nationalities: ['DE', 'TR'],
  maritalStatus: 'verheiratet',
  address: hamburg,
  movedInOn: '2003-03-01',
});
