import {
  attribute,
  byName,
  closed,
  codeLists,
  freeColumn,
  id,
  joining,
  listPointer,
  milliseconds,
  pointer,
  variable,
} from './register-config.schema.js';
import { XROAD_PART } from './xroad/message.js';

/** A path of plain segments: no template, no query, no place for a person. */
const constantPath = { type: 'string', pattern: '^(/[A-Za-z0-9._~-]{1,100}){0,10}$' } as const;
const xroadId = (least: number, most: number) =>
  ({ type: 'string', pattern: `^${XROAD_PART}(/${XROAD_PART}){${least - 1},${most - 1}}$` }) as const;
/** A name of a machine or an office; no long number, which would be that of a person. */
const constantUser = { type: 'string', pattern: '^(?!.*[0-9]{5})[A-Za-z][A-Za-z0-9._-]{0,62}$' } as const;
/** `x5t#S256` (RFC 8705 § 3.1). */
const certificates = { type: 'array', minItems: 1, items: { type: 'string', pattern: '^[A-Za-z0-9_-]{43}$' } } as const;
const line = { type: 'string', pattern: '^[^\\u0000-\\u001f]{1,200}$' } as const;
const uri = { type: 'string', pattern: '^[a-z][a-z0-9+.-]*:[^\\s]{1,500}$' } as const;
const codes = { type: 'array', items: line } as const;

const connection = {
  url_env: variable,
  identity_env: variable,
  server_certificates: certificates,
  timeout_ms: milliseconds,
  max_answer_bytes: { type: 'integer', minimum: 1024, maximum: 4_000_000 },
} as const;
const LIMITS = ['timeout_ms', 'max_answer_bytes'] as const;
const attributes = byName(attribute, pointer);

const xroad = joining({
  data_source: closed(
    {
      kind: { const: 'xroad' },
      ...connection,
      client: xroadId(3, 4),
      user_id: constantUser,
      request_hash: { enum: ['recomputed', 'present'] },
    },
    [...LIMITS, 'user_id', 'request_hash'],
  ),
  evidence: byName(
    id,
    closed(
      {
        service: xroadId(5, 5),
        path: constantPath,
        request: closed(
          {
            ...{ idnr: pointer, birth_date: pointer, fields: pointer },
            ...{ kind: pointer, court: pointer, number: pointer, business_number: pointer },
          },
          ['idnr', 'birth_date', 'fields', 'kind', 'court', 'number', 'business_number'],
        ),
        records: listPointer,
        person: closed({ idnr: pointer, birth_date: pointer, blocked: pointer }),
        company: closed(
          {
            ...{ kind: pointer, court: pointer, number: pointer, business_number: pointer },
            ...{ representatives: pointer, blocked: pointer },
          },
          ['business_number'],
        ),
        as_of: pointer,
        valid_from: pointer,
        valid_until: pointer,
        available_at: pointer,
        attributes,
        code_lists: codeLists,
      },
      ['path', 'person', 'company', 'valid_from', 'valid_until', 'available_at', 'code_lists'],
      [{ required: ['person'] }, { required: ['company'] }],
    ),
  ),
});

const grpc = joining({
  data_source: closed({ kind: { const: 'grpc' }, ...connection }, LIMITS),
  evidence: byName(id, closed({ attributes: byName(attribute, freeColumn), code_lists: codeLists }, ['code_lists'])),
});

const agent = closed({ id: line, scheme: uri, name: line, classification: line });
const authority = closed({ directory: line, id: line, name: line });

const xnachweis = joining({
  data_source: closed(
    {
      kind: { const: 'xnachweis' },
      ...connection,
      path: constantPath,
      ...{ requester: agent, provider: agent, author: authority, reader: authority },
      language: { type: 'string', pattern: '^[A-Za-z]{2}$' },
      assurance: line,
      unverified: closed({
        authority_namespace: uri,
        list_versions: closed({
          ...{ language: line, agent_classification: line, loa: line, media_type: line, directory: line },
        }),
        error_codes: closed({ none: codes, several: codes, blocked: codes }, ['none', 'several', 'blocked']),
      }),
    },
    [...LIMITS],
  ),
  evidence: byName(
    id,
    closed(
      {
        identifier: { type: 'string', pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' },
        classification: uri,
        title: line,
        conforms_to: uri,
        subsets: {
          type: 'array',
          items: closed({
            transformation: uri,
            attributes: { type: 'array', items: { type: 'string', pattern: attribute } },
          }),
        },
        as_of: pointer,
        attributes,
        code_lists: codeLists,
      },
      ['conforms_to', 'subsets', 'as_of', 'code_lists'],
    ),
  ),
});

/** JSON Schema 2020-12 of the configuration of a register that another system is asked for, over mutual TLS. */
export const FOREIGN_CONFIG_SCHEMAS = { grpc, xroad, xnachweis } as const;
