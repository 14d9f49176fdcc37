import { describe, expect, it } from '@jest/globals';
import type { Rule } from '../../src/catalogue/catalogue.js';
import { loosenedDemands } from '../../src/permission/loosened-demands.js';

const aRule = (deviation: Partial<Rule>): Rule => ({
  id: 'rule',
  effect: 'allow',
  consumer: 'familienkasse-online',
  provider: 'any',
  evidence_type: 'meldedaten',
  purpose: 'kindergeld-antrag',
  legal_basis: 'egovg-5-1-1',
  fields: ['a'],
  attested_by: ['online-service'],
  min_assurance: 'substantial',
  source: 'test',
  verified: false,
  ...deviation,
});
const registers = [{ id: 'melderegister-bremen', type: 'melderegister' }] as never;
const told = (before: readonly Rule[], after: readonly Rule[]) =>
  loosenedDemands({ rules: before }, { rules: after, registers });
const picky = aRule({ id: 'picky', fields: ['a'], min_assurance: 'high', attested_by: ['pages'] });
const lax = aRule({ id: 'lax', fields: ['b'], min_assurance: 'substantial', attested_by: ['pages', 'online-service'] });
const BOTH = { rule: 'picky', remaining: 'lax', demands: ['min_assurance', 'attested_by'] };

describe('of what allows demand the strictest counts: without one of them others may permit more, which is told', () => {
  it('where it is removed', async () => {
    expect(await told([picky, lax], [lax])).toEqual([BOTH]);
  });

  it.each<readonly [string, Partial<Rule>]>([
    ['where it is about less', { purpose: 'another' }],
    ['where it demands less itself', { min_assurance: 'low' }],
    ['where it becomes a deny', { effect: 'deny' }],
  ])('%s', async (_, change) => {
    expect(await told([picky, lax], [{ ...picky, ...change }, lax])).toEqual([BOTH]);
  });

  it.each<readonly [string, Rule['limits'], Rule['limits']]>([
    ['days of use', { use_days: 10 }, { use_days: 30 }],
    ['days to look back', { look_back_days: 10 }, undefined],
    ['a number of requests', { requests: { max: 1, per: 'day' } }, { requests: { max: 1, per: 'day' } }],
    ['a number of persons', { persons: { max: 1, per: 'day' } }, undefined],
  ])('where %s were limited by it', async (_, limits, others) => {
    const [limited, other] = [{ ...lax, id: 'limited' }, lax].map((it, i) => {
      const own = i === 0 ? limits : others;
      return own === undefined ? it : { ...it, limits: own };
    }) as [Rule, Rule];
    const expected = [{ rule: 'limited', remaining: 'lax', demands: ['limits'] }];
    expect(await told([limited, other], [other])).toEqual(expected);
    expect(await told([limited, other], [{ ...lax, id: 'limited' }, other])).toEqual(expected);
  });

  it('also where one names a register and the other its type', async () => {
    const [one, other] = [
      { ...picky, provider: 'melderegister-bremen' },
      { ...lax, provider: 'type:melderegister' },
    ];
    expect(await told([one, other], [other])).toEqual([BOTH]);
    expect(await told([{ ...one, provider: 'type:other' }, other], [other])).toEqual([]);
  });

  it.each<readonly [string, readonly Rule[], readonly Rule[]]>([
    ['nothing is changed', [picky, lax], [lax, picky]],
    ['one names more fields, or demands more', [picky, lax], [{ ...picky, fields: ['a', 'b'], attested_by: [] }, lax]],
    ['the lax one goes', [picky, lax], [picky]],
    ['the other is new', [picky], [lax]],
    ['the other is about something else', [picky, { ...lax, purpose: 'another' }], [{ ...lax, purpose: 'another' }]],
    ['a deny goes', [{ ...picky, effect: 'deny' }, lax], [lax]],
  ])('and nothing where %s', async (_, before, after) => {
    expect(await told(before, after)).toEqual([]);
  });
});
