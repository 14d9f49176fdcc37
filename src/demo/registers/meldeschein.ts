import { isMinor } from '../people/drafts.js';
import type { Household, Person } from '../people/person.js';
import type { Row } from './register-schema.js';

export const MITZIEHEND = [
  'ordnungsmerkmal',
  'art',
  'familienname',
  'vornamen',
  'geburtsdatum',
  'geschlecht',
  'auskunftssperre',
] as const;

export const MELDESCHEIN_TABLES = `
    create table melderegister.mitziehend (
      ordnungsmerkmal text not null,
      art text not null check (art in ('ehegatte', 'kind')),
      familienname text not null,
      vornamen text not null,
      geburtsdatum text not null,
      geschlecht text not null,
      auskunftssperre boolean not null
    );`;

const members = (art: string): string => `
             (select coalesce(jsonb_agg(jsonb_build_object('family_name', m.familienname, 'given_names', m.vornamen,
                                'birth_date', m.geburtsdatum, 'sex', m.geschlecht) order by m.geburtsdatum, m.vornamen), '[]')
                from melderegister.mitziehend m
               where m.ordnungsmerkmal = e.ordnungsmerkmal and m.art = '${art}' and not m.auskunftssperre)`;

/**
 * The prefilled form of BMG § 23a Abs. 1. Members of the family who are blocked are not in it: an empty list looks the same
 * for nobody and for somebody blocked. What the demo does not know is null, for everybody.
 */
export const MELDESCHEIN_VIEWS = `
    create view nachweis.meldeschein as
      select m.*, e.fruehere_namen as former_names, null::text as artist_name, null::text as religion
        from nachweis.meldedaten m
        join melderegister.einwohner e on e.ordnungsmerkmal = m.person_key;
    create view nachweis.meldeschein_familie as
      select e.ordnungsmerkmal as person_key,
             e.idnr,
             e.geburtsdatum as birth_date,
             e.familienname as family_name,
             e.familienname_vergleich as family_name_key,
             e.vornamen_vergleich as given_name_keys,
             a.ars,
             e.stand as as_of,
             e.auskunftssperre as blocked,${members('ehegatte')} as spouse,${members('kind')} as children
        from melderegister.einwohner e
        join melderegister.anschrift a using (ordnungsmerkmal)
       where e.sterbetag is null;`;

/** Spouse and minor children at the same residence (BMG § 23 Abs. 4 Satz 1). */
export function movingAlong({ persons, births }: Household, person: Person): readonly Row[] {
  const isHere = (other: Person): boolean =>
    other !== person && other.dateOfDeath === null && !other.withoutRecord && other.address === person.address;
  const spouses = persons.filter((it) => isHere(it) && it.maritalStatus === 'verheiratet');
  const children = births
    .filter(({ parents }) => parents.some(({ number }) => number === person.number))
    .flatMap(({ child }) => persons.filter((it) => it.number === child && isHere(it) && isMinor(it.birthDate)));
  return [
    ...(person.maritalStatus === 'verheiratet' && spouses.length === 1 ? spouses : []).map((it) => row('ehegatte', it)),
    ...children.map((it) => row('kind', it)),
  ];
}

function row(art: 'ehegatte' | 'kind', member: Person): Row {
  return {
    art,
    familienname: member.melderegisterDeviation.familyName ?? member.familyName,
    vornamen: member.givenNames,
    geburtsdatum: member.birthDate,
    geschlecht: member.sex,
    auskunftssperre: member.blocked,
  };
}
