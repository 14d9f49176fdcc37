import { randomBytes, randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { PermissionCheck } from '../../src/intermediary/permission-check.js';
import { DuplicateCheck, type PermissionLog } from '../../src/intermediary/permission-log.js';
import { UsedUp } from '../../src/intermediary/used-up.js';
import type { RateUse } from '../../src/permission/rate-use.js';

export const aCheck = (over: Partial<PermissionCheck> = {}): PermissionCheck => ({
  checkId: randomUUID(),
  checkedAt: Date.parse('2026-11-23T12:00:00.123Z'),
  caller: 'node',
  consumer: 'familienkasse-online',
  provider: 'personenstand-bremen',
  evidenceType: 'geburt',
  purpose: 'kindergeld-antrag',
  legalBasis: 'egovg-5-1-1',
  askedFields: ['birth_date', 'birth_place', 'sex'],
  decision: 'ALLOWED',
  reason: null,
  ruleIds: ['kindergeld-geburt'],
  fields: ['birth_date', 'birth_place'],
  tokenId: randomUUID(),
  requestDigest: randomBytes(32).toString('base64url'),
  catalogueVersion: randomBytes(32).toString('base64url'),
  ...over,
});

export type Opened = Readonly<{ log: PermissionLog; count(consumer: string): Promise<number> }>;

const HOUR = Date.parse('2026-11-23T12:00:00Z');

/** The sentences of the doc comment of PermissionLog, one test each. */
export function permissionLogContract(open: () => Promise<Opened>): void {
  /** A consumer of its own for each test: nothing else counts for it. */
  const somebody = () => `consumer-${randomBytes(6).toString('hex')}`;
  const aUse = (consumer: string, over: Partial<RateUse> = {}): RateUse => ({
    consumer,
    rule: 'kindergeld-geburt',
    per: 'hour',
    max: 2,
    startsAt: HOUR,
    endsAt: HOUR + 3_600_000,
    ...over,
  });

  it('takes a check once', async () => {
    const { log } = await open();
    const check = aCheck();
    await log.append(check);
    await expect(log.append({ ...check, tokenId: randomUUID() })).rejects.toBeInstanceOf(DuplicateCheck);
  });

  it('adds what is within its limits, and nothing beyond them (BSI TR-03176-1)', async () => {
    const { log, count } = await open();
    const consumer = somebody();
    const use = aUse(consumer);
    for (const _ of [1, 2]) await log.append(aCheck({ consumer }), { uses: [use], taken: true });
    await expect(log.append(aCheck({ consumer }), { uses: [use], taken: true })).rejects.toMatchObject({ uses: [use] });
    expect(await count(consumer)).toBe(2);
  });

  it('only looks where nothing is taken', async () => {
    const { log, count } = await open();
    const consumer = somebody();
    const use = aUse(consumer, { max: 1 });
    for (const _ of [1, 2, 3]) await log.append(aCheck({ consumer }), { uses: [use], taken: false });
    await log.append(aCheck({ consumer }), { uses: [use], taken: true });
    await expect(log.append(aCheck({ consumer }), { uses: [use], taken: false })).rejects.toBeInstanceOf(UsedUp);
    expect(await count(consumer)).toBe(4);
  });

  it('counts each consumer, rule and period by itself', async () => {
    const { log } = await open();
    const consumer = somebody();
    const use = aUse(consumer, { max: 1 });
    const take = (over: Partial<RateUse>) =>
      log.append(aCheck({ consumer: over.consumer ?? consumer }), { uses: [{ ...use, ...over }], taken: true });
    await take({});
    await take({ consumer: somebody() });
    await take({ rule: 'kindergeld-meldedaten' });
    await take({ startsAt: HOUR + 3_600_000 });
    await take({ per: 'day' });
    await expect(take({})).rejects.toBeInstanceOf(UsedUp);
  });

  it('lets the strictest of several limits count, and uses up nothing of the others', async () => {
    const { log } = await open();
    const consumer = somebody();
    const [strict, wide] = [aUse(consumer, { rule: 'strict', max: 1 }), aUse(consumer, { rule: 'wide', max: 3 })];
    await log.append(aCheck({ consumer }), { uses: [wide, strict], taken: true });
    const again = log.append(aCheck({ consumer }), { uses: [wide, strict], taken: true });
    await expect(again).rejects.toMatchObject({ uses: [strict] });
    for (const _ of [1, 2]) await log.append(aCheck({ consumer }), { uses: [wide], taken: true });
    const all = log.append(aCheck({ consumer }), { uses: [wide, strict], taken: true });
    await expect(all).rejects.toMatchObject({ uses: [wide, strict] });
  });

  it('does not count a check that is on record already', async () => {
    const { log } = await open();
    const consumer = somebody();
    const use = aUse(consumer);
    const check = aCheck({ consumer });
    await log.append(check, { uses: [use], taken: true });
    await expect(log.append(check, { uses: [use], taken: true })).rejects.toBeInstanceOf(DuplicateCheck);
    await log.append(aCheck({ consumer }), { uses: [use], taken: true });
  });

  it('gives the last use to one of those who ask at the same moment', async () => {
    const { log, count } = await open();
    const consumer = somebody();
    const uses = [aUse(consumer, { rule: 'a', max: 5 }), aUse(consumer, { rule: 'b', max: 7 })];
    const asked = await Promise.allSettled(
      Array.from({ length: 16 }, (_, position) =>
        log.append(aCheck({ consumer }), { uses: position % 2 === 0 ? uses : uses.toReversed(), taken: true }),
      ),
    );
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    for (const it of asked) if (it.status === 'rejected') expect(it.reason).toBeInstanceOf(UsedUp);
    expect(await count(consumer)).toBe(5);
  });
}
