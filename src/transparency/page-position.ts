import type { Decoder } from '../platform/decode.js';
import type { Seal } from '../platform/secrets.js';

/** No token that is made here is longer. */
const MAX_CHARACTERS = 200;

/** Opaque: says before which index a list goes on, and opens for the same list of the same caller alone. Empty at its end. */
export function sealPosition(seal: Seal, list: string, next: number | undefined): string {
  return next === undefined ? '' : seal.close(Buffer.from(String(next)), list);
}

/** Undefined for a list that begins. */
export function decodePosition(
  decoder: Decoder,
  seal: Seal,
  list: string,
  token: string | undefined,
): number | undefined {
  if (token === undefined || token === '') return undefined;
  const opened = token.length > MAX_CHARACTERS ? undefined : seal.open(token, list);
  if (opened === undefined) decoder.refuse('page_token', 'must be that of the list which it continues');
  return opened && Number(opened.toString());
}
