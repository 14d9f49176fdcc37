import type { Attribute, EvidenceType } from '../../src/catalogue/catalogue.js';
import type { EvidenceView, TableConfig } from '../../src/register-edge/register-config.js';

/** What a column is to hold, whatever the source calls the type. */
export type ColumnType = 'text' | 'day' | 'truth' | 'moment' | 'list' | 'object';
export type Cell = string | boolean | null | readonly unknown[];
export type ProbeRow = Readonly<Record<string, Cell>>;

export const COLUMNS = {
  person_row: {
    idnr: 'text',
    birth_date: 'day',
    blocked: 'truth',
    as_of: 'moment',
    valid_from: 'day',
    valid_until: 'day',
    available_at: 'moment',
    name: 'text',
    moved_in: 'day',
    status: 'text',
    nations: 'list',
    children: 'object',
  },
  known_person: { idnr: 'text', birth_date: 'text', local_key: 'text' },
  local_row: { local_key: 'text', blocked: 'truth', as_of: 'moment', name: 'text' },
  firm_row: {
    kind: 'text',
    court: 'text',
    entry: 'text',
    number: 'text',
    representatives: 'object',
    blocked: 'truth',
    as_of: 'moment',
    name: 'text',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, ColumnType>>>>;

export type TableName = keyof typeof COLUMNS;
export type ProbeTables = Readonly<Record<TableName, readonly ProbeRow[]>>;

const attribute = (id: string, type: Attribute['type']): Attribute => ({ id, type, title: { de: id, en: id } });
const type = (id: string, attributes: readonly Attribute[]): EvidenceType => ({
  id,
  vct: `urn:probe:${id}`,
  title: { de: id, en: id },
  register_type: 'probe',
  competence_parameter: 'none',
  attributes,
  digest_count: 8,
  source: 'none',
  verified: false,
});

/** `slow` and `faulty` are read by asking for them alone: one takes long, the other cannot be read. */
const TYPES: readonly EvidenceType[] = [
  type('person', [
    attribute('name', 'string'),
    attribute('moved_in', 'date'),
    attribute('status', 'string'),
    attribute('nations', 'string-list'),
    attribute('children', 'object'),
    attribute('faulty', 'string-list'),
    attribute('slow', 'string'),
  ]),
  type('local', [attribute('name', 'string')]),
  type('firm', [attribute('name', 'string')]),
];
let inForce = TYPES;

/** What sources of the probe are opened with. */
export const PROBE_TYPES = (): readonly EvidenceType[] => inForce;

/** While a version is in force by which names are lists. */
export async function whileNamesAreLists<T>(run: () => Promise<T>): Promise<T> {
  const other = attribute('name', 'string-list');
  inForce = TYPES.map((it) => ({ ...it, attributes: it.attributes.map((one) => (one.id === 'name' ? other : one)) }));
  try {
    return await run();
  } finally {
    inForce = TYPES;
  }
}

/** @param view name of a view in this source */
export function probeEvidence(
  view: (table: TableName) => string,
): Readonly<Record<'person' | 'local' | 'firm', EvidenceView>> & object {
  return {
    person: {
      view: view('person_row'),
      person: { idnr: 'idnr', birth_date: 'birth_date', blocked: 'blocked' },
      as_of: 'as_of',
      valid_from: 'valid_from',
      valid_until: 'valid_until',
      available_at: 'available_at',
      attributes: {
        name: 'name',
        moved_in: 'moved_in',
        status: 'status',
        nations: 'nations',
        children: 'children',
        faulty: 'faulty',
        slow: 'slow',
      },
      code_lists: { status: { LD: 'ledig', VH: 'verheiratet' } },
    },
    local: {
      view: view('local_row'),
      person: { local_key: 'local_key', blocked: 'blocked' },
      as_of: 'as_of',
      attributes: { name: 'name' },
    },
    firm: {
      view: view('firm_row'),
      company: {
        kind: 'kind',
        court: 'court',
        number: 'entry',
        business_number: 'number',
        representatives: 'representatives',
        blocked: 'blocked',
      },
      as_of: 'as_of',
      attributes: { name: 'name' },
    },
  };
}

export function probeConfig(data_source: TableConfig['data_source'], view: (table: TableName) => string): TableConfig {
  return {
    register: 'probe',
    simulator: true,
    data_source,
    evidence: probeEvidence(view),
    persons: { view: view('known_person'), idnr: 'idnr', birth_date: 'birth_date', local_key: 'local_key' },
  };
}
