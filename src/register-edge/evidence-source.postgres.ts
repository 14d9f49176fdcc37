import pg from 'pg';
import type { Attribute, EvidenceType } from '../catalogue/catalogue.js';
import { normaliseName } from '../identity/name.js';
import { outage } from '../platform/fault.js';
import type { CompanyKey, CompanyRepresentative } from '../tokens/company-key.js';
import type { AttributeValue } from '../tokens/evidence-credential.js';
import { type EvidenceRecord, EvidenceSource, type Found, type Later, type RecordOf } from './evidence-source.js';
import type { EvidenceView } from './register-config.js';

/** Prepared per set of attributes; rules make few. A caller must not be able to fill the server's memory with more. */
const MAX_PREPARED = 64;

type Row = Readonly<Record<string, unknown>>;

/** Reads one view per evidence type: exactly one row, of a natural person by number and date of birth (EGovG § 5 Abs. 4). */
export class PostgresEvidenceSource extends EvidenceSource {
  readonly #prepared = new Map<string, string>();

  constructor(
    private readonly pool: pg.Pool,
    private readonly views: Readonly<Record<string, EvidenceView>>,
    private readonly types: readonly EvidenceType[],
  ) {
    super();
  }

  override async find(
    evidenceType: string,
    subject: RecordOf,
    attributes: readonly string[],
  ): Promise<Found<EvidenceRecord> | Later> {
    const view = Object.hasOwn(this.views, evidenceType) ? this.views[evidenceType] : undefined;
    if (view === undefined) throw new Error('an evidence type without view was permitted');
    const query = selectOf(view, subject, attributes);
    // The register does not know such keys: it has no record under this one.
    if (query === undefined) return { kind: 'none' };
    const name = this.#nameOf(query.text);
    const rows = await this.#query({ ...query, ...(name === undefined ? {} : { name }) });
    const [row, second] = rows;
    if (row === undefined) return { kind: 'none' };
    if (second !== undefined) return { kind: 'several' };
    if (row.blocked !== false) return { kind: 'blocked' };
    if ('company' in subject && !isRepresentedBy(row.representatives, subject.representative))
      return { kind: 'not-represented' };
    // After everything that would be answered by a no: who may not know of the record does not learn of its time.
    if (row.is_later === true) return { kind: 'later', availableAt: laterThan(row.available_at) };
    return { kind: 'one', record: this.#record(evidenceType, row, attributes) };
  }

  async #query(query: pg.QueryConfig): Promise<readonly Row[]> {
    try {
      const { rows } = await this.pool.query<Row>(query);
      return rows;
    } catch (error) {
      throw outage('REGISTER_UNAVAILABLE', error);
    }
  }

  #nameOf(text: string): string | undefined {
    const known = this.#prepared.get(text);
    if (known !== undefined || this.#prepared.size >= MAX_PREPARED) return known;
    const name = `evidence-${this.#prepared.size}`;
    this.#prepared.set(text, name);
    return name;
  }

  #record(evidenceType: string, row: Row, attributes: readonly string[]): EvidenceRecord {
    const type = this.types.find(({ id }) => id === evidenceType);
    if (!(row.as_of instanceof Date)) throw outage('REGISTER_UNAVAILABLE', new ViewFault('as_of'));
    const values = attributes.map((id) => {
      const value = attributeValue(type?.attributes.find((it) => it.id === id)?.type, row[`a_${id}`]);
      if (value === undefined) throw outage('REGISTER_UNAVAILABLE', new ViewFault(id));
      return [id, value] as const;
    });
    return { asOf: row.as_of.toISOString(), attributes: Object.fromEntries(values) };
  }
}

/** A view does not keep to the catalogue. Names the attribute, never its value. */
class ViewFault extends Error {
  override readonly name = 'ViewFault';
  constructor(readonly code: string) {
    super(code);
  }
}

const quoted = (name: string) => name.split('.').map(pg.escapeIdentifier).join('.');

/** Undefined where the view knows nobody of that kind, or not by that kind of key. */
export function selectOf(
  { view, person, company, as_of, available_at, attributes }: EvidenceView,
  subject: RecordOf,
  asked: readonly string[],
): Readonly<{ text: string; values: string[] }> | undefined {
  const found = 'company' in subject ? byCompany(company, subject.company) : byPerson(person, subject);
  if (found === undefined) return undefined;
  const columns = asked.map((id) => {
    const column = Object.hasOwn(attributes, id) ? attributes[id] : undefined;
    if (column === undefined) throw new Error('an attribute without column was permitted');
    return `${quoted(column)} as ${pg.escapeIdentifier(`a_${id}`)}`;
  });
  const conditions = found.where.map(([column], i) => `${quoted(column)} = $${i + 1}`);
  // Only what is asked for is read; names come from the configuration, values never stand in the text.
  return {
    text: `select ${[`${quoted(as_of)} as as_of`, ...laterBy(available_at), ...found.select, ...columns].join(', ')}
    from ${quoted(view)} where ${conditions.join(' and ')} limit 2`,
    values: found.where.map(([, value]) => value),
  };
}

/** By the clock of the source, which is the one that its times are of. */
function laterBy(column: string | undefined): readonly string[] {
  return column === undefined
    ? []
    : [`${quoted(column)} as available_at`, `${quoted(column)} > clock_timestamp() as is_later`];
}

function laterThan(availableAt: unknown): number {
  // PostgreSQL's `infinity` is no Date: the register will never have it, and says no time.
  if (!(availableAt instanceof Date)) throw outage('REGISTER_UNAVAILABLE', new ViewFault('available_at'));
  return availableAt.getTime();
}

type Selection = Readonly<{
  select: readonly string[];
  where: readonly (readonly [column: string, value: string])[];
}>;

function byPerson(
  person: EvidenceView['person'],
  { idnr, birthDate }: Extract<RecordOf, { idnr: string }>,
): Selection | undefined {
  if (person === undefined) return undefined;
  return {
    select: [`${quoted(person.blocked)} as blocked`],
    where: [
      [person.idnr, idnr],
      [person.birth_date, birthDate],
    ],
  };
}

function byCompany(company: EvidenceView['company'], key: CompanyKey): Selection | undefined {
  if (company === undefined) return undefined;
  const { kind, court, number, business_number, representatives, blocked } = company;
  const select = [`${quoted(blocked)} as blocked`, `${quoted(representatives)} as representatives`];
  if (key.set === 'register-number')
    return {
      select,
      where: [
        [kind, key.kind],
        [court, key.court],
        [number, key.number],
      ],
    };
  return business_number === undefined ? undefined : { select, where: [[business_number, key.business_number]] };
}

/** Whether the register knows this person among those who represent the company; null where an authority decided. */
export function isRepresentedBy(known: unknown, representative: CompanyRepresentative | null): boolean {
  if (representative === null) return true;
  const { family_name, birth_date } = representative;
  const name = normaliseName(family_name);
  return (
    Array.isArray(known) &&
    known.some(
      (it) =>
        isStructured(it) &&
        'family_name_key' in it &&
        it.family_name_key === name &&
        'birth_date' in it &&
        it.birth_date === birth_date,
    )
  );
}

/** Undefined where the value is not of the type that the catalogue promises. Absent is null, for everybody alike. */
export function attributeValue(type: Attribute['type'] | undefined, value: unknown): AttributeValue | undefined {
  if (value === null) return null;
  switch (type) {
    case 'string':
    case 'date':
    case 'partial-date':
      return typeof value === 'string' ? value : undefined;
    case 'string-list':
      return Array.isArray(value) && value.every((it) => typeof it === 'string') ? value : undefined;
    case 'object':
      return isStructured(value) ? value : undefined;
    case undefined:
      return undefined;
  }
}

function isStructured(value: unknown): value is readonly unknown[] | Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !(value instanceof Date) && !Buffer.isBuffer(value);
}
