import { createHash } from 'node:crypto';
import { expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { catalogueVersion } from '../../src/catalogue/catalogue-version.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { atOnce } from '../../src/platform/slices.js';

const byLibrary = (sections: object) =>
  createHash('sha256')
    .update(canonicalize(sections) ?? '')
    .digest('base64url');

it('is the digest of the RFC 8785 form, as the library makes it', () => {
  const {
    version,
    endpoints: _,
    ...sections
  } = loadCatalogue({
    folder: 'catalogue',
    deployment: 'test/catalogue/deployment',
  });
  expect(version).toBe(byLibrary(sections));
  const text = fc.string({
    unit: fc.constantFrom('a', '"', '\\', '\n', '\u0001', 'ü', '€', '\u{1f600}', '\ufb33', '\u2028'),
  });
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      text,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('any')),
      fc.dictionary(text, tie('any')),
    ),
  })).any;
  fc.assert(fc.property(fc.dictionary(text, value), (some) => atOnce(catalogueVersion(some)) === byLibrary(some)));
});

it('does not exist for what is no Unicode text', () => {
  expect(() => atOnce(catalogueVersion({ a: ['\ud800'] }))).toThrow(TypeError);
});
