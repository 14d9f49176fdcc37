import { givenNameKeys, normaliseName } from '../../identity/name.js';
import { yearsLater } from '../people/calendar.js';
import { isMinor } from '../people/drafts.js';
import { type Person, REFERENCE_DATE } from '../people/person.js';
import { localKeys, type RegisterSchema, type Row } from './register-schema.js';

const bescheinigung = [
  'versicherungsnummer',
  'idnr',
  'familienname',
  'familienname_vergleich',
  'vornamen_vergleich',
  'geburtsdatum',
  'ars',
  'arbeitgeber',
  'zeitraum_von',
  'zeitraum_bis',
  'gesamtbrutto',
  'gemeldet',
  'auskunftssperre',
  'stand',
] as const;

const EMPLOYERS = ['Musterwerk GmbH', 'Probehandel KG', 'Attrappenbau AG', 'Schablonendienst e. K.'] as const;
const PERIOD = { from: '2026-10-01', to: '2026-10-31' } as const;

/**
 * Pay data of employers, through one office for all (BEEG § 9 Abs. 2). Half of the employers have reported; of the others the
 * data come with their next payroll run.
 */
export const entgelt: RegisterSchema = {
  kind: 'entgelt',
  schema: 'entgelt',
  tables: [{ name: 'bescheinigung', columns: bescheinigung }],
  definition: `
    create table entgelt.bescheinigung (
      versicherungsnummer text not null,
      idnr text,
      familienname text not null,
      familienname_vergleich text not null,
      vornamen_vergleich text[] not null,
      geburtsdatum text not null,
      ars text,
      arbeitgeber text not null,
      zeitraum_von text not null,
      zeitraum_bis text not null,
      gesamtbrutto text not null,
      gemeldet boolean not null,
      auskunftssperre boolean not null,
      stand timestamptz not null,
      naechste_abrechnung timestamptz not null default date_trunc('month', now()) + interval '1 month'
    );
    create view nachweis.entgelt as
      select versicherungsnummer as person_key,
             idnr,
             geburtsdatum as birth_date,
             familienname as family_name,
             familienname_vergleich as family_name_key,
             vornamen_vergleich as given_name_keys,
             ars,
             stand as as_of,
             auskunftssperre as blocked,
             case when not gemeldet then naechste_abrechnung end as available_at,
             arbeitgeber as employer_name,
             zeitraum_von as period_from,
             zeitraum_bis as period_to,
             gesamtbrutto as gross_pay
        from entgelt.bescheinigung;`,
  indexes: `
    alter table entgelt.bescheinigung add primary key (versicherungsnummer);
    create unique index bescheinigung_idnr on entgelt.bescheinigung (idnr) where idnr is not null;`,
  recorder() {
    const nextKey = localKeys('E');
    return (household, record) => {
      for (const person of household.persons)
        if (isEmployed(person)) record('bescheinigung', certificateRow(person, nextKey()));
    };
  },
};

function isEmployed({ birthDate, dateOfDeath, withoutRecord }: Person): boolean {
  // Of a person whose day of birth is not known in full the age is a guess.
  if (birthDate.length < 10 || isMinor(birthDate) || dateOfDeath !== null || withoutRecord) return false;
  return yearsLater(birthDate, 67) > REFERENCE_DATE;
}

function certificateRow(person: Person, versicherungsnummer: string): Row {
  return {
    versicherungsnummer,
    idnr: person.idnr,
    familienname: person.familyName,
    familienname_vergleich: normaliseName(person.familyName),
    vornamen_vergleich: givenNameKeys(person.givenNames),
    geburtsdatum: person.birthDate,
    ars: person.address.ars,
    arbeitgeber: EMPLOYERS[person.number % EMPLOYERS.length] ?? EMPLOYERS[0],
    zeitraum_von: PERIOD.from,
    zeitraum_bis: PERIOD.to,
    gesamtbrutto: `${2400 + (person.number % 40) * 50},00 EUR`,
    gemeldet: person.number % 2 === 1,
    auskunftssperre: person.blocked,
    stand: '2026-11-01T06:00:00Z',
  };
}
