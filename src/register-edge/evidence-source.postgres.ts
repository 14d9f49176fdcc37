import pg from 'pg';
import type { Attribute, EvidenceType } from '../catalogue/catalogue.js';
import { outage } from '../platform/fault.js';
import type { AttributeValue } from '../tokens/evidence-credential.js';
import { type EvidenceRecord, EvidenceSource, type Found } from './evidence-source.js';
import type { EvidenceView } from './register-config.js';

/** Prepared per set of attributes; rules make few. A caller must not be able to fill the server's memory with more. */
const MAX_PREPARED = 64;

type Row = Readonly<Record<string, unknown>>;

/** Reads one view per evidence type: exactly one row by number and date of birth (EGovG § 5 Abs. 4). */
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
    person: Readonly<{ idnr: string; birthDate: string }>,
    attributes: readonly string[],
  ): Promise<Found<EvidenceRecord>> {
    const view = Object.hasOwn(this.views, evidenceType) ? this.views[evidenceType] : undefined;
    if (view === undefined) throw new Error('an evidence type without view was permitted');
    const text = selectOne(view, attributes);
    const name = this.#nameOf(text);
    const values = [person.idnr, person.birthDate];
    const rows = await this.#query({ text, values, ...(name === undefined ? {} : { name }) });
    const [row, second] = rows;
    if (row === undefined) return { kind: 'none' };
    if (second !== undefined) return { kind: 'several' };
    if (row.blocked !== false) return { kind: 'blocked' };
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

/** Only what is asked for is read; names come from the configuration, values never stand in the text. */
export function selectOne({ view, person, as_of, attributes }: EvidenceView, asked: readonly string[]): string {
  const quoted = (name: string) => name.split('.').map(pg.escapeIdentifier).join('.');
  const columns = asked.map((id) => {
    const column = Object.hasOwn(attributes, id) ? attributes[id] : undefined;
    if (column === undefined) throw new Error('an attribute without column was permitted');
    return `${quoted(column)} as ${pg.escapeIdentifier(`a_${id}`)}`;
  });
  return `select ${[`${quoted(as_of)} as as_of`, `${quoted(person.blocked)} as blocked`, ...columns].join(', ')}
    from ${quoted(view)} where ${quoted(person.idnr)} = $1 and ${quoted(person.birth_date)} = $2 limit 2`;
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
  return typeof value === 'object' && !(value instanceof Date) && !Buffer.isBuffer(value);
}
