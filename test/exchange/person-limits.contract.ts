import { randomBytes } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { PersonLimits } from '../../src/exchange/person-limits.js';
import type { RateUse } from '../../src/permission/rate-use.js';

const DAY = Date.UTC(2026, 10, 23);
const HOUR = { per: 'hour', endsAt: DAY + 3_600_000 } as const;

/** The sentences of the doc comment of PersonLimits, one test each. */
export function personLimitsContract(open: () => Promise<PersonLimits>): void {
  const aUse = (over: Partial<RateUse> = {}): RateUse => ({
    consumer: `consumer-${randomBytes(6).toString('hex')}`,
    rule: 'rule',
    per: 'day',
    max: 2,
    startsAt: DAY,
    endsAt: DAY + 86_400_000,
    ...over,
  });

  it('counts a person once in each period, however often they are asked about', async () => {
    const limits = await open();
    const use = aUse();
    for (const person of ['a', 'a', 'b', 'a', 'b']) expect(await limits.take(person, [use])).toEqual([]);
    expect(await limits.take('c', [use])).toEqual([use]);
    expect(await limits.take('a', [use])).toEqual([]);
    expect(await limits.take('c', [{ ...use, startsAt: use.endsAt }])).toEqual([]);
  });

  it('counts for each consumer, rule and period by itself', async () => {
    const limits = await open();
    const use = aUse({ max: 1 });
    await limits.take('a', [use]);
    for (const other of [aUse({ max: 1 }), { ...use, rule: 'another' }, { ...use, ...HOUR }])
      expect(await limits.take('b', [other])).toEqual([]);
    expect(await limits.take('b', [use])).toEqual([use]);
  });

  it('counts none of several if one of them is used up', async () => {
    const limits = await open();
    const narrow = aUse({ rule: 'narrow', max: 1 });
    const wide = { ...narrow, rule: 'wide', max: 2 };
    await limits.take('a', [wide, narrow]);
    expect(await limits.take('b', [wide, narrow])).toEqual([narrow]);
    expect(await limits.take('c', [wide])).toEqual([]);
    expect(await limits.take('d', [wide, narrow])).toEqual([wide, narrow]);
  });

  it('forgets what belongs to periods that ended more than an hour ago, and nothing else', async () => {
    const limits = await open();
    const before = (minutes: number, endsAt = Date.now() - minutes * 60_000) =>
      aUse({ max: 1, per: 'minute', startsAt: endsAt - 60_000, endsAt });
    const [over, justOver] = [before(62), before(58)];
    for (const use of [over, justOver]) await limits.take('a', [use]);
    await limits.destroyExpired();
    expect(await limits.take('b', [over])).toEqual([]);
    expect(await limits.take('b', [justOver])).toEqual([justOver]);
  });

  it('has nothing to say without a limit', async () => {
    expect(await (await open()).take('a', [])).toEqual([]);
  });

  it('gives the last place to one of those who ask at the same moment', async () => {
    const limits = await open();
    const uses = [aUse({ max: 3 }), aUse({ max: 5 })].map((it, _, [first]) => ({ ...it, consumer: first!.consumer }));
    const both = uses.map((it, place) => ({ ...it, rule: `rule-${place}` }));
    const asked = await Promise.all(
      Array.from({ length: 12 }, (_, n) => limits.take(`person-${n}`, n % 2 === 0 ? both : both.toReversed())),
    );
    expect(asked.filter((usedUp) => usedUp.length === 0)).toHaveLength(3);
  });
}
