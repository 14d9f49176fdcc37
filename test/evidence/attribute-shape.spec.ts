import { describe, expect, it } from '@jest/globals';
import type { EvidenceType } from '../../src/catalogue/catalogue.js';
import { fitsAttribute } from '../../src/evidence/attribute-shape.js';
import type { AttributeValue } from '../../src/tokens/evidence-credential.js';

const KINDS = ['string', 'string-list', 'date', 'partial-date', 'object'] as const;
const type = {
  attributes: KINDS.map((kind) => ({ id: kind, title: { de: kind }, type: kind })),
} as unknown as EvidenceType;

const deep = (levels: number): AttributeValue => (levels === 0 ? {} : { a: deep(levels - 1) });

describe('an attribute of a register goes no further than its shape in the catalogue (design 3, step 8)', () => {
  it.each([
    ['string', 'Straße 11a'],
    ['string', ''],
    ['string-list', ['DE', 'DK']],
    ['date', '2026-09-14'],
    ['partial-date', '1971'],
    ['partial-date', '1974-07'],
    ['object', [{ given_names: 'Jörn', birth_date: '2021-03-02' }]],
    ['object', { a: 1, b: true, c: null }],
    ...KINDS.map((kind) => [kind, null] as const),
  ])('takes as %s %j', (name, value) => {
    expect(fitsAttribute(type, name, value)).toBe(true);
  });

  it.each<readonly [string, AttributeValue]>([
    ['string', 5],
    ['string', { text: 'free' }],
    ['string', 'two\nlines'],
    ['string', '\u202eturned'],
    ['string', 'x'.repeat(5000)],
    ['string-list', 'DE'],
    ['string-list', ['DE', 5]],
    ['string-list', Array.from({ length: 300 }, () => 'DE')],
    ['date', '1974-07'],
    ['date', '14.09.2026'],
    ['partial-date', 'about 1971'],
    ['object', { note: 'two\nlines' }],
    ['object', deep(9)],
    ['unknown', 'value'],
  ])('refuses as %s %j', (name, value) => {
    expect(fitsAttribute(type, name, value)).toBe(false);
  });
});
