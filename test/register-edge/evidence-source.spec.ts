import { describe, expect, it } from '@jest/globals';
import { fieldLimits } from '../../src/catalogue/field-limits.js';
import { withheldAttributes } from '../../src/permission/withheld.js';
import { attributeValue, isRepresentedBy } from '../../src/register-edge/found-record.js';
import type { EvidenceView } from '../../src/register-edge/register-config.js';
import { POSTGRES } from '../../src/register-edge/sql-database.postgres.js';
import { selectOf } from '../../src/register-edge/sql-select.js';
import { aFederation } from './federation.js';

const view: EvidenceView = {
  view: 'nachweis.meldedaten',
  person: { idnr: 'idnr', birth_date: 'geburtsdatum', blocked: 'sperre' },
  as_of: 'stand',
  attributes: { family_name: 'familienname', town: 'ort' },
};

const select = (of: EvidenceView, ...asked: [Parameters<typeof selectOf>[1], readonly string[]]) =>
  selectOf({ view: of, today: '2026-11-26' }, ...asked, POSTGRES);

const SOMEBODY = { idnr: '02476291358', birthDate: '1992-08-12' };

describe('what an edge reads from a register', () => {
  it('reads no column but those asked for (GDPR Art. 5 (1) c)', () => {
    const selected = select(view, SOMEBODY, ['town']);
    expect(selected?.text.replace(/\s+/g, ' ')).toBe(
      'select "stand" as as_of, "sperre" as blocked, "ort" as "a_town" ' +
        'from "nachweis"."meldedaten" where "idnr" = $1 and "geburtsdatum" = $2 limit 2',
    );
    expect(selected?.values).toEqual(['02476291358', '1992-08-12']);
  });

  it('cannot be asked for a column that is not configured', () => {
    expect(() => select(view, SOMEBODY, ['idnr'])).toThrow('without column');
    expect(() => select(view, SOMEBODY, ['constructor'])).toThrow('without column');
  });

  it('is found of a company by its entry, or by a business number where the register knows those (UBRegG § 3 Abs. 3)', () => {
    const { person: _, ...rest } = view;
    const columns = {
      kind: 'art',
      court: 'gericht',
      number: 'nummer',
      representatives: 'vertreter',
      blocked: 'sperre',
    };
    const key = { set: 'register-number', kind: 'HRB', court: 'TEST1', number: '900001' } as const;
    const selected = select({ ...rest, company: columns }, { company: key, representative: null }, ['town']);
    expect(selected?.text.replace(/\s+/g, ' ')).toBe(
      'select "stand" as as_of, "sperre" as blocked, "vertreter" as representatives, "ort" as "a_town" ' +
        'from "nachweis"."meldedaten" where "art" = $1 and "gericht" = $2 and "nummer" = $3 limit 2',
    );
    expect(selected?.values).toEqual(['HRB', 'TEST1', '900001']);
    const byNumber = {
      company: { set: 'business-number', business_number: 'DE136695976-00001' },
      representative: null,
    } as const;
    expect(select({ ...rest, company: columns }, byNumber, [])).toBeUndefined();
    const known = { ...rest, company: { ...columns, business_number: 'wid' } };
    expect(select(known, byNumber, [])?.text).toContain('where "wid" = $1 limit 2');
  });

  it('is nothing of a company in a view of persons, and the other way round', () => {
    const key = { set: 'business-number', business_number: 'DE136695976-00001' } as const;
    expect(select(view, { company: key, representative: null }, [])).toBeUndefined();
    const { person: _, ...rest } = view;
    expect(select(rest, SOMEBODY, [])).toBeUndefined();
  });

  it('is for nobody but those whom the register knows to represent the company (HRV § 43)', () => {
    const known = [{ family_name_key: 'müster', birth_date: '1989-02-28' }];
    const muster = { family_name: 'Mu\u0308ster ', birth_date: '1989-02-28' };
    expect(isRepresentedBy(known, muster)).toBe(true);
    expect(isRepresentedBy(known, { ...muster, birth_date: '1989-02' })).toBe(false);
    expect(isRepresentedBy(known, { ...muster, family_name: 'Muster' })).toBe(false);
    for (const none of [[], null, undefined, 'müster', [null], [{}]]) expect(isRepresentedBy(none, muster)).toBe(false);
    expect(isRepresentedBy([], null)).toBe(true);
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
