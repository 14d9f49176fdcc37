import { describe, expect, it } from '@jest/globals';
import { fieldLimits } from '../../src/catalogue/field-limits.js';
import { withheldAttributes } from '../../src/permission/withheld.js';
import { attributeValue, selectOne } from '../../src/register-edge/evidence-source.postgres.js';
import type { EvidenceView } from '../../src/register-edge/register-config.js';
import { aFederation } from './federation.js';

const view: EvidenceView = {
  view: 'nachweis.meldedaten',
  person: { idnr: 'idnr', birth_date: 'geburtsdatum', blocked: 'sperre' },
  as_of: 'stand',
  attributes: { family_name: 'familienname', town: 'ort' },
};

describe('what an edge reads from a register', () => {
  it('reads no column but those asked for (GDPR Art. 5 (1) c)', () => {
    const text = selectOne(view, ['town']).replace(/\s+/g, ' ');
    expect(text).toBe(
      'select "stand" as as_of, "sperre" as blocked, "ort" as "a_town" ' +
        'from "nachweis"."meldedaten" where "idnr" = $1 and "geburtsdatum" = $2 limit 2',
    );
  });

  it('cannot be asked for a column that is not configured', () => {
    expect(() => selectOne(view, ['idnr'])).toThrow('without column');
    expect(() => selectOne(view, ['constructor'])).toThrow('without column');
  });

  it.each([
    ['string', 'Bremen', 'Bremen'],
    ['date', '2026-11-01', '2026-11-01'],
    ['partial-date', '1971', '1971'],
    ['string-list', ['DE', 'TR'], ['DE', 'TR']],
    ['object', [{ a: 1 }], [{ a: 1 }]],
    ['string', null, null],
    ['string', 7, undefined],
    ['date', new Date(0), undefined],
    ['string-list', 'DE', undefined],
    ['object', new Date(0), undefined],
  ] as const)('takes for %s only what the catalogue promises: %p', (type, value, taken) => {
    expect(attributeValue(type, value)).toEqual(taken);
  });
});

describe('what is withheld', () => {
  it('follows from request and rules alone, with the norm (BEEG § 25; EGovG § 5 Abs. 1)', async () => {
    const { lookup } = (await aFederation()).current;
    const type = lookup.evidenceType('geburt');
    const legalBasis = lookup.legalBasis('beeg-25');
    if (type === undefined || legalBasis === undefined) throw new Error('not in the catalogue');
    const denies = lookup.catalogue.rules.filter(
      ({ effect, evidence_type }) => effect === 'deny' && evidence_type === 'geburt',
    );
    const released = type.attributes.map(({ id }) => id).filter((id) => !['sex', 'birth_place'].includes(id));
    expect(withheldAttributes(type, released, { legalBasis, denies, limits: [] })).toEqual([
      { attribute: 'birth_place', norm: 'BEEG § 25' },
      { attribute: 'sex', norm: 'BEEG § 25 (closed list); GDPR Art. 5 para. 1 lit. c' },
    ]);
  });

  it('names the norm of the recipient matrix, of the purpose or of the legal basis, the narrowest first (GewAnzV § 3)', async () => {
    const { lookup } = (await aFederation()).current;
    const type = lookup.evidenceType('gewerbeanzeige-anmeldung');
    const legalBasis = lookup.legalBasis('gewo-14-8');
    if (type === undefined || legalBasis === undefined) throw new Error('not in the catalogue');
    const withheldFrom = (consumer: string, purpose: string, released: readonly string[]) => {
      const limits = fieldLimits(lookup, { consumer, purpose, evidence_type: type.id, legal_basis: legalBasis.id });
      return new Map(
        withheldAttributes(type, released, { legalBasis, denies: [], limits }).map((it) => [it.attribute, it.norm]),
      );
    };
    const released = type.attributes.map(({ id }) => id).filter((id) => !['field_13', 'field_14'].includes(id));
    expect(Object.fromEntries(withheldFrom('ihk-bremen', 'gewerbeanzeige-aufgaben', released))).toEqual({
      field_13: 'GewAnzV § 3 Abs. 1 Satz 1 Nr. 1 Buchst. a',
      // Not excluded: it was not asked for.
      field_14: 'GewO § 14 Abs. 8',
    });
    const others = withheldFrom('gewerbe-online', 'kfz-zulassung', []);
    expect(new Set(others.values())).toEqual(new Set(['GewAnzV § 3']));
    expect(withheldFrom('finanzamt-bremen', 'kfz-zulassung', []).get('field_01')).toBe('GDPR Art. 5 (1) c');
  });
});
