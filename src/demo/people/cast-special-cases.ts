import { aabenraa, bremen, flensburg, halle, hamburg, kiel, magdeburg } from './cast-addresses.js';
import { childrenEntry, draftPerson } from './drafts.js';
import { scatteredIdnr } from './scattered-idnr.js';

const twin = {
  familyName: 'Beispielbäcker',
  birthDate: '2026-07-07',
  birthPlace: 'Hamburg',
  address: hamburg,
  movedInOn: '2026-07-07',
} as const;
export const twins = [
  draftPerson({ ...twin, number: 5, idnr: scatteredIdnr(5), givenNames: 'Zoë', sex: 'weiblich' }),
  draftPerson({ ...twin, number: 6, idnr: scatteredIdnr(6), givenNames: 'Käthe', sex: 'weiblich' }),
] as const;
export const twinsMother = draftPerson({
  ...twin,
  number: 4,
  idnr: scatteredIdnr(4),
  givenNames: 'Frauke',
  birthDate: '1996-11-30',
  sex: 'weiblich',
  movedInOn: '2022-10-01',
  children: childrenEntry(twins),
});

const namesake = {
  familyName: 'Mustergrün',
  givenNames: 'Kim',
  birthDate: '1984-06-15',
  sex: 'divers',
  movedInOn: '2015-04-01',
} as const;
export const namesakes = [
  draftPerson({ ...namesake, number: 7, idnr: scatteredIdnr(7), birthPlace: 'Kiel', address: kiel }),
  draftPerson({ ...namesake, number: 8, idnr: scatteredIdnr(8), birthPlace: 'Magdeburg', address: magdeburg }),
] as const;

export const blockedChild = draftPerson({
  number: 10,
  idnr: scatteredIdnr(10),
  familyName: 'Schablonenweiß',
  givenNames: 'Noa',
  birthDate: '2026-06-01',
  birthPlace: 'Kiel',
  sex: 'weiblich',
  address: kiel,
  movedInOn: '2026-06-01',
  blocked: true,
});
export const blocked = draftPerson({
  number: 9,
  idnr: scatteredIdnr(9),
  familyName: 'Schablonenweiß',
  givenNames: 'Inés Renée',
  birthDate: '1995-01-20',
  birthPlace: 'Flensburg',
  sex: 'weiblich',
  address: kiel,
  movedInOn: '2025-12-01',
  children: childrenEntry([blockedChild]),
  blocked: true,
});

export const deceased = draftPerson({
  number: 11,
  idnr: scatteredIdnr(11),
  familyName: 'Vorlagenstraß',
  givenNames: 'Göran',
  birthDate: '1949-12-24',
  birthPlace: 'Dessau-Roßlau',
  sex: 'männlich',
  maritalStatus: 'verheiratet',
  address: magdeburg,
  movedInOn: '1990-10-03',
  dateOfDeath: '2025-02-11',
  asOf: '2025-02-14T11:30:00Z',
});
export const widow = draftPerson({
  number: 12,
  idnr: scatteredIdnr(12),
  familyName: 'Vorlagenstraß',
  birthName: "d'Örneksjö",
  givenNames: 'Wiebke Åse',
  birthDate: '1951-04-05',
  birthPlace: 'Magdeburg',
  sex: 'weiblich',
  maritalStatus: 'verwitwet',
  address: magdeburg,
  movedInOn: '1990-10-03',
  asOf: '2025-02-14T11:30:00Z',
});

export const withoutRecord = draftPerson({
  number: 13,
  idnr: scatteredIdnr(13),
  familyName: 'Attrappenhöfer',
  givenNames: 'Toni',
  birthDate: '1990-05-05',
  birthPlace: 'Bremerhaven',
  sex: 'männlich',
  address: bremen,
  movedInOn: '2020-01-01',
  withoutRecord: true,
});

export const retiredDuplicate = draftPerson({
  number: 14,
  idnr: scatteredIdnr(14),
  retiredIdnrs: [scatteredIdnr(900)],
  familyName: 'zu Probestraß',
  givenNames: 'Jürgen René',
  birthDate: '1978-03-31',
  birthPlace: 'Neumünster',
  sex: 'männlich',
  address: hamburg,
  movedInOn: '2011-08-15',
});

export const withoutIdnr = draftPerson({
  number: 16,
  familyName: 'Örnekdağ',
  givenNames: 'Elif',
  birthDate: '2026-10-25',
  birthPlace: 'Flensburg',
  sex: 'weiblich',
  nationalities: ['DE', 'TR'],
  address: flensburg,
  movedInOn: '2026-10-25',
});
export const parentOfChildWithoutIdnr = draftPerson({
  number: 15,
  idnr: scatteredIdnr(15),
  familyName: 'Örnekdağ',
  givenNames: 'Ayşe Çağla',
  birthDate: '1999-09-09',
  birthPlace: 'İzmir',
  sex: 'weiblich',
  nationalities: ['TR'],
  address: flensburg,
  movedInOn: '2024-02-01',
  children: childrenEntry([withoutIdnr]),
});

export const partialBirthDate = draftPerson({
  number: 17,
  idnr: scatteredIdnr(17),
  familyName: 'Próbaşahin',
  givenNames: 'Uğur',
  birthDate: '1971',
  birthPlace: 'Ḩalab',
  sex: 'männlich',
  nationalities: ['SY'],
  address: halle,
  movedInOn: '2016-06-01',
});
export const birthMonthOnly = draftPerson({
  number: 18,
  idnr: scatteredIdnr(18),
  familyName: 'Próbaşahin',
  givenNames: 'Siân',
  birthDate: '1974-07',
  birthPlace: 'Ḩalab',
  sex: 'weiblich',
  nationalities: ['SY'],
  address: halle,
  movedInOn: '2016-06-01',
});

export const childOfParentAbroad = draftPerson({
  number: 20,
  idnr: scatteredIdnr(20),
  familyName: 'Prøvekjær',
  givenNames: 'Solveig',
  birthDate: '2024-01-15',
  birthPlace: 'Flensburg',
  sex: 'weiblich',
  nationalities: ['DE', 'DK'],
  address: flensburg,
  movedInOn: '2024-01-15',
});
export const parentOfChildWithParentAbroad = draftPerson({
  number: 19,
  idnr: scatteredIdnr(19),
  familyName: 'van der Entwurfsbrück',
  givenNames: 'Käthe',
  birthDate: '1994-04-14',
  birthPlace: 'Kiel',
  sex: 'weiblich',
  maritalStatus: 'geschieden',
  formerNames: ['Prøvekjær'],
  address: flensburg,
  movedInOn: '2021-01-01',
  children: childrenEntry([childOfParentAbroad]),
});
export const foreignAddress = draftPerson({
  number: 21,
  idnr: scatteredIdnr(21),
  familyName: 'Prøvekjær',
  givenNames: 'Søren',
  birthDate: '1991-10-10',
  birthPlace: 'Åbenrå',
  sex: 'männlich',
  nationalities: ['DK'],
  maritalStatus: 'geschieden',
  address: aabenraa,
  movedInOn: '2025-07-01',
  children: childrenEntry([childOfParentAbroad]),
});

export const conflictingChild = draftPerson({
  number: 23,
  idnr: scatteredIdnr(23),
  familyName: 'Musterbäcker-Übungsgrün',
  givenNames: 'Renée Žofie',
  birthDate: '2026-08-08',
  birthPlace: 'Halle (Saale)',
  sex: 'weiblich',
  address: halle,
  movedInOn: '2026-08-08',
  melderegisterDeviation: { familyName: 'Musterbaecker-Uebungsgruen', birthPlace: 'Halle/Saale' },
});
export const conflicting = draftPerson({
  number: 22,
  idnr: scatteredIdnr(22),
  familyName: 'Musterbäcker-Übungsgrün',
  givenNames: 'Noémie',
  birthDate: '1997-12-01',
  birthPlace: 'Magdeburg',
  sex: 'weiblich',
  address: halle,
  movedInOn: '2023-03-01',
  children: childrenEntry([conflictingChild]),
  melderegisterDeviation: { familyName: 'Musterbaecker-Uebungsgruen' },
});
