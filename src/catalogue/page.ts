import { Decoder } from '../platform/decode.js';

/** One page of a list in memory, in the order of the keys (AIP-158). */
export function page<T>(
  items: readonly T[],
  key: (item: T) => string,
  asked: Readonly<{ page_size?: number; page_token?: string }>,
): Readonly<{ items: readonly T[]; next: string }> {
  const decoder = new Decoder();
  const size = decoder.pageSize('page_size', asked.page_size);
  const after = decoder.done(decoder.optionalIdentifier('page_token', asked.page_token));
  const rest = items
    .toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
    .filter((item) => after === undefined || key(item) > after);
  const last = rest[size - 1];
  return { items: rest.slice(0, size), next: rest.length > size && last !== undefined ? key(last) : '' };
}
