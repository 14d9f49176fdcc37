import fc from 'fast-check';
import { loadProtos, REGISTER_PROTOS } from '../../src/platform/proto.js';

const PACKAGE = 'einmal.register.v1';
const definition = loadProtos(REGISTER_PROTOS);

/** What stands in every hostile text, and in nothing that an edge may say or keep. */
export const HOSTILE = 'Fuzzmarke';

export type Method =
  | 'RegisterService/RetrieveEvidence'
  | 'RegisterService/StreamLog'
  | 'RegisterService/DescribeRegister'
  | 'RegisterService/RetrieveDeferredEvidence'
  | 'RegisterService/ListSubjectEntries'
  | 'RegisterService/ReportDiscrepancy'
  | 'RegisterService/GetDiscrepancy'
  | 'IdentityDirectoryService/LookupPerson';

export const pathOf = (method: Method) => `/${PACKAGE}.${method}` as const;

const [NUL, BOM, RIGHT_TO_LEFT, HALF_PAIR] = ['\u0000', '\ufeff', '\u202e', '\ud800'];

const TEXTS: readonly string[] = [
  '',
  ' ',
  `${NUL}${HOSTILE}`,
  `${RIGHT_TO_LEFT}${HOSTILE}`,
  `${HOSTILE}${HALF_PAIR}`,
  `${BOM}${HOSTILE}`,
  `${HOSTILE}'; drop table edge.log; --`,
  `${HOSTILE}\r\n{"outcome":"answered"}`,
  HOSTILE.repeat(2000),
  `${'e\u0301'.repeat(300)}${HOSTILE}`,
  '__proto__',
  'constructor',
  '%00%2e%2e/',
  '-1',
  '0',
  '1e308',
  'null',
  '2024-02-30',
  '0000-00-00',
  '99999-01-01',
];

const text = fc.oneof(fc.constantFrom(...TEXTS), fc.string({ unit: 'binary', maxLength: 80 }));
const bytes = fc.uint8Array({ maxLength: 200 }).map((it) => Buffer.from(it));
const moment = fc.record({
  seconds: fc.constantFrom('0', '-1', '9223372036854775807', '-9223372036854775808', '253402300800', '1795474818'),
  nanos: fc.constantFrom(0, -1, 999_999_999, 2_147_483_647, -2_147_483_648),
});

type Message = Readonly<Record<string, unknown>>;

export function encode(method: Method, message: object): Buffer {
  return specOf(method).requestSerialize(message);
}

/** The model where the encoder itself refuses what was made of it: a text where a number should be. */
export function encodeOr(method: Method, message: object, model: object): Buffer {
  try {
    return encode(method, message);
  } catch {
    return encode(method, model);
  }
}

export function decode(method: Method, message: Buffer): Message | undefined {
  try {
    return specOf(method).requestDeserialize(message) as Message;
  } catch {
    return undefined;
  }
}

function specOf(method: Method) {
  const [service = '', name = ''] = method.split('/');
  const entry = definition[`${PACKAGE}.${service}`];
  if (entry === undefined || 'format' in entry) throw new Error('no such service');
  const spec = Object.values(entry).find((it) => it.originalName === name || it.path.endsWith(`/${name}`));
  if (spec === undefined) throw new Error('no such method');
  return spec;
}

/** Bytes that never were a message. */
export const garbage = fc.oneof(
  bytes,
  // Field headers of every kind, lengths that lie, groups that never end.
  fc
    .array(fc.constantFrom(0x0a, 0x12, 0x1b, 0x13, 0x0d, 0x09, 0xff, 0x7f, 0x80, 0x00), { maxLength: 400 })
    .map((it) => Buffer.from(it)),
  fc.integer({ min: 1, max: 40_000 }).map((depth) => Buffer.alloc(depth, 0x1b)),
);

type Change = (whole: Buffer) => Buffer;

const place = fc.nat({ max: 100_000 });

/** A message of which some bytes were exchanged, taken out, put in, cut off or said twice. */
export const byteChange: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(place, fc.nat({ max: 255 })).map(
    ([at, byte]): Change =>
      (whole) => {
        const changed = Buffer.from(whole);
        if (changed.length > 0) changed[at % changed.length] = byte;
        return changed;
      },
  ),
  place.map(
    (at): Change =>
      (whole) =>
        whole.subarray(0, at % (whole.length + 1)),
  ),
  fc.tuple(place, bytes).map(
    ([at, added]): Change =>
      (whole) => {
        const cut = at % (whole.length + 1);
        return Buffer.concat([whole.subarray(0, cut), added, whole.subarray(cut)]);
      },
  ),
  fc.tuple(place, place).map(
    ([from, length]): Change =>
      (whole) => {
        const start = from % (whole.length + 1);
        return Buffer.concat([whole, whole.subarray(start, start + (length % 500))]);
      },
  ),
);

/** A message with one or more fields that hold something else. Paths lead into its parts. */
export type FieldChange = Readonly<{ at: number; text: string; bytes: Buffer; moment: object }>;

export const fieldChange: fc.Arbitrary<FieldChange> = fc.record({ at: place, text, bytes, moment });

export function withField(message: object, { at, ...given }: FieldChange): object {
  const paths = pathsOf(message, []);
  const path = paths[at % paths.length] ?? [];
  return replaced(message, path, given) as object;
}

function pathsOf(value: unknown, path: readonly string[]): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return [path];
  return [
    ...(path.length === 0 ? [] : [path]),
    ...Object.entries(value).flatMap(([n, it]) => pathsOf(it, [...path, n])),
  ];
}

function replaced(value: unknown, [name, ...rest]: readonly string[], given: Omit<FieldChange, 'at'>): unknown {
  if (name === undefined) return hostileInPlaceOf(value, given);
  if (Array.isArray(value)) return value.map((it, at) => (String(at) === name ? replaced(it, rest, given) : it));
  const whole = value as Message;
  return { ...whole, [name]: replaced(whole[name], rest, given) };
}

function hostileInPlaceOf(value: unknown, given: Omit<FieldChange, 'at'>): unknown {
  if (Buffer.isBuffer(value)) return given.bytes;
  if (Array.isArray(value)) return [given.text, ...value, ...value];
  if (typeof value === 'object' && value !== null && 'seconds' in value) return given.moment;
  return typeof value === 'object' && value !== null ? {} : given.text;
}

const anyClaim = fc.tuple(
  fc.constantFrom(
    'jti',
    'iat',
    'exp',
    'nbf',
    'aud',
    'sub',
    'retrieval_id',
    'request_digest',
    'attestation',
    'decision',
    'fields',
    'obligations',
    'cnf',
    'areas',
  ),
  fc.oneof(
    text,
    fc.constantFrom<unknown>(null, true, -1, 1e308, -1e308, 0.5, [], {}, [[[[]]]], { toString: 1 }),
    fc.constantFrom(`jti-of-16-chars${NUL}`, `${HOSTILE}${RIGHT_TO_LEFT}-0123456789`, 'j'.repeat(127)),
  ),
);

/** What a register counts by. */
const limits = fc.record({
  rule: fc.oneof(text, fc.constantFrom('rule', `rule${NUL}`, 'r'.repeat(5000), HOSTILE)),
  of: fc.constantFrom('persons', 'requests', HOSTILE),
  max: fc.constantFrom<unknown>(1, 2, 0, -1, 0.5, 1e308, '1', null),
  per: fc.constantFrom('minute', 'day', HOSTILE),
});
const hostileLimits = fc
  .array(limits, { minLength: 1, maxLength: 3 })
  .map((rates): [string, unknown] => ['obligations', { rates }]);

/** A claim of a token that is signed as it should be by somebody who should not. */
export const hostileClaim = fc.oneof({ weight: 4, arbitrary: anyClaim }, { weight: 1, arbitrary: hostileLimits });

/** Periods of the log, most of them none. */
export const period = fc.record({ from_time: fc.option(moment), to_time: fc.option(moment) }, { requiredKeys: [] });
