import type { Decoder } from '../platform/decode.js';
import type { RouteParameters } from './route.js';

type WhereMessage = Readonly<{ ars?: string; register_number?: string; key_date?: string }>;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Where the evidence is, as every request says it. `path` ends in a point, or is empty. */
export function decodeWhere(decoder: Decoder, path: string, message: WhereMessage): RouteParameters {
  const ars = decoder.optionalIdentifier(`${path}ars`, message.ars);
  const register_number = decoder.optionalIdentifier(`${path}register_number`, message.register_number);
  const key_date = message.key_date || undefined;
  if (key_date !== undefined && !DAY.test(key_date)) decoder.refuse(`${path}key_date`, 'must be a day, as 2026-01-31');
  return {
    ...(ars === undefined ? {} : { ars }),
    ...(register_number === undefined ? {} : { register_number }),
    ...(key_date === undefined ? {} : { key_date }),
  };
}
