import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ownPath, ownPathToKeep } from '../../src/pages/own-path.js';

test.each([
  ['/decide/abc?x=1', '/decide/abc?x=1'],
  ['/', '/'],
  ['/a/../b', '/b'],
  [undefined, '/'],
  [['/a'], '/'],
  ['', '/'],
  ['relative', '/'],
  ['//elsewhere.example', '/'],
  ['/\\elsewhere.example', '/'],
  ['/a/..//elsewhere.example', '/'],
  ['/\t/elsewhere.example', '/'],
  ['https://elsewhere.example', '/'],
  ['javascript:alert(1)', '/'],
])('%j leads to %s', (given, path) => {
  expect(ownPath(given)).toBe(path);
});

test('a link is kept whole or refused, never cut: who signs in comes back to where they began', () => {
  const longest = `/${'a'.repeat(3999)}`;
  expect([ownPath(`${longest}a`), ownPathToKeep(longest)]).toEqual([`${longest}a`, longest]);
  expect(() => ownPathToKeep(`${longest}a`)).toThrow(expect.objectContaining({ reason: 'REQUEST_NOT_VALID' }));
});

test('whatever a link says, a browser stays at the pages (open redirect)', () => {
  const hostile = fc.string({
    unit: fc.constantFrom('/', '\\', '.', ':', '@', '?', '#', '\t', '\n', 'a', '%', '2', 'f'),
  });
  fc.assert(
    fc.property(hostile, (given) => {
      const path = ownPath(`/${given}`);
      expect(new URL(path, 'https://pages.example').origin).toBe('https://pages.example');
      // What is stable when it is read again cannot become another place on the way.
      expect(ownPath(path)).toBe(path);
    }),
  );
});
