import { checkDigit } from '../../identity/check-digit.js';
import { normaliseName } from '../../identity/name.js';
import { isMinor } from '../people/drafts.js';
import type { Person } from '../people/person.js';
import type { RegisterSchema, Row } from './register-schema.js';

/** No court has this code. */
const COURT = 'TEST1';

const eintragung = [
  'register_art',
  'gericht',
  'nummer',
  'wirtschaftsnummer',
  'firma',
  'rechtsform',
  'sitz',
  'geschaeftsanschrift',
  'gegenstand',
  'kapital',
  'vertretungsregelung',
  'vertretungsberechtigte',
  'vertretung_vergleich',
  'satzung_vom',
  'gesperrt',
  'stand',
] as const;

/**
 * Section B of a commercial register (HRV § 43): one company for every fortieth adult, who is its only managing director. Names,
 * court and numbers are those of no company.
 */
export const handelsregister: RegisterSchema = {
  kind: 'handelsregister',
  schema: 'handelsregister',
  tables: [{ name: 'eintragung', columns: eintragung }],
  definition: `
    create table handelsregister.eintragung (
      register_art text not null,
      gericht text not null,
      nummer text not null,
      wirtschaftsnummer text not null,
      firma text not null,
      rechtsform text not null,
      sitz text not null,
      geschaeftsanschrift text not null,
      gegenstand text not null,
      kapital text not null,
      vertretungsregelung text not null,
      vertretungsberechtigte text not null,
      vertretung_vergleich text not null,
      satzung_vom text not null,
      gesperrt boolean not null,
      stand timestamptz not null
    );
    create view nachweis.handelsregister_auszug as
      select register_art as register_kind,
             gericht as court,
             nummer as entry_number,
             wirtschaftsnummer as business_number,
             vertretung_vergleich::jsonb as representatives,
             gesperrt as blocked,
             stand as as_of,
             firma as company_name,
             register_art || ' ' || nummer || ', Registergericht ' || gericht as register_number,
             rechtsform as legal_form,
             sitz as seat,
             geschaeftsanschrift as business_address,
             gegenstand as object,
             kapital as capital,
             vertretungsregelung as representation_rule,
             vertretungsberechtigte::jsonb as managing_persons,
             null::jsonb as prokura,
             satzung_vom as articles_on
        from handelsregister.eintragung;`,
  indexes: `
    alter table handelsregister.eintragung add primary key (register_art, gericht, nummer);
    create unique index eintragung_wirtschaftsnummer on handelsregister.eintragung (wirtschaftsnummer);`,
  recorder() {
    return (household, record) => {
      for (const person of household.persons) {
        const { birthDate, dateOfDeath, withoutRecord, blocked, number } = person;
        // Who is blocked is named to nobody.
        if (isMinor(birthDate) || dateOfDeath !== null || withoutRecord || blocked || number % 40 !== 1) continue;
        record('eintragung', entryRow(person));
      }
    };
  },
};

/** How the company that this person manages is found, by either of its keys. */
export function companyOf({ number }: Pick<Person, 'number'>) {
  const body = `0${String(number).padStart(7, '0')}`;
  return {
    byEntry: { set: 'register-number', kind: 'HRB', court: COURT, number: String(900_000 + number) },
    byNumber: { set: 'business-number', business_number: `DE${body}${checkDigit(body)}-00001` },
  } as const;
}

function entryRow(person: Person): Row {
  const { familyName, givenNames, birthDate, address, number } = person;
  const { byEntry, byNumber } = companyOf(person);
  const managing = { family_name: familyName, given_names: givenNames, birth_date: birthDate, town: address.town };
  return {
    register_art: byEntry.kind,
    gericht: byEntry.court,
    nummer: byEntry.number,
    wirtschaftsnummer: byNumber.business_number,
    firma: `Musterfirma ${number} GmbH`,
    rechtsform: 'Gesellschaft mit beschränkter Haftung',
    sitz: address.town,
    geschaeftsanschrift: `${address.street} ${address.houseNumber}, ${address.postcode} ${address.town}`,
    gegenstand: 'Handel mit Mustern aller Art',
    kapital: '25000 EUR',
    vertretungsregelung: 'Ist nur ein Geschäftsführer bestellt, vertritt er die Gesellschaft allein.',
    vertretungsberechtigte: JSON.stringify([managing]),
    vertretung_vergleich: JSON.stringify([{ family_name_key: normaliseName(familyName), birth_date: birthDate }]),
    satzung_vom: '2020-01-15',
    gesperrt: false,
    stand: person.asOf,
  };
}
