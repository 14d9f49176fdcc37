import { describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalBytes, canonicalDigest, textHash } from '../../src/tokens/digest.js';
import { type LookupRequest, type RetrievalRequest, requestDigest } from '../../src/tokens/register-request.js';
import { type CommitmentOpening, subjectCommitment } from '../../src/tokens/subject-commitment.js';
import { SALT } from '../support/builders.js';

const DIGEST = /^[\w-]{43}$/;

/** The same members in another order, at every depth. */
function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reordered(member)]),
  );
}

/** Every value below an object with its path. */
function paths(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, member]) => paths(member, [...path, name]));
}

function changed<T>(value: T, path: readonly string[]): T {
  const copy = structuredClone(value);
  const parent = path
    .slice(0, -1)
    .reduce((it, name) => it[name] as Record<string, unknown>, copy as Record<string, unknown>);
  const name = path.at(-1)!;
  parent[name] = typeof parent[name] === 'number' ? parent[name] + 1 : `${parent[name]}x`;
  return copy;
}

const stated = {
  retrieval_id: 'r',
  register: 'melderegister-bremen',
  consumer: 'familienkasse-online',
  purpose: 'kindergeld-antrag',
  purpose_hash: 'hash',
  legal_basis: 'egovg-5-1-1',
  subject_role: 'parent',
  nonce: 'n'.repeat(43),
  issued_at: 1,
};
const retrieval: RetrievalRequest = {
  ...stated,
  evidence_type: 'meldedaten',
  fields: ['birth_date', 'family_name'],
  person: {
    idnr: '02468135792',
    birth_date: '1990-04-05',
    commitment: { salt: SALT, family_name: 'Musterfrau', idnr: null },
  },
};
const lookup: LookupRequest = {
  ...stated,
  key: { set: 'name', family_name: 'Musterfrau', given_names: 'Erika', birth_date: '1990' },
  commitment_salt: SALT,
  representative_idnr: null,
};
const opening: CommitmentOpening = {
  role: 'parent',
  salt: SALT,
  birth_date: '1990-04-05',
  family_name: 'Musterfrau',
  idnr: null,
};

describe('the canonical digest (RFC 8785)', () => {
  it('is blind to the order of members and is 32 bytes of base64url', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalDigest(value)).toMatch(DIGEST);
        expect(canonicalDigest(reordered(value))).toBe(canonicalDigest(value));
      }),
    );
  });

  it('differs for values that differ', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const same = JSON.stringify(reordered(a)) === JSON.stringify(reordered(b));
        fc.pre(!same && !canonicalBytes(a).equals(canonicalBytes(b)));
        expect(canonicalDigest(a)).not.toBe(canonicalDigest(b));
      }),
    );
  });

  it('takes only what JSON can say', () => {
    expect(() => canonicalBytes(undefined)).toThrow(TypeError);
    expect(() => canonicalDigest({ x: Number.NaN })).toThrow();
  });

  it('gives the bytes of the specification (RFC 8785 § 3.2.3)', () => {
    const example = { '\u20ac': 'Euro Sign', '\r': 'Carriage Return', '1': 'One', '\u00f6': 'o', numbers: [1e30, 4.5] };
    expect(canonicalBytes(example).toString('utf8')).toBe(
      '{"\\r":"Carriage Return","1":"One","numbers":[1e+30,4.5],"ö":"o","€":"Euro Sign"}',
    );
  });

  it('of a text is the hash of its UTF-8 bytes (NIST FIPS 180-4, "abc")', () => {
    expect(Buffer.from(textHash('abc'), 'base64url').toString('hex')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});

describe.each([
  ['retrieval', retrieval],
  ['lookup', lookup],
] as const)('the digest of a %s (design 5)', (_name, request) => {
  it('is the same however the members are ordered', () => {
    expect(requestDigest(reordered(request) as typeof request)).toBe(requestDigest(request));
  });

  it.each(paths(request).map((path) => [path.join('.')]))('changes with %s', (path) => {
    expect(requestDigest(changed<RetrievalRequest | LookupRequest>(request, path.split('.')))).not.toBe(
      requestDigest(request),
    );
  });
});

describe('the commitment to a subject', () => {
  it.each(paths(opening).map((path) => [path.join('.')]))('changes with %s', (path) => {
    expect(subjectCommitment(changed(opening, path.split('.')))).not.toBe(subjectCommitment(opening));
  });

  it('takes composed and decomposed letters and white space around a name as the same name (DIN 91379)', () => {
    const composed = subjectCommitment({ ...opening, family_name: 'Søndergård' });
    expect(subjectCommitment({ ...opening, family_name: ' Søndergård '.normalize('NFD') })).toBe(composed);
  });

  it('tells an unknown name from the word null and an unknown number from a name', () => {
    const { family_name: name } = opening;
    const variants = [
      { ...opening, family_name: null },
      { ...opening, family_name: 'null' },
      { ...opening, family_name: null, idnr: name },
      opening,
    ];
    expect(new Set(variants.map(subjectCommitment)).size).toBe(variants.length);
  });

  it('cannot be made without the salt: two salts, two commitments for one person', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.base64String({ minLength: 4 }), { minLength: 2, maxLength: 2 }), ([a, b]) => {
        expect(subjectCommitment({ ...opening, salt: a! })).not.toBe(subjectCommitment({ ...opening, salt: b! }));
      }),
    );
  });
});

describe('the canonical form (RFC 8785)', () => {
  it('is that of the library, for every value', () => {
    const value = fc.anything({
      values: [
        fc.string({ unit: 'binary' }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null),
      ],
      withNullPrototype: false,
    });
    fc.assert(
      fc.property(value, (it) => {
        fc.pre(it !== undefined);
        expect(canonicalBytes(it).toString()).toBe(canonicalize(it));
      }),
      { numRuns: 500 },
    );
  });

  it('leaves out what is not there, and asks an object for its form', () => {
    const value = { b: undefined, a: [undefined, new Date(0)], '\u{1F600}': 1, '\uFB33': -0 };
    expect(canonicalBytes(value).toString()).toBe(canonicalize(value));
  });

  it.each([
    ['nothing', undefined],
    ['a number that is none', Number.NaN],
    ['one without end', { a: Number.POSITIVE_INFINITY }],
    ['half a character', { a: '\uD83D' }],
    ['half a character in a name', { '\uDE00': 1 }],
    ['a big integer', 1n],
    ['a function', { a: () => 1 }],
  ])('%s has none', (_what, value) => {
    expect(() => canonicalBytes(value)).toThrow(TypeError);
  });
});
