import { ARCHIVE_FORMAT } from './archive.js';

const text = { type: 'string', minLength: 1, maxLength: 2000 } as const;
/** Two bits of the last letter are of no byte: with them set it would be another text for the same bytes. */
const bytes32 = {
  type: 'string',
  pattern: '^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$',
  description: '32 bytes, base64.',
} as const;
const list = (items: object, description: string) => ({ type: 'array', maxItems: 1000, items, description });

/** Each member is required, and there is no other: what nobody checks has no place in an archive. */
function object(properties: Readonly<Record<string, object>>, optional: readonly string[] = []) {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', additionalProperties: false, required, properties };
}

const opening = object({
  salt: bytes32,
  caller: {
    type: 'object',
    description: "The caller's half of the record, as the log committed to it.",
    required: ['event', 'log_time', 'consumer'],
    additionalProperties: { type: 'string' },
  },
  protected_hash: bytes32,
});
const tlog_proof = { type: 'string', maxLength: 1_000_000, description: 'C2SP tlog-proof.' };
const source = object({ register: text, evidence_id: text, attribute: text, as_of: text, assurance: text });
const value = { type: 'string' };

const decision = object({
  opening,
  tlog_proof,
  protected: object({
    salt: bytes32,
    part: object({ attributes: list(text, 'Decided on.'), file_reference: text, acting_official: text }, [
      'file_reference',
      'acting_official',
    ]),
  }),
});

const issuer_key = object({
  jwk: object({ kty: text, kid: text, alg: text, crv: text, x: text, y: text, n: text, e: text }, [
    'crv',
    'x',
    'y',
    'n',
    'e',
  ]),
  entries: list({ $ref: '#/$defs/entry' }, '"key.added" and "key.removed" of this key, oldest first.'),
});

const evidence = object({
  ...{ evidence_id: text, evidence_type: text, subject_role: text, register: text, as_of: text, assurance: text },
  sd_jwt: { type: 'string', maxLength: 1_000_000, description: 'SD-JWT VC (RFC 9901) without key binding.' },
  withheld: list(object({ attribute: text, norm: text }), 'Withheld from everybody alike.'),
  entry: { $ref: '#/$defs/entry', description: '"retrieval.closed"' },
  decision: { ...decision, description: '"trigger.granted"' },
  issuer_key,
});

const field = object({
  ...{ fim_id: text, label: text, subject_role: text, value, source },
  alternatives: list(object({ value, source }), 'What other registers say.'),
});

/** JSON Schema (2020-12) of an archive; published as docs/archive.schema.json. */
export const ARCHIVE_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:einmal:schema:archive:1',
  title: 'One answer of Einmal as an authority keeps it',
  ...object({
    format: { const: ARCHIVE_FORMAT },
    log: { ...text, description: 'Verifier key of the log (C2SP signed-note).' },
    consumer: { ...text, description: 'Participant that asked.' },
    exchange_id: text,
    fields: list(field, 'Fields of a form; empty where no form was filled.'),
    not_delivered: list(
      object({ evidence_type: text, subject_role: text, reason: text, detail: value }),
      'What was asked for and not delivered.',
    ),
    release_salt: bytes32,
    entry: { $ref: '#/$defs/entry', description: '"exchange.closed"' },
    evidence: { ...list(evidence, 'What was delivered.'), minItems: 1 },
  }),
  $defs: { entry: object({ opening, tlog_proof }) },
} as const;
