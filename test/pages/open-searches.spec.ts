import { describe, expect, it } from '@jest/globals';
import { type OpenSearch, searchOf, withSearch } from '../../src/pages/oversight/open-searches.js';
import { NOW } from '../support/builders.js';

const wish = (subjectToken: string) => ({ subjectToken, reason: 'Beschwerde vom Montag', fileReference: 'DSB-1' });
const ENDED = expect.objectContaining({ reason: 'SEARCH_ENDED' });

describe("an officer's searches for persons", () => {
  it('stand side by side, each by a reference of its own; beyond five the oldest is over', () => {
    let searches: readonly OpenSearch[] = [];
    const opened = ['a', 'b', 'c', 'd', 'e', 'f'].map((token) => {
      const added = withSearch(searches, wish(token), NOW);
      searches = added.searches;
      return added.search;
    });
    expect(new Set(opened.map(({ ref }) => ref)).size).toBe(6);
    const [oldest, ...rest] = opened;
    for (const search of rest) expect(searchOf(searches, search.ref, NOW)).toBe(search);
    expect(() => searchOf(searches, oldest!.ref, NOW)).toThrow(ENDED);
  });

  it('end with the subject token, and none is taken for another', () => {
    const { search, searches } = withSearch([], wish('a'), NOW);
    expect(searchOf(searches, search.ref, NOW + 539_999)).toBe(search);
    expect(() => searchOf(searches, search.ref, NOW + 540_000)).toThrow(ENDED);
    for (const ref of ['', 'another']) expect(() => searchOf(searches, ref, NOW)).toThrow(ENDED);
    expect(withSearch(searches, wish('b'), NOW + 540_000).searches).toHaveLength(1);
  });
});
