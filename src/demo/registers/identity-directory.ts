import { familyNameKey, givenNameKeys, normaliseName } from '../../identity/name.js';
import { castMandates } from '../people/cast-mandates.js';
import type { Birth, Person } from '../people/person.js';
import { type Cell, localKeys, type RegisterSchema, type Row } from './register-schema.js';

const person = [
  'ordnungsnummer',
  'idnr',
  'ersetzt_durch',
  'familienname',
  'familienname_vergleich',
  'familienname_suche',
  'fruehere_namen',
  'vornamen',
  'vornamen_vergleich',
  'doktorgrad',
  'geburtsdatum',
  'geburtsort',
  'geschlecht',
  'staatsangehoerigkeiten',
  'strasse',
  'hausnummer',
  'plz',
  'ort',
  'ort_vergleich',
  'ars',
  'staat',
  'sterbetag',
  'auskunftssperre',
  'stand',
] as const;

const vertretung = ['kind_idnr', 'elternteil_idnr', 'art', 'bis'] as const;

/** Base data of everybody who has an identification number (IDNrG § 4 Abs. 2, Auskunftssperren Abs. 3). */
export const identityDirectory: RegisterSchema = {
  kind: 'identity-directory',
  schema: 'identitaetsdaten',
  tables: [
    { name: 'person', columns: person },
    { name: 'vertretung', columns: vertretung },
  ],
  definition: `
    create table identitaetsdaten.person (
      ordnungsnummer text not null,
      idnr text not null,
      ersetzt_durch text,
      familienname text not null,
      familienname_vergleich text not null,
      familienname_suche text not null,
      fruehere_namen text[] not null,
      vornamen text not null,
      vornamen_vergleich text[] not null,
      doktorgrad text,
      geburtsdatum text not null,
      geburtsort text not null,
      geschlecht text not null,
      staatsangehoerigkeiten text[] not null,
      strasse text not null,
      hausnummer text not null,
      plz text not null,
      ort text not null,
      ort_vergleich text not null,
      ars text,
      staat text not null,
      sterbetag text,
      auskunftssperre boolean not null,
      stand timestamptz not null
    );
    create table identitaetsdaten.vertretung (
      kind_idnr text not null,
      elternteil_idnr text not null,
      art text not null check (art in ('joint-custody', 'sole-custody', 'guardianship', 'care', 'power-of-attorney')),
      bis date
    );
    create view nachweis.identity as
      select ordnungsnummer as person_key,
             idnr,
             ersetzt_durch as superseded_by,
             familienname as family_name,
             familienname_vergleich as family_name_key,
             familienname_suche as family_name_search,
             fruehere_namen as former_names,
             vornamen as given_names,
             vornamen_vergleich as given_name_keys,
             doktorgrad as doctorate,
             geburtsdatum as birth_date,
             geburtsort as birth_place,
             geschlecht as sex,
             staatsangehoerigkeiten as nationalities,
             strasse as street,
             hausnummer as house_number,
             plz as postcode,
             ort as town,
             ort_vergleich as town_key,
             ars,
             staat as country,
             sterbetag as date_of_death,
             auskunftssperre as blocked,
             stand as as_of
        from identitaetsdaten.person;
    create view nachweis.representative as
      select kind_idnr as child_idnr, elternteil_idnr as parent_idnr, art as kind,
             case when art in ('joint-custody', 'sole-custody') then 'custody' else art end as representation,
             bis as valid_until
        from identitaetsdaten.vertretung;`,
  indexes: `
    alter table identitaetsdaten.person add primary key (idnr);
    create index person_name on identitaetsdaten.person (familienname_suche, geburtsdatum);
    alter table identitaetsdaten.vertretung add primary key (kind_idnr, elternteil_idnr, art);
    create index vertretung_elternteil on identitaetsdaten.vertretung (elternteil_idnr);`,
  recorder() {
    const nextKey = localKeys('ID');
    return (household, record) => {
      for (const entry of household.persons) {
        if (entry.idnr === null) continue;
        record('person', personRow(entry, entry.idnr, null, nextKey()));
        for (const retired of entry.retiredIdnrs) record('person', personRow(entry, retired, entry.idnr, nextKey()));
      }
      for (const { represented, representative, by, until } of castMandates)
        if (household.persons.some(({ number }) => number === represented.number))
          record('vertretung', {
            kind_idnr: represented.idnr,
            elternteil_idnr: representative.idnr,
            art: by,
            bis: until,
          });
      for (const birth of household.births) {
        const child = household.persons.find(({ number }) => number === birth.child);
        if (!child?.idnr) continue;
        for (const row of representatives(birth, child.idnr)) record('vertretung', row);
      }
    };
  },
};

function personRow(entry: Person, idnr: string, supersededBy: string | null, key: string): Row {
  const { address } = entry;
  return {
    ordnungsnummer: key,
    idnr,
    ersetzt_durch: supersededBy,
    familienname: entry.familyName,
    familienname_vergleich: normaliseName(entry.familyName),
    familienname_suche: familyNameKey(entry.familyName),
    fruehere_namen: entry.formerNames,
    vornamen: entry.givenNames,
    vornamen_vergleich: givenNameKeys(entry.givenNames),
    doktorgrad: entry.doctorate,
    geburtsdatum: entry.birthDate,
    geburtsort: entry.birthPlace,
    geschlecht: entry.sex,
    staatsangehoerigkeiten: entry.nationalities,
    strasse: address.street,
    hausnummer: address.houseNumber,
    plz: address.postcode,
    ort: address.town,
    ort_vergleich: normaliseName(address.town),
    ars: address.ars,
    staat: address.country,
    sterbetag: entry.dateOfDeath,
    auskunftssperre: entry.blocked,
    stand: entry.asOf,
  };
}

function representatives(birth: Birth, childIdnr: string): Row[] {
  return birth.parents.flatMap(({ idnr, custody }): Readonly<Record<string, Cell>>[] =>
    idnr && custody ? [{ kind_idnr: childIdnr, elternteil_idnr: idnr, art: custody, bis: null }] : [],
  );
}
