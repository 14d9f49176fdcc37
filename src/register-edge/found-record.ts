import type { Attribute } from '../catalogue/catalogue.js';
import { normaliseName } from '../identity/name.js';
import { faultOfRecord } from '../platform/fault.js';
import type { CompanyRepresentative } from '../tokens/company-key.js';
import type { AttributeValue } from '../tokens/evidence-credential.js';
import type { EvidenceRecord, Found, Later, RecordOf } from './evidence-source.js';

/**
 * `as_of`, `blocked`, `available_at` where the source says from when on a record can be had, `representatives` of a company, and
 * `a_` with each attribute that was asked for.
 */
export type SourceRow = Readonly<Record<string, unknown>>;

/** What a kind of source has no type for. */
export type Reading = Readonly<{
  /** How it says that a record is not blocked; anything else is a block. */
  free: readonly unknown[];
  /** How it says that one is. */
  blocked: readonly unknown[];
  /** Whether lists and objects are JSON in a text. */
  jsonInText: boolean;
}>;

export type CodeLists = Readonly<Record<string, Readonly<Record<string, string>>>>;

export type Asked = Readonly<{
  subject: RecordOf;
  attributes: readonly string[];
  /** Of the evidence type. */
  known: readonly Attribute[];
  /** Attribute to value of the source to value of the evidence. */
  codeLists?: CodeLists | undefined;
  /** Milliseconds since the epoch. */
  nowMs: number;
}>;

/** A source does not keep to the catalogue. Names the attribute, never its value. */
export class SourceFault extends Error {
  override readonly name = 'SourceFault';
  constructor(readonly code: string) {
    super(code);
  }
}

/**
 * Exactly one row, not blocked, of a company for who represents it; later where it cannot be had yet. @throws Fault
 * REGISTER_UNAVAILABLE
 */
export function foundIn(rows: readonly SourceRow[], asked: Asked, reading: Reading): Found<EvidenceRecord> | Later {
  const [row, second] = rows;
  if (row === undefined) return { kind: 'none' };
  if (second !== undefined) return { kind: 'several' };
  if (!reading.free.includes(row.blocked)) return { kind: 'blocked' };
  const { subject } = asked;
  if ('company' in subject && !isRepresentedBy(parsed(row.representatives, reading), subject.representative))
    return { kind: 'not-represented' };
  // After everything that would be answered by a no: who may not know of the record does not learn of its time.
  const availableAt = momentAvailable(row);
  if (availableAt !== undefined && availableAt > asked.nowMs) return { kind: 'later', availableAt };
  return { kind: 'one', record: recordOf(row, asked, reading) };
}

/** Undefined where the source says no time, and the record can be had now. */
function momentAvailable({ available_at: availableAt }: SourceRow): number | undefined {
  if (availableAt === undefined || availableAt === null) return undefined;
  const at = moment(availableAt);
  // Whatever stands for "never" is no moment either: the register says no time.
  if (at === undefined) throw faultOfRecord(new SourceFault('available_at'));
  return at.getTime();
}

function recordOf(row: SourceRow, asked: Asked, reading: Reading): EvidenceRecord {
  const asOf = moment(row.as_of);
  if (asOf === undefined) throw faultOfRecord(new SourceFault('as_of'));
  const values = asked.attributes.map((id) => {
    const value = statedValue(id, row, asked, reading);
    if (value === undefined) throw faultOfRecord(new SourceFault(id));
    return [id, value] as const;
  });
  return { asOf: asOf.toISOString(), attributes: Object.fromEntries(values) };
}

/** Undefined where the row does not hold what the catalogue promises. */
export function statedValue(
  id: string,
  row: SourceRow,
  { known, codeLists = {} }: Pick<Asked, 'known' | 'codeLists'>,
  reading: Reading,
): AttributeValue | undefined {
  const type = known.find((it) => it.id === id)?.type;
  const isText = type === 'string' || type === 'date' || type === 'partial-date';
  const stated = isText ? row[`a_${id}`] : parsed(row[`a_${id}`], reading);
  if (isDamaged(stated)) return undefined;
  const codes = Object.hasOwn(codeLists, id) ? codeLists[id] : undefined;
  return attributeValue(type, codes === undefined ? stated : decoded(codes, stated));
}

const WITH_ZONE = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** Undefined where it is not one moment for everybody: a time without zone is another one elsewhere. */
export function moment(value: unknown): Date | undefined {
  const date = typeof value === 'string' && WITH_ZONE.test(value) ? new Date(value.replace(' ', 'T')) : value;
  return date instanceof Date && Number.isFinite(date.getTime()) ? date : undefined;
}

function parsed(value: unknown, { jsonInText }: Reading): unknown {
  if (!jsonInText || typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** Undefined where a value is in no list: what it means nobody here knows. */
function decoded(codes: Readonly<Record<string, string>>, value: unknown): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map((it) => decoded(codes, it));
  const code = typeof value === 'number' || typeof value === 'bigint' ? String(value) : value;
  return typeof code === 'string' && Object.hasOwn(codes, code) ? codes[code] : undefined;
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

/** NUL, and what decoders put in the place of bytes that are not UTF-8: nobody's name is spelled with them. */
const DAMAGE = /[\0\uFFFD]/;
const MAX_DEPTH = 32;

/** Also where it is too deep to be gone through. */
function isDamaged(value: unknown, depth = 1): boolean {
  if (depth > MAX_DEPTH) return true;
  if (typeof value === 'string') return DAMAGE.test(value) || !value.isWellFormed();
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, member]) => isDamaged(name, depth) || isDamaged(member, depth + 1));
}
