import type { Attribute, EvidenceType } from '../catalogue/catalogue.js';
import { isLine } from '../platform/decode.js';
import type { AttributeValue } from '../tokens/evidence-credential.js';

const MAX_DEPTH = 4;
const MAX_ITEMS = 256;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const PARTIAL_DATE = /^\d{4}(-\d{2}(-\d{2})?)?$/;

const isText = (value: unknown): value is string => typeof value === 'string' && (value === '' || isLine(value));
const isList = (value: unknown, of: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.length <= MAX_ITEMS && value.every(of);

const FITS: Readonly<Record<Attribute['type'], (value: unknown) => boolean>> = {
  string: isText,
  'string-list': (value) => isList(value, isText),
  date: (value) => isText(value) && DATE.test(value),
  'partial-date': (value) => isText(value) && PARTIAL_DATE.test(value),
  object: (value) => isPlain(value, MAX_DEPTH),
};

/**
 * Whether a value is one that the catalogue lets this attribute have; a register's free text goes no further than its
 * shape. Null is a register's "nothing known" and fits everywhere.
 */
export function fitsAttribute(type: EvidenceType, name: string, value: AttributeValue): boolean {
  const attribute = type.attributes.find(({ id }) => id === name);
  return attribute !== undefined && (value === null || FITS[attribute.type](value));
}

/** Objects and lists of lines, numbers and truth values, of bounded depth and length. */
function isPlain(value: unknown, depth: number): boolean {
  if (value === null || typeof value === 'boolean' || Number.isFinite(value) || isText(value)) return true;
  if (depth === 0 || typeof value !== 'object') return false;
  if (Array.isArray(value)) return isList(value, (item) => isPlain(item, depth - 1));
  const entries = Object.entries(value);
  return entries.length <= MAX_ITEMS && entries.every(([key, item]) => isLine(key) && isPlain(item, depth - 1));
}
