import { givenNameKeys, normaliseName } from '../../identity/name.js';
import { isMinor } from '../people/drafts.js';
import type { Person } from '../people/person.js';
import { localKeys, type RegisterSchema, type Row } from './register-schema.js';

const fahrzeug = [
  'lfd_nr',
  'idnr',
  'familienname',
  'familienname_vergleich',
  'vornamen',
  'vornamen_vergleich',
  'geburtsdatum',
  'ars',
  'kennzeichen',
  'fin',
  'erstzulassung',
  'zugelassen_seit',
  'emissionsklasse',
  'hauptuntersuchung',
  'fruehere_halter',
  'auskunftssperre',
  'stand',
] as const;

/** Vehicles and their holders (FZV §§ 57, 59): every third adult has one. */
export const zfzr: RegisterSchema = {
  kind: 'zfzr',
  schema: 'zfzr',
  tables: [{ name: 'fahrzeug', columns: fahrzeug }],
  definition: `
    create table zfzr.fahrzeug (
      lfd_nr text not null,
      idnr text,
      familienname text not null,
      familienname_vergleich text not null,
      vornamen text not null,
      vornamen_vergleich text[] not null,
      geburtsdatum text not null,
      ars text,
      kennzeichen text not null,
      fin text not null,
      erstzulassung text not null,
      zugelassen_seit text not null,
      emissionsklasse text not null,
      hauptuntersuchung text not null,
      fruehere_halter smallint not null,
      auskunftssperre boolean not null,
      stand timestamptz not null
    );
    create view nachweis.fahrzeug as
      select lfd_nr as person_key,
             idnr,
             geburtsdatum as birth_date,
             familienname as family_name,
             familienname_vergleich as family_name_key,
             vornamen_vergleich as given_name_keys,
             ars,
             stand as as_of,
             auskunftssperre as blocked,
             kennzeichen as plate,
             fin as vehicle_identification_number,
             erstzulassung as first_registered_on,
             zugelassen_seit as registered_on,
             emissionsklasse as emission_class,
             hauptuntersuchung as inspection_due,
             'TEST-I-' || lfd_nr as certificate_1_number,
             'TEST-II-' || lfd_nr as certificate_2_number,
             substr(md5('I' || lfd_nr), 1, 7) as certificate_1_code,
             substr(md5('II' || lfd_nr), 1, 12) as certificate_2_code,
             'Musterversicherung'::text as insurer,
             'TEST-V-' || lfd_nr as insurance_number,
             null::text as decommissioned_on,
             fruehere_halter::text as former_holders_count
        from zfzr.fahrzeug;`,
  indexes: `
    alter table zfzr.fahrzeug add primary key (lfd_nr);
    create unique index fahrzeug_idnr on zfzr.fahrzeug (idnr) where idnr is not null;`,
  recorder() {
    const nextKey = localKeys('F');
    return (household, record) => {
      for (const person of household.persons) {
        const { birthDate, dateOfDeath, withoutRecord, number } = person;
        if (isMinor(birthDate) || dateOfDeath !== null || withoutRecord || number % 3 !== 0) continue;
        record('fahrzeug', vehicleRow(person, nextKey()));
      }
    };
  },
};

function vehicleRow(person: Person, lfd_nr: string): Row {
  const { number } = person;
  const year = 2012 + (number % 14);
  return {
    lfd_nr,
    idnr: person.idnr,
    familienname: person.familyName,
    familienname_vergleich: normaliseName(person.familyName),
    vornamen: person.givenNames,
    vornamen_vergleich: givenNameKeys(person.givenNames),
    geburtsdatum: person.birthDate,
    ars: person.address.ars,
    // No authority gives out a district "XX", and no maker has a world code "XXX".
    kennzeichen: `XX-${letters(number)} ${1 + (number % 9999)}`,
    fin: `XXXTEST${String(number).padStart(10, '0')}`,
    erstzulassung: `${year}-0${1 + (number % 9)}-15`,
    zugelassen_seit: `${Math.min(2026, year + (number % 3))}-0${1 + (number % 9)}-20`,
    emissionsklasse: year < 2016 ? 'Euro 5' : 'Euro 6',
    hauptuntersuchung: `2027-0${1 + (number % 9)}`,
    fruehere_halter: number % 3,
    auskunftssperre: person.blocked,
    stand: person.asOf,
  };
}

function letters(number: number): string {
  const letter = (n: number): string => String.fromCharCode(65 + (n % 26));
  return `${letter(Math.floor(number / 26))}${letter(number)}`;
}
