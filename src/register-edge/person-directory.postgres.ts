import pg from 'pg';
import { familyNameKey, type NameRules, STRICT_NAMES } from '../identity/name.js';
import { outage } from '../platform/fault.js';
import type { PersonKey } from '../tokens/register-request.js';
import { type Candidate, type Chosen, chooseOne } from './choose-person.js';
import type { Found } from './evidence-source.js';
import { type DirectoryPerson, PersonDirectory, type Representative } from './person-directory.js';
import type { DirectoryViews } from './register-config.js';
import type { SourcePool } from './source-pool.js';

type Row = Candidate & Readonly<{ birth_date: string; represented: boolean }>;

/** Who shares a family name and a day of birth with more than that many others is not to be told apart by them. */
const MAX_CANDIDATES = 200;

export class PostgresPersonDirectory extends PersonDirectory {
  readonly #statements: Readonly<Record<PersonKey['set'], string>>;
  readonly #names: NameRules;

  constructor(
    private readonly pool: SourcePool,
    views: DirectoryViews,
  ) {
    super();
    this.#statements = lookups(views);
    this.#names = views.names ?? STRICT_NAMES;
  }

  override async find(
    key: PersonKey,
    representative: Representative | null,
    signal: AbortSignal,
  ): Promise<Found<DirectoryPerson>> {
    const rows = await this.#query(key, representative, signal);
    if (rows.length > MAX_CANDIDATES) return { kind: 'several' };
    const chosen: Chosen<Row> = chooseOne(key, rows, this.#names);
    if (chosen.kind !== 'one') return chosen;
    const { idnr, birth_date, represented } = chosen.record;
    return { kind: 'one', record: { idnr, birthDate: birth_date, represented } };
  }

  async #query(key: PersonKey, representative: Representative | null, signal: AbortSignal): Promise<readonly Row[]> {
    const asked = {
      name: `lookup-${key.set}`,
      text: this.#statements[key.set],
      values: [representative?.idnr ?? null, representative?.by ?? null, key.birth_date, ...valuesOf(key)],
    };
    try {
      return await this.pool.query<Row>(asked, signal);
    } catch (error) {
      throw outage('IDENTITY_DIRECTORY_UNAVAILABLE', error);
    }
  }
}

function valuesOf(key: PersonKey): readonly string[] {
  switch (key.set) {
    case 'address':
      return [familyNameKey(key.family_name), key.postcode];
    case 'name':
      return [familyNameKey(key.family_name)];
    case 'idnr':
      return [key.idnr];
  }
}

/** One statement per key set of IDNrG § 6 Abs. 3; all read the same, whoever is found. Names are compared afterwards. */
function lookups({ person, representative }: DirectoryViews): Readonly<Record<PersonKey['set'], string>> {
  const quoted = (name: string) => name.split('.').map(pg.escapeIdentifier).join('.');
  const of = (alias: 'p' | 'k', column: keyof typeof person.columns) => `${alias}.${quoted(person.columns[column])}`;
  const represents = representative.columns;
  const names = ['family_name', 'given_names', 'town'] as const;
  const select = `
    select ${of('p', 'idnr')} as idnr, ${of('p', 'birth_date')} as birth_date, ${of('p', 'blocked')} as blocked,
           ${names.map((name) => `coalesce(${of('p', name)}, '') as ${name}`).join(', ')},
           $1::text is null or exists (
             select 1 from ${quoted(representative.view)} r
              where r.${quoted(represents.child)} = ${of('p', 'idnr')}
                and r.${quoted(represents.representative)} = $1 and r.${quoted(represents.by)} = $2
                and (r.${quoted(represents.until)} is null or r.${quoted(represents.until)} >= current_date)) as represented`;
  const current = `${of('p', 'superseded_by')} is null and ${of('p', 'birth_date')} = $3`;
  const called = `${current} and ${of('p', 'family_name_key')} = $4`;
  const limit = `limit ${MAX_CANDIDATES + 1}`;
  return {
    address: `${select} from ${quoted(person.view)} p where ${called} and ${of('p', 'postcode')} = $5 ${limit}`,
    name: `${select} from ${quoted(person.view)} p where ${called} ${limit}`,
    // A retired number means the person who keeps the other one.
    idnr: `${select} from ${quoted(person.view)} k
      join ${quoted(person.view)} p on ${of('p', 'idnr')} = coalesce(${of('k', 'superseded_by')}, ${of('k', 'idnr')})
      where ${current} and ${of('k', 'idnr')} = $4 and ${of('k', 'birth_date')} = $3 limit 2`,
  };
}
