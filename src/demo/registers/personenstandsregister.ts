import { givenNameKeys, normaliseName } from '../../identity/name.js';
import type { Birth, Household, Person } from '../people/person.js';
import { localKeys, type RegisterSchema, type Row } from './register-schema.js';

const geburtseintrag = [
  'registrierung',
  'idnr',
  'geburtsname',
  'geburtsname_vergleich',
  'vornamen',
  'vornamen_vergleich',
  'tag',
  'uhrzeit',
  'ort',
  'ars',
  'geschlecht',
  'sperrvermerk',
  'stand',
] as const;

const elternteil = ['registrierung', 'lfd_nr', 'familienname', 'geburtsname', 'vornamen'] as const;

/** Birth entries (PStG § 21 Abs. 1); a Sperrvermerk (PStG § 64) shows as `blocked`. */
export const personenstandsregister: RegisterSchema = {
  kind: 'personenstandsregister',
  schema: 'personenstandsregister',
  tables: [
    { name: 'geburtseintrag', columns: geburtseintrag },
    { name: 'elternteil', columns: elternteil },
  ],
  definition: `
    create table personenstandsregister.geburtseintrag (
      registrierung text not null,
      idnr text,
      geburtsname text not null,
      geburtsname_vergleich text not null,
      vornamen text not null,
      vornamen_vergleich text[] not null,
      tag text not null,
      uhrzeit text not null,
      ort text not null,
      ars text not null,
      geschlecht text not null,
      sperrvermerk boolean not null,
      stand timestamptz not null
    );
    create table personenstandsregister.elternteil (
      registrierung text not null,
      lfd_nr smallint not null check (lfd_nr in (1, 2)),
      familienname text not null,
      geburtsname text not null,
      vornamen text not null
    );
    create view nachweis.geburt as
      select g.registrierung as person_key,
             g.idnr,
             g.geburtsname as family_name,
             g.geburtsname_vergleich as family_name_key,
             g.vornamen_vergleich as given_name_keys,
             g.ars,
             g.stand as as_of,
             g.sperrvermerk as blocked,
             g.geburtsname as child_birth_name,
             g.vornamen as child_given_names,
             g.tag as birth_date,
             g.ort as birth_place,
             g.uhrzeit as birth_time,
             g.geschlecht as sex,
             erster.familienname as parent_1_family_name,
             erster.geburtsname as parent_1_birth_name,
             erster.vornamen as parent_1_given_names,
             zweiter.familienname as parent_2_family_name,
             zweiter.geburtsname as parent_2_birth_name,
             zweiter.vornamen as parent_2_given_names
        from personenstandsregister.geburtseintrag g
        left join personenstandsregister.elternteil erster
               on erster.registrierung = g.registrierung and erster.lfd_nr = 1
        left join personenstandsregister.elternteil zweiter
               on zweiter.registrierung = g.registrierung and zweiter.lfd_nr = 2;`,
  indexes: `
    alter table personenstandsregister.geburtseintrag add primary key (registrierung);
    create unique index geburtseintrag_idnr on personenstandsregister.geburtseintrag (idnr) where idnr is not null;
    create index geburtseintrag_name on personenstandsregister.geburtseintrag (geburtsname_vergleich, tag);
    alter table personenstandsregister.elternteil add primary key (registrierung, lfd_nr),
      add foreign key (registrierung) references personenstandsregister.geburtseintrag;`,
  recorder() {
    const nextNumber = localKeys('G');
    return (household, record) => {
      for (const birth of household.births) {
        const child = household.persons.find(({ number }) => number === birth.child);
        if (!child || child.withoutRecord) continue;
        const registrierung = `${nextNumber()}/${child.birthDate.slice(0, 4)}`;
        record('geburtseintrag', entryRow(household, birth, child, registrierung));
        birth.parents.forEach(({ familyName, birthName, givenNames }, index) => {
          const names = { familienname: familyName, geburtsname: birthName, vornamen: givenNames };
          record('elternteil', { registrierung, lfd_nr: index + 1, ...names });
        });
      }
    };
  },
};

function entryRow({ ars, persons }: Household, birth: Birth, child: Person, registrierung: string): Row {
  const parents = birth.parents.map(({ number }) => persons.find((person) => person.number === number));
  return {
    registrierung,
    idnr: child.idnr,
    geburtsname: child.birthName,
    geburtsname_vergleich: normaliseName(child.birthName),
    vornamen: child.givenNames,
    vornamen_vergleich: givenNameKeys(child.givenNames),
    tag: child.birthDate,
    uhrzeit: birth.birthTime,
    ort: child.birthPlace,
    ars,
    geschlecht: child.sex,
    sperrvermerk: child.blocked || parents.some((parent) => parent?.blocked),
    stand: child.asOf,
  };
}
