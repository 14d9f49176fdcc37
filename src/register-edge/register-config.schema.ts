const column = { type: 'string', pattern: '^[a-z_][a-z0-9_]{0,62}$' } as const;
const view = { type: 'string', pattern: '^[a-z_][a-z0-9_]{0,62}\\.[a-z_][a-z0-9_]{0,62}$' } as const;
const id = '^[a-z][a-z0-9-]{0,62}$';
const attribute = '^[a-z][a-z0-9_]{0,62}$';

const closed = <const P extends Record<string, unknown>>(
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

const byName = (pattern: string, member: unknown) => ({
  type: 'object',
  minProperties: 1,
  propertyNames: { pattern },
  additionalProperties: member,
});

/** JSON Schema 2020-12 of a register's configuration file. Names are plain identifiers, so that none can carry SQL. */
export const REGISTER_CONFIG_SCHEMA = {
  ...closed(
    {
      register: { type: 'string', pattern: id },
      simulator: { type: 'boolean' },
      data_source: closed(
        {
          url_env: { type: 'string', pattern: '^[A-Z][A-Z0-9_]*$' },
          statement_timeout_ms: { type: 'integer', minimum: 50, maximum: 60_000 },
        },
        ['statement_timeout_ms'],
      ),
      evidence: byName(
        id,
        closed(
          {
            view,
            person: closed({ idnr: column, birth_date: column, blocked: column }),
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
            available_at: column,
            attributes: byName(attribute, column),
          },
          ['person', 'company', 'available_at'],
          [{ required: ['person'] }, { required: ['company'] }],
        ),
      ),
      directory: closed(
        {
          evidence_type: { type: 'string', pattern: id },
          names: closed({
            transcription: { enum: ['none', 'din-91379'] },
            particles: { enum: ['required', 'optional'] },
          }),
          person: closed({
            view,
            columns: closed({
              idnr: column,
              superseded_by: column,
              family_name: column,
              family_name_key: column,
              given_names: column,
              birth_date: column,
              postcode: column,
              town: column,
              blocked: column,
            }),
          }),
          representative: closed({
            view,
            columns: closed({ child: column, representative: column, by: column, until: column }),
          }),
        },
        ['names'],
      ),
    },
    ['evidence', 'directory'],
  ),
  oneOf: [{ required: ['evidence'] }, { required: ['directory'] }],
};
