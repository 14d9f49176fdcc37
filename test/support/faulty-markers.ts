import { withClient } from '../../src/demo/database.js';
import { birthOf, childrenEntry, draftPerson, household } from '../../src/demo/people/drafts.js';
import type { Household, Person } from '../../src/demo/people/person.js';
import { people } from '../../src/demo/people/population.js';
import { familienkasse } from '../../src/demo/registers/familienkasse.js';
import { identityDirectory } from '../../src/demo/registers/identity-directory.js';
import { melderegister } from '../../src/demo/registers/melderegister.js';
import { personenstandsregister } from '../../src/demo/registers/personenstandsregister.js';
import type { Cell, RegisterSchema } from '../../src/demo/registers/register-schema.js';
import type { RunningSystem } from '../../src/demo/supervisor.js';
import { makeTestIdnr } from '../../src/identity/idnr.js';

const SCHEMAS: readonly (readonly [register: string, schema: RegisterSchema])[] = [
  ['identity-directory', identityDirectory],
  ['melderegister-bremen', melderegister],
  ['personenstand-bremen', personenstandsregister],
  ['familienkasse-register', familienkasse],
];

const address = {
  street: 'Qxmarkerstraße',
  houseNumber: 'Qxmarkerhausnummer',
  postcode: '98765',
  town: 'Qxmarkerort',
  ars: '040110000000',
  country: 'Qxmarkerland',
};
const same = {
  familyName: 'Qxmarkerfamilie',
  birthPlace: 'Qxmarkergeburtsort',
  nationalities: ['Qxmarkerstaat'],
  address,
  asOf: '2013-05-06T01:02:03Z',
} as const;

const markedChild = draftPerson({
  ...same,
  number: 900_001,
  idnr: makeTestIdnr(8_700_001),
  givenNames: 'Qxmarkerkind Qxmarkerzweitkind',
  birthName: 'Qxmarkerkindgeburtsname',
  birthDate: '2025-06-13',
  sex: 'divers',
  movedInOn: '2025-07-11',
});
const markedParent = draftPerson({
  ...same,
  number: 900_000,
  idnr: makeTestIdnr(8_700_000),
  givenNames: 'Qxmarkervorname Qxmarkerzweitname',
  birthName: 'Qxmarkergeburtsname',
  formerNames: ['Qxmarkerfrüher'],
  doctorate: 'Qxmarkerdoktor',
  birthDate: '1987-04-23',
  sex: 'weiblich',
  movedInOn: '2014-10-29',
  children: childrenEntry([markedChild]),
});

const marked: Household = household(900_000, address.ars, [markedParent, markedChild], {
  births: [birthOf(markedChild, [markedParent], '03:37')],
  claims: [
    {
      entitled: markedParent.number,
      kindergeldNumber: 'Qxmarkerkindergeldnummer',
      childrenCount: 1,
      paidSince: '2025-06-07',
      paidUntil: '2043-08-17',
    },
  ],
});

/** A family with an unmistakable value in every field that can hold one. */
export const markedFamily = { parent: markedParent, child: markedChild };

/** Every value of the family that cannot stand anywhere by chance. */
export const MARKERS: readonly string[] = [...new Set(valuesOf(marked))].filter(
  (value) => /qxmarker/i.test(value) || /^\d{4}-\d{2}-\d{2}$/.test(value) || /^\d{11}$|^98765$/.test(value),
);

/** Enters the family into the data of each register, as the register's owner. */
export async function enterMarkedFamily({ databases }: RunningSystem): Promise<void> {
  for (const [register, { schema, recorder }] of SCHEMAS) {
    const rows: (readonly [table: string, columns: readonly string[], values: readonly Cell[]])[] = [];
    recorder()(marked, (table, row) => rows.push([table, Object.keys(row), Object.values(row).map(ownKey)]));
    await withClient(databases.dataOf(register).ownerUrl, async (client) => {
      for (const [table, columns, values] of rows) {
        const places = values.map((_, index) => `$${index + 1}`).join(', ');
        await client.query(`insert into ${schema}.${table} (${columns.join(', ')}) values (${places})`, [...values]);
      }
    });
  }
}

/** The register's running numbers begin at 1 again: these must not be those of others. */
function ownKey(value: Cell): Cell {
  return typeof value === 'string' && /^[A-Z]{1,2}\d{9}/.test(value) ? `QXMARKER${value}` : value;
}

/**
 * Names, numbers, dates of birth and streets of everybody. Left out: what is shorter than four characters, and what
 * `allowed` says for reasons of its own, such as the town that a register is named after.
 */
export function dictionaryOf(population: { count: number; seed: number }, allowed: string): readonly string[] {
  const words = new Set<string>();
  for (const { persons, claims } of people(population)) {
    for (const person of persons) for (const word of wordsOf(person)) words.add(word);
    for (const { kindergeldNumber } of claims) words.add(kindergeldNumber);
  }
  return [...words].filter((word) => word.length > 3 && !allowed.includes(word));
}

function wordsOf(person: Person): readonly string[] {
  const { familyName, birthName, formerNames, givenNames, birthDate, birthPlace, idnr, retiredIdnrs, address } = person;
  const numbers = [idnr ?? '', ...retiredIdnrs];
  const names = [familyName, birthName, ...formerNames, givenNames, ...givenNames.split(' ')];
  // Of a partial date the year alone would be found in every time stamp.
  const dates = birthDate.length === 10 ? [birthDate] : [];
  return [...names, ...numbers, ...dates, birthPlace, address.street, address.town];
}

function valuesOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value, ...value.split(' ')];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(valuesOf) : [];
}

/** The text itself, and whatever is encoded in it as base64 or hexadecimal. */
function readingsOf(text: string): readonly string[] {
  const encoded = text.match(/[A-Za-z0-9+/_-]{12,}/g) ?? [];
  const hex = text.match(/(?:[0-9a-f]{2}){6,}/gi) ?? [];
  return [
    text,
    ...encoded.map((run) => Buffer.from(run, 'base64').toString('utf8')),
    ...hex.map((run) => Buffer.from(run, 'hex').toString('utf8')),
  ].map((reading) => reading.normalize('NFC'));
}

/** Markers in any reading of the text, in any case, also inside of other words. */
export function markersIn(text: string): readonly string[] {
  const readings = readingsOf(text).map((reading) => reading.toLowerCase());
  // A postcode stands in random digits by chance: it counts as a whole word only.
  const asWords = new Set(
    wordsIn(
      text,
      MARKERS.filter((it) => it.length <= 5),
    ),
  );
  return MARKERS.filter((marker) =>
    marker.length <= 5 ? asWords.has(marker) : readings.some((reading) => reading.includes(marker.toLowerCase())),
  );
}

/** Words of the dictionary in any reading of the text, as whole words: short names stand in random text by chance. */
export function wordsIn(text: string, dictionary: readonly string[]): readonly string[] {
  const readings = readingsOf(text).join('\n');
  return dictionary.filter((word) => {
    for (let at = readings.indexOf(word); at >= 0; at = readings.indexOf(word, at + 1))
      if (!/[\p{L}\p{N}_+/=-]/u.test(`${readings[at - 1] ?? ' '}${readings[at + word.length] ?? ' '}`)) return true;
    return false;
  });
}
