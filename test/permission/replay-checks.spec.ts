import { describe, expect, it } from '@jest/globals';
import type { Catalogue, Limits } from '../../src/catalogue/catalogue.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { CatalogueLookup } from '../../src/catalogue/lookup.js';
import { decideTransfer } from '../../src/permission/decide-transfer.js';
import { type PastCheck, replayChecks } from '../../src/permission/replay-checks.js';
import { RuleIndex } from '../../src/permission/rule-index.js';
import { agreed, rulesAlone } from '../support/agreements.js';
import { unbounded } from './unbounded.js';

const NOON = Date.parse('2026-11-23T12:00:00Z');
const catalogue = unbounded(
  rulesAlone(loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' })),
);
const indexOf = (over: Partial<Catalogue> = {}) => new RuleIndex(new CatalogueLookup({ ...catalogue, ...over }));
const withLimits = (limits: Limits) =>
  indexOf({ rules: catalogue.rules.map((it) => (it.id === 'kindergeld-geburt' ? { ...it, limits } : it)) });

/** By rules that would be in force now. */
const replayed = (rules: RuleIndex, checks: readonly PastCheck[]) => replayChecks(rules, checks, NOON);

const aCheck = (over: Partial<PastCheck> = {}): PastCheck => ({
  checkedAt: NOON,
  consumer: 'familienkasse-online',
  provider: 'personenstand-bremen',
  evidenceType: 'geburt',
  purpose: 'kindergeld-antrag',
  legalBasis: 'egovg-5-1-1',
  askedFields: ['birth_date', 'birth_place'],
  fields: ['birth_date', 'birth_place'],
  isRequest: true,
  reason: null,
  ruleIds: ['kindergeld-geburt'],
  catalogueVersion: 'before',
  ...over,
});
const refused = (over: Partial<PastCheck> = {}): PastCheck =>
  aCheck({ fields: [], isRequest: false, reason: 'TRANSFER_NOT_PERMITTED', ruleIds: [], ...over });

describe('what was decided, decided again', () => {
  it('is the same by the same rules', async () => {
    const checks = [aCheck(), aCheck({ isRequest: false }), refused({ askedFields: ['sex'], legalBasis: 'beeg-25' })];
    expect(await replayed(indexOf(), checks)).toEqual({ replayed: 3, notReplayed: 0, flips: [] });
  });

  it('flips where a rule is gone or denies, with the rules of both decisions and how often', async () => {
    const rules = catalogue.rules.filter(({ id }) => id !== 'kindergeld-geburt');
    const { flips } = await replayed(indexOf({ rules }), [
      aCheck(),
      aCheck({ checkedAt: NOON + 1 }),
      aCheck({ askedFields: ['birth_date'], fields: ['birth_date'] }),
    ]);
    expect(flips.map(({ count, after }) => [count, after.reason])).toEqual([
      [2, 'TRANSFER_NOT_PERMITTED'],
      [1, 'TRANSFER_NOT_PERMITTED'],
    ]);
    expect(flips[0]).toMatchObject({
      question: { consumer: 'familienkasse-online', provider: 'personenstand-bremen' },
      before: { reason: null, ruleIds: ['kindergeld-geburt'] },
      after: { fields: [], ruleIds: [] },
    });
    const deny = {
      ...catalogue.rules.find(({ id }) => id === 'elterngeld-no-kindergeld-bezug')!,
      id: 'stop',
      consumer: 'any',
      provider: 'any',
    };
    const stopped = await replayed(indexOf({ rules: [...catalogue.rules, deny] }), [aCheck()]);
    expect(stopped.flips[0]?.after).toEqual({ reason: 'TRANSFER_NOT_PERMITTED', fields: [], ruleIds: ['stop'] });
  });

  it('flips where fewer or more attributes may pass', async () => {
    const rules = catalogue.rules.map((it) =>
      it.id === 'kindergeld-geburt' ? { ...it, fields: ['birth_place', 'parent_1_given_names'] } : it,
    );
    const check = aCheck({ askedFields: ['birth_date', 'birth_place', 'parent_1_given_names'] });
    const { flips } = await replayed(indexOf({ rules }), [check]);
    expect(flips[0]?.after.fields).toEqual(['birth_place', 'parent_1_given_names']);
  });

  it('flips where what was refused would be permitted', async () => {
    const rules = catalogue.rules.map((it) => (it.id === 'kindergeld-geburt' ? { ...it, legal_basis: 'any' } : it));
    const { flips } = await replayed(indexOf({ rules }), [refused({ legalBasis: 'sgb10-67f' })]);
    expect(flips[0]).toMatchObject({ before: { reason: 'TRANSFER_NOT_PERMITTED' }, after: { reason: null } });
  });

  it.each([
    ['named what the catalogue did not list', { consumer: null }],
    ['named an evidence type that there was not', { evidenceType: null }],
    ['asked for no attribute that there is', { askedFields: [] }],
    ['was not asked by a node', { reason: 'CALL_NOT_ALLOWED' }],
    ['meant another version of the purpose', { reason: 'PURPOSE_NOT_REGISTERED' }],
  ])('is left out, and counted, where it %s', async (_, over) => {
    expect(await replayed(indexOf(), [refused(over)])).toEqual({ replayed: 0, notReplayed: 1, flips: [] });
  });
});

describe('limits over the time that is replayed (BSI TR-03176-1)', () => {
  const at = (minutes: number, over: Partial<PastCheck> = {}) =>
    aCheck({ checkedAt: NOON + minutes * 60_000, ...over });

  it('refuse what would have been beyond them, and begin anew with each period', async () => {
    const checks = [at(0), at(10), at(59), at(60), at(61), at(62)];
    const { flips } = await replayed(withLimits({ requests: { max: 2, per: 'hour' } }), checks);
    expect(flips).toEqual([
      expect.objectContaining({
        count: 2,
        after: { reason: 'RATE_LIMITED', fields: [], ruleIds: ['kindergeld-geburt'] },
      }),
    ]);
  });

  it('count requests, not the looks before them', async () => {
    const looks = [at(0, { isRequest: false }), at(1), at(2, { isRequest: false }), at(3)];
    expect((await replayed(withLimits({ requests: { max: 2, per: 'hour' } }), looks)).flips).toEqual([]);
    expect((await replayed(withLimits({ requests: { max: 1, per: 'hour' } }), looks)).flips).toHaveLength(1);
  });

  it('give back what a wider one would have let through, which then counts', async () => {
    const limited = (minutes: number) =>
      refused({ checkedAt: NOON + minutes * 60_000, reason: 'RATE_LIMITED', ruleIds: ['kindergeld-geburt'] });
    const { flips } = await replayed(withLimits({ requests: { max: 2, per: 'hour' } }), [
      at(0),
      limited(1),
      limited(2),
    ]);
    expect(flips).toEqual([
      expect.objectContaining({
        count: 1,
        before: expect.objectContaining({ reason: 'RATE_LIMITED' }),
        after: expect.objectContaining({ reason: null }),
      }),
    ]);
  });

  it('of persons are not counted: the log knows none', async () => {
    expect((await replayed(withLimits({ persons: { max: 1, per: 'day' } }), [at(0), at(1)])).flips).toEqual([]);
  });
});

it('a replay is what the decision says', async () => {
  const rules = indexOf();
  const check = aCheck({ askedFields: ['birth_date', 'sex'], fields: ['birth_date'] });
  const decision = decideTransfer(
    rules,
    {
      consumer: check.consumer!,
      provider: check.provider!,
      evidence_type: 'geburt',
      purpose: 'kindergeld-antrag',
      legal_basis: 'egovg-5-1-1',
    },
    check.askedFields,
  );
  expect(decision).toMatchObject({ fields: check.fields });
  expect((await replayed(rules, [check])).flips).toEqual([]);
});

it('a replay holds what was asked against the agreements that are in force when the rules are: a renewed one turns nothing', async () => {
  const day = 86_400_000;
  const timed = (from: number, until: number) =>
    indexOf({
      agreements: (agreed(catalogue).agreements ?? []).map((it) => ({
        ...it,
        valid_from: new Date(NOON + from * day).toISOString(),
        valid_until: new Date(NOON + until * day).toISOString(),
      })),
    });
  const before = aCheck({ checkedAt: NOON - 20 * day });
  expect((await replayed(timed(-10, 100), [before])).flips).toEqual([]);
  const [ended] = (await replayed(timed(-100, -1), [before])).flips;
  expect(ended?.after).toMatchObject({ reason: 'TRANSFER_NOT_PERMITTED', ruleIds: ['agreement:none'] });
});
