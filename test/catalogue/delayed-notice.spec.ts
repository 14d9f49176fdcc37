import { describe, expect, it } from '@jest/globals';
import { mayDelayNotice } from '../../src/catalogue/delayed-notice.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';

const DAY_S = 86_400;
const iat = 1_800_000_000;
const NORM = 'BDSG § 33 Abs. 1 Nr. 1 Buchst. a, § 34 Abs. 1 Nr. 1';
const basis = { delayed_notice: [{ norm: NORM, max_days: 30 }] };
const decided = (norm = NORM, until = iat + 30 * DAY_S) => ({
  ...{ acting: 'AUTHORITY' as const, evidence_type: 'identity', iat, delayed_notice: { norm, until } },
});

describe('a look for a person is kept from them (BDSG § 34 Abs. 1 Nr. 1)', () => {
  it('by a norm that the legal basis names, and up to its last day', () => {
    expect(mayDelayNotice(decided(), basis)).toBe(true);
    expect(mayDelayNotice({ acting: 'SELF', evidence_type: 'identity', iat }, undefined)).toBe(true);
  });

  it.each([
    ['by another norm', decided('BDSG § 99'), basis],
    ['on a legal basis that names none', decided(), {}],
    ['on an unknown legal basis', decided(), undefined],
    ['longer than the norm may', decided(NORM, iat + 30 * DAY_S + 1), basis],
    ['until a moment that has passed', decided(NORM, iat), basis],
    ['without an authority', { ...decided(), acting: 'SELF' as const }, basis],
    ['where evidence is fetched', { ...decided(), evidence_type: 'meldedaten' }, basis],
  ])('not %s', (_case, decision, of) => {
    expect(mayDelayNotice(decision, of)).toBe(false);
  });

  it('in the catalogue only where an officer searches the log', () => {
    const { legal_bases } = loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' });
    const naming = legal_bases.filter(({ delayed_notice = [] }) => delayed_notice.length > 0);
    expect(naming.map(({ id }) => id)).toEqual(['idnrg-9']);
    expect(naming[0]?.delayed_notice?.map(({ norm }) => norm)).toContain(NORM);
  });
});
