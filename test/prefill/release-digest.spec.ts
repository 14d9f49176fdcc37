import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Release, releaseDigest } from '../../src/prefill/release-digest.js';
import { SALT } from '../support/builders.js';

const source = { register: 'melderegister-bremen', evidence_id: 'e', attribute: 'a', as_of: 'then', assurance: 'low' };
const release = {
  fields: [
    {
      fim_id: 'F60000227',
      label: 'Familienname',
      subject_role: 'parent',
      value: 'Musterfrau',
      source,
      alternatives: [{ value: 'Musterfrau-Muster', source: { ...source, register: 'personenstand-bremen' } }],
    },
    { fim_id: 'F60000228', label: 'Vornamen', subject_role: 'parent', value: 'Erika', source, alternatives: [] },
  ],
  not_delivered: [
    {
      evidence_type: 'geburt',
      subject_role: 'child',
      reason: 'REGISTER_UNAVAILABLE',
      detail: 'The register cannot answer now.',
    },
  ],
  evidence: ['header.payload.signature~disclosure~', 'another~'],
  own_statements: {
    attestation: 'a.b.c',
    statements: [{ held_id: 'h', evidence_id: 'e', attribute: 'a', value: 'Musterfrau-Anders', salt: SALT }],
  },
} satisfies Release;

/** Paths of all texts in a value. */
function texts(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => texts(member, [...path, name]));
}

function changedAt(path: readonly string[], text: string): Release {
  const copy: Release = structuredClone(release);
  const parent = path.slice(0, -1).reduce((it, name) => it[name] as never, copy as unknown as Record<string, unknown>);
  parent[path.at(-1)!] = text;
  return copy;
}

const digest = releaseDigest(release, SALT);

describe('the digest of a release (design 3, step 11)', () => {
  it('is the same for the same', () => {
    expect(releaseDigest(structuredClone(release), SALT)).toBe(digest);
  });

  it.each(texts(release).map((path) => [path.join('.')]))('changes with %s', (path) => {
    expect(releaseDigest(changedAt(path.split('.'), 'changed'), SALT)).not.toBe(digest);
  });

  it('changes with any single value, whatever it becomes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...texts(release)), fc.string(), (path, text) => {
        const before = path.reduce((it, name) => it[name] as never, release as unknown as Record<string, unknown>);
        fc.pre(String(before) !== text);
        expect(releaseDigest(changedAt(path, text), SALT)).not.toBe(digest);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['a field is left out', { ...release, fields: release.fields.slice(1) }],
    ['an alternative is left out', { ...release, fields: release.fields.map((it) => ({ ...it, alternatives: [] })) }],
    ['fields change places', { ...release, fields: [...release.fields].reverse() }],
    ['a refusal is left out', { ...release, not_delivered: [] }],
    ['evidence is left out', { ...release, evidence: release.evidence.slice(1) }],
    ['evidence is repeated', { ...release, evidence: [...release.evidence, 'another~'] }],
  ] as readonly (readonly [string, Release])[])('changes where %s', (_case, other) => {
    expect(releaseDigest(other, SALT)).not.toBe(digest);
  });

  it('cannot be guessed from the log: another salt, another digest', () => {
    expect(releaseDigest(release, 'another')).not.toBe(digest);
  });
});
