import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Catalogue, Competence, EvidenceType, Register } from '../../src/catalogue/catalogue.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { CatalogueLookup } from '../../src/catalogue/lookup.js';
import { freshUntil, type Route, type RouteParameters, route } from '../../src/catalogue/route.js';
import { RouteIndex } from '../../src/catalogue/route-index.js';

const catalogue = loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' });
const lookup = new CatalogueLookup(catalogue);
const [template] = catalogue.registers;
const TODAY = '2026-11-26';

/** Population registers with these competences, in this order. */
function withRegisters(competences: Readonly<Record<string, readonly Competence[]>>): Catalogue {
  if (!template) throw new Error('the catalogue has no register');
  const registers = Object.entries(competences).map(([id, competence]): Register => ({ ...template, id, competence }));
  return { ...catalogue, registers };
}

function routed(evidenceType: string, ars?: string, among: Catalogue = catalogue, key_date?: string): string {
  return textOf(
    route(
      new RouteIndex(among),
      typeOf(evidenceType),
      { ...(ars === undefined ? {} : { ars }), ...(key_date === undefined ? {} : { key_date }) },
      TODAY,
    ),
  );
}

function typeOf(id: string): EvidenceType {
  const type = lookup.evidenceType(id);
  if (!type) throw new Error(`no evidence type ${id}`);
  return type;
}

function textOf(found: Route): string {
  if (found.kind === 'one') return found.register.id;
  if (found.kind === 'needs' && found.parameters.join() !== 'ars') return `needs ${found.parameters.join()}`;
  return found.kind === 'several' ? `several: ${found.registers.join(', ')}` : found.kind;
}

describe('the route to a register', () => {
  test('leads to the register of the region', () => {
    expect(routed('meldedaten', '040110000000')).toBe('melderegister-bremen');
    expect(routed('geburt', '02')).toBe('personenstand-bremen');
  });

  test('needs no region where one register serves the whole country', () => {
    expect(routed('kindergeld-bezug')).toBe('familienkasse-register');
    expect(routed('identity')).toBe('identity-directory');
  });

  test('ends where no register of the region is connected: the person brings the evidence (EGovG § 5 Abs. 1 Nr. 2)', () => {
    expect(routed('meldedaten', '097790194194')).toBe('none');
  });

  test('ends at a register that is described and not connected', () => {
    expect(catalogue.registers.find(({ id }) => id === 'steuerverwaltung')).toMatchObject({ connected: false });
    expect(routed('einkommensteuerbescheid')).toBe('none');
    const connected = catalogue.registers.map(({ connected: _, ...register }) => register);
    expect(routed('einkommensteuerbescheid', undefined, { ...catalogue, registers: connected })).toBe(
      'steuerverwaltung',
    );
  });

  test('ends where no register of the type is connected, whatever the region', () => {
    expect(routed('auslaendische-familienleistung')).toBe('none');
    expect(routed('einkommensteuerbescheid', '04')).toBe('none');
  });

  test.each([undefined, '', '4', '04 011', '0401100000000', '04a'])('asks for the region when it is %j', (ars) => {
    expect(routed('meldedaten', ars)).toBe('needs');
  });

  test('prefers the nearest register, whatever the order', () => {
    const near = { 'wide-country': [''], 'wide-land': ['04'], 'wide-town': ['040110'] };
    const turned = Object.fromEntries(Object.entries(near).toReversed());
    for (const among of [withRegisters(near), withRegisters(turned)]) {
      expect(routed('meldedaten', '040110000000', among)).toBe('wide-town');
      expect(routed('meldedaten', '040120000000', among)).toBe('wide-land');
      expect(routed('meldedaten', '090000000000', among)).toBe('wide-country');
    }
  });

  test('names all registers that are equally near instead of choosing one', () => {
    expect(routed('meldedaten', '0401', withRegisters({ b: ['04'], a: ['01', '04'], c: ['0'] }))).toBe('several: a, b');
  });
});

describe('a key that was in use for some time only', () => {
  const merged = withRegisters({
    land: ['15'],
    'old-town': [{ ars: '15001', valid_until: '2011-10-31' }],
    'new-town': [
      { ars: '15001', valid_from: '2011-11-01', valid_until: '2020-12-31' },
      { ars: '15009', valid_from: '2021-01-01' },
    ],
    'next-town': [{ ars: '15010', valid_from: '2027-01-01' }],
  });

  test.each([
    ['2011-10-31', 'old-town'],
    ['2011-11-01', 'new-town'],
    ['2020-12-31', 'new-town'],
    ['2011-01-01', 'old-town'],
  ])('leads to whoever had it on the day that is said: %s', (day, register) => {
    expect(routed('meldedaten', '150010000000', merged, day)).toBe(register);
  });

  test('is asked for its day where it had ended by the one said, or by today: who is competent around it need not have taken it over (ADR 79)', () => {
    expect(routed('meldedaten', '150010000000', merged)).toBe('needs key_date');
    for (const day of ['2021-01-01', TODAY])
      expect(routed('meldedaten', '150010000000', merged, day)).toBe('needs key_date');
    expect(routed('meldedaten', '150090000000', merged)).toBe('new-town');
  });

  test('leads nowhere before its first day, also for who says a day to come', () => {
    expect(routed('meldedaten', '150100000000', merged)).toBe('land');
    expect(routed('meldedaten', '150100000000', merged, '2027-01-01')).toBe('needs key_date');
    expect(routed('meldedaten', '150100000000', merged, '1.1.2020')).toBe('needs key_date');
  });
});

describe('a register number', () => {
  const numbered = { ...typeOf('geburt'), competence_parameter: 'register_number' as const };
  const registers = withRegisters({
    'office-1': [{ register_number: '04011001' }, '04'],
    'office-2': [{ register_number: '04011002' }, { register_number: '0401100', valid_until: '2020-12-31' }],
  }).registers.map((it) => ({ ...it, evidence_types: ['geburt'] }));
  const index = new RouteIndex({ registers, evidence_types: [numbered] });
  const found = (given: RouteParameters) => textOf(route(index, numbered, given, TODAY));

  test('leads to the register that has it, in full and never by its beginning', () => {
    expect(found({ register_number: '04011002' })).toBe('office-2');
    expect(found({ register_number: '040110021' })).toBe('none');
    expect(found({ register_number: '0401' })).toBe('none');
  });

  test.each([
    ['2020-12-31', 'office-2'],
    ['2021-01-01', 'needs key_date'],
    [undefined, 'needs key_date'],
  ])('that has ended leads to who had it on the day that is said, and to nobody else: %j', (key_date, to) => {
    expect(found({ register_number: '0401100', ...(key_date === undefined ? {} : { key_date }) })).toBe(to);
  });

  test.each([{}, { ars: '040110000000' }, { register_number: '' }, { register_number: 'a b' }])(
    'is asked for, given %j',
    (given) => {
      expect(found(given)).toBe('needs register_number');
    },
  );
});

/** Every register looked at, as the law reads: the index must say the same. */
function scanned(registers: readonly Register[], type: EvidenceType, ars: string | undefined, day: string): Route {
  const holders = registers.filter((it) => it.connected !== false && it.evidence_types.includes(type.id));
  if (holders.length === 0) return { kind: 'none' };
  const region = type.competence_parameter === 'ars' ? ars : '';
  if (region === undefined || (type.competence_parameter === 'ars' && !/^\d{2,12}$/.test(region)))
    return { kind: 'needs', parameters: ['ars'] };
  let [longest, ended] = [-1, -1];
  let nearest: Register[] = [];
  for (const register of holders) {
    const keys = register.competence.map((it) => (typeof it === 'string' ? { ars: it } : it));
    const reachOf = (isMeant: (from: string, until: string) => boolean) =>
      Math.max(
        -1,
        ...keys.flatMap(({ ars: key, valid_from = '0', valid_until = '9' }) =>
          key !== undefined && region.startsWith(key) && isMeant(valid_from, valid_until) ? [key.length] : [],
        ),
      );
    const reach = reachOf((from, until) => from <= day && day <= until);
    ended = Math.max(
      ended,
      reachOf((_, until) => until < day),
    );
    if (reach > longest) [longest, nearest] = [reach, []];
    if (reach >= 0 && reach === longest) nearest.push(register);
  }
  if (ended > longest && type.competence_parameter === 'ars') return { kind: 'needs', parameters: ['key_date'] };
  const [register, ...others] = nearest;
  if (register === undefined) return { kind: 'none' };
  if (others.length === 0) return { kind: 'one', register };
  return { kind: 'several', registers: nearest.map(({ id }) => id).sort() };
}

describe('the index of the routes', () => {
  const digits = (minLength: number, maxLength: number) =>
    fc.string({ unit: fc.constantFrom('0', '1'), minLength, maxLength });
  const day = fc.integer({ min: 1, max: 28 }).map((n) => `2020-02-${String(n).padStart(2, '0')}`);
  const competence: fc.Arbitrary<Competence> = fc.oneof(
    digits(0, 5),
    fc.record({ ars: digits(0, 5), valid_from: day, valid_until: day }),
  );
  const some = fc.array(
    fc.record({
      competence: fc.array(competence, { maxLength: 4 }),
      evidence_types: fc.subarray(['meldedaten', 'geburt', 'kindergeld-bezug']),
      connected: fc.boolean(),
    }),
    { maxLength: 12 },
  );

  test('says what looking at every register would say', () => {
    const told = new Set<string>();
    fc.assert(
      fc.property(
        some,
        fc.constantFrom('meldedaten', 'kindergeld-bezug'),
        fc.option(digits(0, 7)),
        day,
        (made, id, ars, on) => {
          if (!template) return;
          const registers = made.map((it, n): Register => ({ ...template, id: `r${n}`, ...it }));
          const type = typeOf(id);
          const index = new RouteIndex({ registers, evidence_types: catalogue.evidence_types });
          // The whole country is asked as of today.
          const given = { ...(ars === null ? {} : { ars }), key_date: on };
          const today = type.competence_parameter === 'none' ? on : TODAY;
          const found = route(index, type, given, today);
          told.add(found.kind === 'needs' ? `needs ${found.parameters.join()}` : found.kind);
          expect(found).toEqual(scanned(registers, type, ars ?? undefined, on));
        },
      ),
      { numRuns: 2000 },
    );
    expect([...told].sort()).toEqual(['needs ars', 'needs key_date', 'none', 'one', 'several']);
  });
});

test('a route may be kept for a minute, and never into another day of Germany', () => {
  const noon = Date.UTC(2026, 10, 26, 12);
  expect(freshUntil(noon) - noon).toBe(60_000);
  const utcMidnight = Date.UTC(2026, 10, 26, 23, 59, 30);
  expect(freshUntil(utcMidnight) - utcMidnight).toBe(60_000);
  // In Germany a day begins an hour before that in winter, and two in summer.
  expect(freshUntil(Date.UTC(2026, 10, 26, 22, 59, 30))).toBe(Date.UTC(2026, 10, 26, 23));
  expect(freshUntil(Date.UTC(2026, 6, 26, 21, 59, 59))).toBe(Date.UTC(2026, 6, 26, 22));
});

describe('the lookup', () => {
  const [entry] = catalogue.keys;

  test('finds a participant by the thumbprint of its certificate (RFC 8705 § 3.1), and nobody by another', () => {
    expect(lookup.participantByCertificate(entry?.certificates[0] ?? '')?.id).toBe('familienkasse-online');
    expect(lookup.participantByCertificate('A'.repeat(43))).toBeUndefined();
  });

  test('gives a key for the use it is named for only (RFC 8725)', () => {
    const kid = 'familienkasse-online-attestation-1';
    expect(lookup.key('familienkasse-online', 'attestation', kid)?.kid).toBe(kid);
    expect(lookup.key('familienkasse-online', 'client-assertion', kid)).toBeUndefined();
    expect(lookup.key('elterngeld-online', 'attestation', kid)).toBeUndefined();
  });

  test.each(['__proto__', 'constructor', 'toString', ''])('has nothing under the name %j', (id) => {
    expect([lookup.participant(id), lookup.register(id), lookup.purpose(id), lookup.service(id)]).toEqual(
      Array(4).fill(undefined),
    );
  });
});
