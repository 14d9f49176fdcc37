import { describe, expect, it } from '@jest/globals';
import { makeTestIdnr } from '../../src/identity/idnr.js';
import {
  openSubject,
  type ResolvedPerson,
  SUBJECT_TOKEN_LIFETIME_MS,
  sealSubject,
} from '../../src/identity/subject-token.js';
import { Seal } from '../../src/platform/secrets.js';
import { CONSUMER, NOW } from '../support/builders.js';

const seal = new Seal(Buffer.alloc(32, 7));
const person: ResolvedPerson = {
  role: 'parent',
  idnr: makeTestIdnr(4711),
  birth_date: '1990-04-05',
  opening: { birth_date: '1990', family_name: 'Musterfrau', idnr: null },
  lookup: { trigger: 't', by: 'r' },
  decided: { purpose: 'p', legal_basis: 'l', acting: 'SELF', attester: CONSUMER, decider: 'pairwise' },
  representative: null,
};
const bound = { consumer: CONSUMER, certificate: 'x5t', nowMs: NOW };
const { token, expiresAt } = sealSubject(seal, person, bound);
const open = (deviation: object = {}, text = token, by = seal) =>
  openSubject(by, text, { consumer: CONSUMER, certificate: 'x5t', nowMs: NOW, ...deviation });

describe('a subject token (design 5)', () => {
  it('gives the person back to the node that made it, with the decision its lookup rests on', () => {
    expect(open()).toMatchObject(person);
  });

  it('says nothing to its carrier: consumers need not hold the number', () => {
    const text = `${token}${Buffer.from(token, 'base64url').toString('latin1')}`;
    for (const secret of [person.idnr, 'Musterfrau', '1990']) expect(text).not.toContain(secret);
  });

  it('lives ten minutes', () => {
    expect(expiresAt).toBe(NOW + SUBJECT_TOKEN_LIFETIME_MS);
    expect(open({ nowMs: expiresAt - 1 })).toBeDefined();
    expect(open({ nowMs: expiresAt })).toBeUndefined();
  });

  it.each([
    ['another consumer', { consumer: 'elterngeld-online' }],
    ['another certificate of the same consumer', { certificate: 'new' }],
    ['names that run into each other', { consumer: `${CONSUMER} x5t`, certificate: '' }],
  ])('is worth nothing for %s', (_case, deviation) => {
    expect(open(deviation)).toBeUndefined();
  });

  it('is worth nothing altered, sealed by another key, or made for something else', () => {
    const last = token.at(-5) === 'A' ? 'B' : 'A';
    expect(open({}, `${token.slice(0, -5)}${last}${token.slice(-4)}`)).toBeUndefined();
    expect(open({}, token, new Seal(Buffer.alloc(32, 8)))).toBeUndefined();
    expect(open({}, seal.close(Buffer.from(JSON.stringify(person)), `answer/v1 ${CONSUMER} x5t`))).toBeUndefined();
    expect(open({}, '')).toBeUndefined();
  });

  it('is another text each time: two of one person cannot be joined', () => {
    expect(sealSubject(seal, person, bound).token).not.toBe(token);
  });

  it('is pairwise: two consumers who compare theirs do not find that it is one person', () => {
    const bytesOf = (text: string) => Buffer.from(text, 'base64url');
    const [one, other] = [token, sealSubject(seal, person, { ...bound, consumer: 'elterngeld-online' }).token];
    const stranger = { ...person, idnr: makeTestIdnr(4712), opening: { ...person.opening, family_name: 'Musterkind' } };
    const third = sealSubject(seal, stranger, { ...bound, consumer: 'elterngeld-online' }).token;
    const alike = (left: string, right: string) =>
      bytesOf(left).filter((byte, at) => byte === bytesOf(right)[at]).length;
    // As many bytes agree as for two persons: those of chance, and nothing that stands for the person.
    expect(one.length).toBe(third.length);
    expect(Math.abs(alike(one, other) - alike(one, third))).toBeLessThan(12);
    expect(one).not.toContain(other.slice(0, 16));
  });
});
