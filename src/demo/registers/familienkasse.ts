import { givenNameKeys, normaliseName } from '../../identity/name.js';
import type { Claim, Person } from '../people/person.js';
import { localKeys, type RegisterSchema, type Row } from './register-schema.js';

const berechtigte = [
  'personennummer',
  'idnr',
  'familienname',
  'familienname_vergleich',
  'vornamen',
  'vornamen_vergleich',
  'geburtsdatum',
  'ars',
  'auskunftssperre',
] as const;

const kindergeldfall = [
  'kindergeldnummer',
  'personennummer',
  'zahl_der_kinder',
  'gezahlt_seit',
  'gezahlt_bis',
  'stand',
] as const;

/** Kindergeld claims that are being paid (EStG §§ 62 ff.), by the entitled parent. */
export const familienkasse: RegisterSchema = {
  kind: 'familienkasse',
  schema: 'familienkasse',
  tables: [
    { name: 'berechtigte', columns: berechtigte },
    { name: 'kindergeldfall', columns: kindergeldfall },
  ],
  definition: `
    create table familienkasse.berechtigte (
      personennummer text not null,
      idnr text,
      familienname text not null,
      familienname_vergleich text not null,
      vornamen text not null,
      vornamen_vergleich text[] not null,
      geburtsdatum text not null,
      ars text,
      auskunftssperre boolean not null
    );
    create table familienkasse.kindergeldfall (
      kindergeldnummer text not null,
      personennummer text not null,
      zahl_der_kinder smallint not null,
      gezahlt_seit text not null,
      gezahlt_bis text not null,
      stand timestamptz not null
    );
    create view nachweis.kindergeld_bezug as
      select b.personennummer as person_key,
             b.idnr,
             b.geburtsdatum as birth_date,
             b.familienname as family_name,
             b.familienname_vergleich as family_name_key,
             b.vornamen_vergleich as given_name_keys,
             b.ars,
             f.stand as as_of,
             b.auskunftssperre as blocked,
             f.kindergeldnummer as kindergeld_number,
             b.familienname as entitled_family_name,
             b.vornamen as entitled_given_names,
             f.zahl_der_kinder::text as children_count,
             f.gezahlt_seit as paid_since,
             f.gezahlt_bis as paid_until
        from familienkasse.kindergeldfall f
        join familienkasse.berechtigte b using (personennummer);`,
  indexes: `
    alter table familienkasse.berechtigte add primary key (personennummer);
    create unique index berechtigte_idnr on familienkasse.berechtigte (idnr) where idnr is not null;
    create index berechtigte_name on familienkasse.berechtigte (familienname_vergleich, geburtsdatum);
    alter table familienkasse.kindergeldfall add primary key (kindergeldnummer),
      add foreign key (personennummer) references familienkasse.berechtigte;
    create index kindergeldfall_person on familienkasse.kindergeldfall (personennummer);`,
  recorder() {
    const nextKey = localKeys('FK');
    return (household, record) => {
      for (const claim of household.claims) {
        const entitled = household.persons.find(({ number }) => number === claim.entitled);
        if (!entitled || entitled.withoutRecord) continue;
        const personennummer = nextKey();
        record('berechtigte', entitledRow(entitled, personennummer));
        record('kindergeldfall', claimRow(claim, entitled, personennummer));
      }
    };
  },
};

function entitledRow(entitled: Person, personennummer: string): Row {
  return {
    personennummer,
    idnr: entitled.idnr,
    familienname: entitled.familyName,
    familienname_vergleich: normaliseName(entitled.familyName),
    vornamen: entitled.givenNames,
    vornamen_vergleich: givenNameKeys(entitled.givenNames),
    geburtsdatum: entitled.birthDate,
    ars: entitled.address.ars,
    auskunftssperre: entitled.blocked,
  };
}

function claimRow(claim: Claim, entitled: Person, personennummer: string): Row {
  const decided = `${claim.paidSince}T09:00:00Z`;
  return {
    kindergeldnummer: claim.kindergeldNumber,
    personennummer,
    zahl_der_kinder: claim.childrenCount,
    gezahlt_seit: claim.paidSince,
    gezahlt_bis: claim.paidUntil,
    stand: entitled.asOf > decided ? entitled.asOf : decided,
  };
}
