import { bremen } from './cast-addresses.js';
import { childrenEntry, draftPerson } from './drafts.js';
import { scatteredIdnr } from './scattered-idnr.js';

/** The family of the demo: parents in Bremen, a newborn, and an elder child for whom Kindergeld is being paid. */
export const newborn = draftPerson({
  number: 2,
  idnr: scatteredIdnr(2),
  familyName: 'von Mustermann-Søndergård',
  givenNames: 'Mia Łucja',
  birthDate: '2026-09-14',
  birthPlace: 'Bremen',
  sex: 'weiblich',
  address: bremen,
  movedInOn: '2026-09-14',
  asOf: '2026-09-21T09:15:00Z',
});
export const elderChild = draftPerson({
  number: 3,
  idnr: scatteredIdnr(3),
  familyName: 'von Mustermann-Søndergård',
  givenNames: 'Jörn Ægir',
  birthDate: '2021-03-02',
  birthPlace: 'Bremen',
  sex: 'männlich',
  address: bremen,
  movedInOn: '2021-03-02',
  asOf: '2021-03-10T10:00:00Z',
});
export const mother = draftPerson({
  number: 0,
  idnr: scatteredIdnr(0),
  familyName: 'von Mustermann-Søndergård',
  birthName: 'Mühlenbröck',
  givenNames: 'Erika Jördis',
  doctorate: 'Dr.',
  birthDate: '1992-08-12',
  birthPlace: 'Lübeck',
  sex: 'weiblich',
  maritalStatus: 'verheiratet',
  address: bremen,
  movedInOn: '2019-05-01',
  children: childrenEntry([newborn, elderChild]),
  asOf: '2026-09-21T09:15:00Z',
});
export const father = draftPerson({
  number: 1,
  idnr: scatteredIdnr(1),
  familyName: 'von Mustermann-Søndergård',
  givenNames: 'Björn Łukasz Íñigo',
  birthDate: '1989-02-28',
  birthPlace: 'Åbenrå',
  sex: 'männlich',
  nationalities: ['DE', 'DK'],
  maritalStatus: 'verheiratet',
  address: bremen,
  movedInOn: '2019-05-01',
  children: childrenEntry([newborn, elderChild]),
  asOf: '2026-09-21T09:15:00Z',
});
