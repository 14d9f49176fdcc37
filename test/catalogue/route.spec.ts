import { describe, expect, test } from '@jest/globals';
import type { Catalogue, Register } from '../../src/catalogue/catalogue.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { CatalogueLookup } from '../../src/catalogue/lookup.js';
import { route } from '../../src/catalogue/route.js';

const catalogue = loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' });
const lookup = new CatalogueLookup(catalogue);
const [template] = catalogue.registers;

/** Population registers with these competences, in this order. */
function withRegisters(competences: Readonly<Record<string, readonly string[]>>): Catalogue {
  if (!template) throw new Error('the catalogue has no register');
  const registers = Object.entries(competences).map(([id, competence]): Register => ({ ...template, id, competence }));
  return { ...catalogue, registers };
}

function routed(evidenceType: string, ars?: string, among: Catalogue = catalogue): string {
  const type = lookup.evidenceType(evidenceType);
  if (!type) throw new Error(`no evidence type ${evidenceType}`);
  const found = route(among, type, ars === undefined ? {} : { ars });
  if (found.kind === 'one') return found.register.id;
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
