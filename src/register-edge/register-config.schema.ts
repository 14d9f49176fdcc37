const SQL_NAME = '[a-z_][a-z0-9_]{0,62}';

/** Plain identifiers, so that none can carry SQL. */
const sqlColumn = { type: 'string', pattern: `^${SQL_NAME}$` } as const;
const viewWithSchema = { type: 'string', pattern: `^${SQL_NAME}\\.${SQL_NAME}$` } as const;
const viewOfDatabase = { type: 'string', pattern: `^(${SQL_NAME}\\.)?${SQL_NAME}$` } as const;
/** A name and nothing of a path. */
const fileName = { type: 'string', pattern: '^[A-Za-z0-9_][A-Za-z0-9_-]{0,62}\\.(csv|ndjson)$' } as const;
/** As the first line of a CSV file, the members of a JSON object or another program have it. */
export const freeColumn = { type: 'string', pattern: '^[\\p{L}_][\\p{L}\\p{N} _.-]{0,62}$' } as const;
export const id = '^[a-z][a-z0-9-]{0,62}$';
export const attribute = '^[a-z][a-z0-9_]{0,62}$';

export const closed = <const P extends Record<string, unknown>>(
  properties: P,
  optional: readonly string[] = [],
  oneOf?: readonly object[],
) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
  ...(oneOf && { oneOf }),
});

export const byName = (pattern: string, member: unknown) => ({
  type: 'object',
  minProperties: 1,
  propertyNames: { pattern },
  additionalProperties: member,
});

export const codeLists = byName(attribute, byName('^.{1,200}$', { type: 'string' }));

type Name = Readonly<{ type: 'string'; pattern: string }>;

const evidenceTables = (view: Name, column: Name) =>
  byName(
    id,
    closed(
      {
        view,
        person: {
          type: 'object',
          properties: { idnr: column, birth_date: column, local_key: column, blocked: column },
          required: ['blocked'],
          additionalProperties: false,
          if: { required: ['local_key'] },
          // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
          then: { properties: { idnr: false, birth_date: false } },
          else: { required: ['idnr', 'birth_date'] },
        },
        company: closed(
          {
            kind: column,
            court: column,
            number: column,
            business_number: column,
            representatives: column,
            blocked: column,
          },
          ['business_number'],
        ),
        as_of: column,
        valid_from: column,
        valid_until: column,
        available_at: column,
        attributes: byName(attribute, column),
        code_lists: codeLists,
      },
      ['person', 'company', 'valid_from', 'valid_until', 'available_at', 'code_lists'],
      [{ required: ['person'] }, { required: ['company'] }],
    ),
  );

const localKeys = (view: Name, column: Name) => closed({ view, idnr: column, birth_date: column, local_key: column });

const directory = closed(
  {
    evidence_type: { type: 'string', pattern: id },
    names: closed({
      transcription: { enum: ['none', 'din-91379'] },
      particles: { enum: ['required', 'optional'] },
    }),
    person: closed({
      view: viewWithSchema,
      columns: closed({
        idnr: sqlColumn,
        superseded_by: sqlColumn,
        family_name: sqlColumn,
        family_name_key: sqlColumn,
        given_names: sqlColumn,
        birth_date: sqlColumn,
        postcode: sqlColumn,
        town: sqlColumn,
        blocked: sqlColumn,
      }),
    }),
    representative: closed({
      view: viewWithSchema,
      columns: closed({ child: sqlColumn, representative: sqlColumn, by: sqlColumn, until: sqlColumn }),
    }),
  },
  ['names'],
);

export const variable = { type: 'string', pattern: '^[A-Z][A-Z0-9_]*$' } as const;
export const milliseconds = { type: 'integer', minimum: 50, maximum: 60_000 } as const;
const rate = closed({
  max: { type: 'integer', minimum: 1, maximum: 1_000_000_000 },
  per: { enum: ['minute', 'hour', 'day'] },
});

/** What every kind of source has beside its own. */
export const joining = <const P extends Record<string, unknown>>(properties: P, optional: readonly string[] = []) =>
  closed(
    {
      register: { type: 'string', pattern: id },
      simulator: { type: 'boolean' },
      rate_limits: {
        ...closed({ each_consumer: rate, consumers: byName(id, rate) }, ['each_consumer', 'consumers']),
        minProperties: 1,
      },
      ...properties,
    },
    ['rate_limits', ...optional],
  );

const sqlSource = (kind: string) =>
  closed({ kind: { const: kind }, url_env: variable, statement_timeout_ms: milliseconds }, [
    ...(kind === 'postgres' ? ['kind'] : []),
    'statement_timeout_ms',
  ]);

const ofTables = (data_source: object, view: Name, column: Name) =>
  joining({ data_source, evidence: evidenceTables(view, column), persons: localKeys(view, column) }, ['persons']);

const path = { type: 'string', pattern: '^(/[A-Za-z0-9._~-]+)+$' } as const;
/** RFC 6901; of an object's member, so never empty. */
export const pointer = { type: 'string', pattern: '^(/([^/~\\u0000-\\u001f]|~[01])+){1,16}$' } as const;
/** May be the whole answer. */
export const listPointer = { type: 'string', pattern: '^(/([^/~\\u0000-\\u001f]|~[01])+){0,16}$' } as const;

const rest = joining({
  data_source: closed(
    {
      kind: { const: 'rest' },
      url_env: variable,
      token_env: variable,
      authorities_env: variable,
      timeout_ms: milliseconds,
      described_by: { type: 'string', pattern: '^[A-Za-z0-9_][A-Za-z0-9._-]{0,100}\\.(json|ya?ml)$' },
    },
    ['token_env', 'authorities_env', 'timeout_ms', 'described_by'],
  ),
  evidence: byName(
    id,
    closed(
      {
        path,
        request: closed({ idnr: pointer, birth_date: pointer, fields: pointer }, ['fields']),
        records: listPointer,
        person: closed({ idnr: pointer, birth_date: pointer, blocked: pointer }),
        as_of: pointer,
        valid_from: pointer,
        valid_until: pointer,
        available_at: pointer,
        attributes: byName(attribute, pointer),
        may_be_left_out: { type: 'array', items: { type: 'string', pattern: attribute } },
        code_lists: codeLists,
      },
      ['valid_from', 'valid_until', 'available_at', 'may_be_left_out', 'code_lists'],
    ),
  ),
});

/** JSON Schema 2020-12 of a register's configuration file, by kind of its data source. */
export const REGISTER_CONFIG_SCHEMAS = {
  postgres: {
    ...joining(
      {
        data_source: sqlSource('postgres'),
        evidence: evidenceTables(viewWithSchema, sqlColumn),
        persons: localKeys(viewWithSchema, sqlColumn),
        directory,
      },
      ['evidence', 'persons', 'directory'],
    ),
    oneOf: [{ required: ['evidence'] }, { required: ['directory'] }],
  },
  sqlite: ofTables(sqlSource('sqlite'), viewOfDatabase, sqlColumn),
  mysql: ofTables(sqlSource('mysql'), viewOfDatabase, sqlColumn),
  files: ofTables(
    closed({ kind: { const: 'files' }, url_env: variable, delimiter: { enum: [',', ';', '\t'] } }, ['delimiter']),
    fileName,
    freeColumn,
  ),
  rest,
} as const;
