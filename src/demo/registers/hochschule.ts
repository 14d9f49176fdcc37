import { givenNameKeys, normaliseName } from '../../identity/name.js';
import { yearsLater } from '../people/calendar.js';
import { isMinor } from '../people/drafts.js';
import { type Person, REFERENCE_DATE } from '../people/person.js';
import { localKeys, type RegisterSchema, type Row } from './register-schema.js';

const studierende = [
  'matrikelnummer',
  'idnr',
  'familienname',
  'familienname_vergleich',
  'vornamen',
  'vornamen_vergleich',
  'geburtsdatum',
  'ars',
  'studiengang',
  'abschluss',
  'fachsemester',
  'eingeschrieben_seit',
  'eingeschrieben_bis',
  'auskunftssperre',
  'stand',
] as const;

const PROGRAMMES = ['Musterwissenschaft', 'Probelehre', 'Attrappenbau', 'Angewandte Schablonenkunde'] as const;
const TERM = { start: '10-01', end: '2027-03-31' } as const;

/** Students (IDNrG annex no. 25): every other person between 18 and 27, of one university for all regions. */
export const hochschule: RegisterSchema = {
  kind: 'hochschule',
  schema: 'hochschule',
  tables: [{ name: 'studierende', columns: studierende }],
  definition: `
    create table hochschule.studierende (
      matrikelnummer text not null,
      idnr text,
      familienname text not null,
      familienname_vergleich text not null,
      vornamen text not null,
      vornamen_vergleich text[] not null,
      geburtsdatum text not null,
      ars text,
      studiengang text not null,
      abschluss text not null,
      fachsemester smallint not null,
      eingeschrieben_seit text not null,
      eingeschrieben_bis text not null,
      auskunftssperre boolean not null,
      stand timestamptz not null
    );
    create view nachweis.studienbescheinigung as
      select matrikelnummer as person_key,
             idnr,
             geburtsdatum as birth_date,
             familienname as family_name,
             familienname_vergleich as family_name_key,
             vornamen as given_names,
             vornamen_vergleich as given_name_keys,
             ars,
             stand as as_of,
             auskunftssperre as blocked,
             matrikelnummer as matriculation_number,
             'Musterhochschule Bremen'::text as institution,
             studiengang as degree_programme,
             abschluss as degree,
             fachsemester::text as semester_count,
             eingeschrieben_seit as enrolled_from,
             eingeschrieben_bis as enrolled_until
        from hochschule.studierende;`,
  indexes: `
    alter table hochschule.studierende add primary key (matrikelnummer);
    create unique index studierende_idnr on hochschule.studierende (idnr) where idnr is not null;`,
  recorder() {
    const nextKey = localKeys('H');
    return (household, record) => {
      for (const person of household.persons)
        if (isStudent(person)) record('studierende', studentRow(person, nextKey()));
    };
  },
};

function isStudent({ number, birthDate, dateOfDeath, withoutRecord }: Person): boolean {
  // Of a person whose day of birth is not known in full the age is a guess.
  if (birthDate.length < 10 || isMinor(birthDate) || dateOfDeath !== null || withoutRecord) return false;
  return yearsLater(birthDate, 27) > REFERENCE_DATE && number % 2 === 0;
}

function studentRow(person: Person, matrikelnummer: string): Row {
  const years = person.number % 3;
  return {
    matrikelnummer,
    idnr: person.idnr,
    familienname: person.familyName,
    familienname_vergleich: normaliseName(person.familyName),
    vornamen: person.givenNames,
    vornamen_vergleich: givenNameKeys(person.givenNames),
    geburtsdatum: person.birthDate,
    ars: person.address.ars,
    studiengang: PROGRAMMES[person.number % PROGRAMMES.length] ?? PROGRAMMES[0],
    abschluss: person.number % 5 === 0 ? 'Master' : 'Bachelor',
    fachsemester: 2 * years + 1,
    eingeschrieben_seit: `${2026 - years}-${TERM.start}`,
    eingeschrieben_bis: TERM.end,
    auskunftssperre: person.blocked,
    stand: '2026-10-01T06:00:00Z',
  };
}
