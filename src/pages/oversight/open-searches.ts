import { randomUUID } from 'node:crypto';
import type { SearchWish } from '../../client/pages-connection.js';
import { PageFault } from '../page-fault.js';
import { SUBJECT_TOKEN_USED_MS } from '../session/own-lookup.js';

/** Searches of one session side by side; the sentences about `SEARCH_ENDED` name it, and how long a subject token is used. */
const SIDE_BY_SIDE = 5;

/** A search that found somebody, by a reference that the forms of its pages carry. `endsAt` in milliseconds since 1970. */
export type OpenSearch = SearchWish & Readonly<{ ref: string; endsAt: number }>;

/** One more, with a reference of its own: what another tab searches for is another search. The oldest go. */
export function withSearch(
  searches: readonly OpenSearch[],
  wish: SearchWish,
  nowMs: number,
): Readonly<{ search: OpenSearch; searches: readonly OpenSearch[] }> {
  const search = { ...wish, ref: randomUUID(), endsAt: nowMs + SUBJECT_TOKEN_USED_MS };
  return { search, searches: [...searches.filter(({ endsAt }) => endsAt > nowMs), search].slice(-SIDE_BY_SIDE) };
}

/** The search of this reference and no other. @throws PageFault SEARCH_ENDED */
export function searchOf(searches: readonly OpenSearch[], ref: string, nowMs: number): OpenSearch {
  const search = searches.find((it) => it.ref === ref && it.endsAt > nowMs);
  if (search === undefined) throw new PageFault('SEARCH_ENDED');
  return search;
}
