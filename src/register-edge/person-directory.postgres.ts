import pg from 'pg';
import { givenNameKeys, normaliseName } from '../identity/name.js';
import { outage } from '../platform/fault.js';
import type { PersonKey } from '../tokens/register-request.js';
import type { Found } from './evidence-source.js';
import { type DirectoryPerson, PersonDirectory } from './person-directory.js';
import type { DirectoryViews } from './register-config.js';

type Row = Readonly<{ idnr: string; birth_date: string; blocked: boolean; represented: boolean }>;

export class PostgresPersonDirectory extends PersonDirectory {
  readonly #statements: Readonly<Record<PersonKey['set'], string>>;

  constructor(
    private readonly pool: pg.Pool,
    views: DirectoryViews,
  ) {
    super();
    this.#statements = lookups(views);
  }

  override async find(key: PersonKey, representative: string | null): Promise<Found<DirectoryPerson>> {
    const [row, second] = await this.#query(key, representative);
    if (row === undefined) return { kind: 'none' };
    if (second !== undefined) return { kind: 'several' };
    if (row.blocked !== false) return { kind: 'blocked' };
    return { kind: 'one', record: { idnr: row.idnr, birthDate: row.birth_date, represented: row.represented } };
  }

  async #query(key: PersonKey, representative: string | null): Promise<readonly Row[]> {
    try {
      const { rows } = await this.pool.query<Row>({
        name: `lookup-${key.set}`,
        text: this.#statements[key.set],
        values: [representative, key.birth_date, ...valuesOf(key)],
      });
      return rows;
    } catch (error) {
      throw outage('IDENTITY_DIRECTORY_UNAVAILABLE', error);
    }
  }
}

function valuesOf(key: PersonKey): readonly (string | readonly string[])[] {
  switch (key.set) {
    case 'address':
      return [normaliseName(key.family_name), normaliseName(key.town), key.postcode];
    case 'name':
      return [normaliseName(key.family_name), givenNameKeys(key.given_names)];
    case 'idnr':
      return [key.idnr];
  }
}

/** One statement per key set of IDNrG § 6 Abs. 3; all read the same, whoever is found. */
function lookups({ person, representative }: DirectoryViews): Readonly<Record<PersonKey['set'], string>> {
  const quoted = (name: string) => name.split('.').map(pg.escapeIdentifier).join('.');
  const of = (alias: 'p' | 'k', column: keyof typeof person.columns) => `${alias}.${quoted(person.columns[column])}`;
  const represents = representative.columns;
  const select = `
    select ${of('p', 'idnr')} as idnr, ${of('p', 'birth_date')} as birth_date, ${of('p', 'blocked')} as blocked,
           $1::text is null or exists (
             select 1 from ${quoted(representative.view)} r
              where r.${quoted(represents.child)} = ${of('p', 'idnr')}
                and r.${quoted(represents.representative)} = $1) as represented`;
  const current = `${of('p', 'superseded_by')} is null and ${of('p', 'birth_date')} = $2`;
  return {
    address: `${select} from ${quoted(person.view)} p
      where ${current} and ${of('p', 'family_name_key')} = $3 and ${of('p', 'town_key')} = $4
        and ${of('p', 'postcode')} = $5 limit 2`,
    // Who has several given names may know themselves by some; whoever is meant, it must be one.
    name: `${select} from ${quoted(person.view)} p
      where ${current} and ${of('p', 'family_name_key')} = $3 and ${of('p', 'given_name_keys')} @> $4::text[] limit 2`,
    // A retired number means the person who keeps the other one.
    idnr: `${select} from ${quoted(person.view)} k
      join ${quoted(person.view)} p on ${of('p', 'idnr')} = coalesce(${of('k', 'superseded_by')}, ${of('k', 'idnr')})
      where ${current} and ${of('k', 'idnr')} = $3 and ${of('k', 'birth_date')} = $2 limit 2`,
  };
}
