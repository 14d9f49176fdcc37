import { givenNameKeys, normaliseName } from '../../identity/name.js';
import type { Person } from '../people/person.js';
import { MELDESCHEIN_TABLES, MELDESCHEIN_VIEWS, MITZIEHEND, movingAlong } from './meldeschein.js';
import { localKeys, type RegisterSchema, type Row } from './register-schema.js';

const einwohner = [
  'ordnungsmerkmal',
  'idnr',
  'familienname',
  'familienname_vergleich',
  'geburtsname',
  'fruehere_namen',
  'vornamen',
  'vornamen_vergleich',
  'doktorgrad',
  'geburtsdatum',
  'geburtsort',
  'geschlecht',
  'familienstand',
  'sterbetag',
  'auskunftssperre',
  'stand',
] as const;

const anschrift = ['ordnungsmerkmal', 'strasse', 'hausnummer', 'plz', 'ort', 'ars', 'staat', 'einzugsdatum'] as const;
const staatsangehoerigkeit = ['ordnungsmerkmal', 'lfd_nr', 'staat'] as const;
const kind = ['ordnungsmerkmal', 'lfd_nr', 'familienname', 'vornamen', 'geburtsdatum', 'auskunftssperre'] as const;

/** Population register (BMG § 3). Its views show the living, and of children only those that are not blocked (BMG § 34a Abs. 5). */
export const melderegister: RegisterSchema = {
  kind: 'melderegister',
  schema: 'melderegister',
  tables: [
    { name: 'einwohner', columns: einwohner },
    { name: 'anschrift', columns: anschrift },
    { name: 'staatsangehoerigkeit', columns: staatsangehoerigkeit },
    { name: 'kind', columns: kind },
    { name: 'mitziehend', columns: MITZIEHEND },
  ],
  definition: `
    create table melderegister.einwohner (
      ordnungsmerkmal text not null,
      idnr text,
      familienname text not null,
      familienname_vergleich text not null,
      geburtsname text not null,
      fruehere_namen text[] not null,
      vornamen text not null,
      vornamen_vergleich text[] not null,
      doktorgrad text,
      geburtsdatum text not null,
      geburtsort text not null,
      geschlecht text not null,
      familienstand text not null,
      sterbetag text,
      auskunftssperre boolean not null,
      stand timestamptz not null
    );
    create table melderegister.anschrift (
      ordnungsmerkmal text not null,
      strasse text not null,
      hausnummer text not null,
      plz text not null,
      ort text not null,
      ars text,
      staat text not null,
      einzugsdatum text not null
    );
    create table melderegister.staatsangehoerigkeit (
      ordnungsmerkmal text not null,
      lfd_nr smallint not null,
      staat text not null
    );
    create table melderegister.kind (
      ordnungsmerkmal text not null,
      lfd_nr smallint not null,
      familienname text not null,
      vornamen text not null,
      geburtsdatum text not null,
      auskunftssperre boolean not null
    );
    ${MELDESCHEIN_TABLES}
    create view nachweis.meldedaten as
      select e.ordnungsmerkmal as person_key,
             e.idnr,
             e.familienname_vergleich as family_name_key,
             e.vornamen_vergleich as given_name_keys,
             a.ars,
             e.stand as as_of,
             e.auskunftssperre as blocked,
             e.familienname as family_name,
             e.vornamen as given_names,
             e.doktorgrad as doctorate,
             e.geburtsname as birth_name,
             e.geburtsdatum as birth_date,
             e.geburtsort as birth_place,
             e.geschlecht as sex,
             array(select s.staat from melderegister.staatsangehoerigkeit s
                    where s.ordnungsmerkmal = e.ordnungsmerkmal order by s.lfd_nr) as nationalities,
             a.strasse as street,
             a.hausnummer as house_number,
             a.plz as postcode,
             a.ort as town,
             a.staat as country,
             a.einzugsdatum as moved_in_on,
             e.familienstand as marital_status,
             (select coalesce(jsonb_agg(jsonb_build_object('family_name', k.familienname, 'given_names', k.vornamen,
                                                           'birth_date', k.geburtsdatum) order by k.lfd_nr), '[]')
                from melderegister.kind k
               where k.ordnungsmerkmal = e.ordnungsmerkmal and not k.auskunftssperre) as children
        from melderegister.einwohner e
        join melderegister.anschrift a using (ordnungsmerkmal)
       where e.sterbetag is null;
    ${MELDESCHEIN_VIEWS}`,
  indexes: `
    alter table melderegister.einwohner add primary key (ordnungsmerkmal);
    create unique index einwohner_idnr on melderegister.einwohner (idnr) where idnr is not null;
    create index einwohner_name on melderegister.einwohner (familienname_vergleich, geburtsdatum);
    alter table melderegister.anschrift add primary key (ordnungsmerkmal),
      add foreign key (ordnungsmerkmal) references melderegister.einwohner;
    alter table melderegister.staatsangehoerigkeit add primary key (ordnungsmerkmal, lfd_nr),
      add foreign key (ordnungsmerkmal) references melderegister.einwohner;
    alter table melderegister.kind add primary key (ordnungsmerkmal, lfd_nr),
      add foreign key (ordnungsmerkmal) references melderegister.einwohner;
    create index mitziehend_person on melderegister.mitziehend (ordnungsmerkmal);`,
  recorder() {
    const nextKey = localKeys('M');
    return (household, record) => {
      for (const person of household.persons) {
        if (person.withoutRecord) continue;
        const ordnungsmerkmal = nextKey();
        record('einwohner', einwohnerRow(person, ordnungsmerkmal));
        record('anschrift', anschriftRow(person, ordnungsmerkmal));
        person.nationalities.forEach((staat, index) => {
          record('staatsangehoerigkeit', { ordnungsmerkmal, lfd_nr: index + 1, staat });
        });
        person.children.forEach(({ familyName, givenNames, birthDate, blocked }, index) => {
          const names = { familienname: familyName, vornamen: givenNames, geburtsdatum: birthDate };
          record('kind', { ordnungsmerkmal, lfd_nr: index + 1, ...names, auskunftssperre: blocked });
        });
        for (const row of movingAlong(household, person)) record('mitziehend', { ordnungsmerkmal, ...row });
      }
    };
  },
};

function einwohnerRow(person: Person, ordnungsmerkmal: string): Row {
  const deviation = person.melderegisterDeviation;
  const familyName = deviation.familyName ?? person.familyName;
  return {
    ordnungsmerkmal,
    idnr: person.idnr,
    familienname: familyName,
    familienname_vergleich: normaliseName(familyName),
    geburtsname: person.birthName,
    fruehere_namen: person.formerNames,
    vornamen: person.givenNames,
    vornamen_vergleich: givenNameKeys(person.givenNames),
    doktorgrad: person.doctorate,
    geburtsdatum: person.birthDate,
    geburtsort: deviation.birthPlace ?? person.birthPlace,
    geschlecht: person.sex,
    familienstand: person.maritalStatus,
    sterbetag: person.dateOfDeath,
    auskunftssperre: person.blocked,
    stand: person.asOf,
  };
}

function anschriftRow({ address, movedInOn }: Person, ordnungsmerkmal: string): Row {
  return {
    ordnungsmerkmal,
    strasse: address.street,
    hausnummer: address.houseNumber,
    plz: address.postcode,
    ort: address.town,
    ars: address.ars,
    staat: address.country,
    einzugsdatum: movedInOn,
  };
}
