import { givenNameKeys, normaliseName } from '../../identity/name.js';
import { isMinor } from '../people/drafts.js';
import type { Person } from '../people/person.js';
import { localKeys, type RegisterSchema, type Row } from './register-schema.js';

const anzeige = [
  'aktenzeichen',
  'idnr',
  'familienname',
  'familienname_vergleich',
  'vornamen',
  'vornamen_vergleich',
  'geburtsdatum',
  'ars',
  'auskunftssperre',
  'stand',
] as const;

/** Fields of form 1 (GewAnzV Anlage 1). */
const FIELDS = Array.from({ length: 33 }, (_, index) => index + 1);

/**
 * Notices of the start of a business (GewO § 14 Abs. 1): every fifth adult. What the fields are called stands in the
 * printed forms alone, so each holds its own number and the file it is from: enough to see which field went where.
 */
export const gewerberegister: RegisterSchema = {
  kind: 'gewerberegister',
  schema: 'gewerberegister',
  tables: [{ name: 'anzeige', columns: anzeige }],
  definition: `
    create table gewerberegister.anzeige (
      aktenzeichen text not null,
      idnr text,
      familienname text not null,
      familienname_vergleich text not null,
      vornamen text not null,
      vornamen_vergleich text[] not null,
      geburtsdatum text not null,
      ars text,
      auskunftssperre boolean not null,
      stand timestamptz not null
    );
    create view nachweis.gewerbeanzeige_anmeldung as
      select aktenzeichen as person_key,
             idnr,
             geburtsdatum as birth_date,
             familienname as family_name,
             familienname_vergleich as family_name_key,
             vornamen_vergleich as given_name_keys,
             ars,
             stand as as_of,
             auskunftssperre as blocked,
             ${FIELDS.map((it) => `'Feld ${it} zu ' || aktenzeichen as field_${String(it).padStart(2, '0')}`).join(`,
             `)}
        from gewerberegister.anzeige;`,
  indexes: `
    alter table gewerberegister.anzeige add primary key (aktenzeichen);
    create unique index anzeige_idnr on gewerberegister.anzeige (idnr) where idnr is not null;`,
  recorder() {
    const nextKey = localKeys('GA');
    return (household, record) => {
      for (const person of household.persons) {
        const { birthDate, dateOfDeath, withoutRecord, number } = person;
        if (isMinor(birthDate) || dateOfDeath !== null || withoutRecord || number % 5 !== 1) continue;
        record('anzeige', noticeRow(person, nextKey()));
      }
    };
  },
};

function noticeRow(person: Person, aktenzeichen: string): Row {
  return {
    aktenzeichen,
    idnr: person.idnr,
    familienname: person.familyName,
    familienname_vergleich: normaliseName(person.familyName),
    vornamen: person.givenNames,
    vornamen_vergleich: givenNameKeys(person.givenNames),
    geburtsdatum: person.birthDate,
    ars: person.address.ars,
    auskunftssperre: person.blocked,
    stand: person.asOf,
  };
}
