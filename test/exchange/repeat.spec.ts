import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { RouteParameters } from '../../src/catalogue/route.js';
import * as decide from './decided.js';
import { failureOf } from './decided.js';
import { aWorld, type World } from './world.js';

let world: World;
beforeEach(() => {
  world = aWorld();
});
const everythingDecided = () => decide.everythingDecided(world);

describe('a repeat (design 8)', () => {
  it('passes its checks again, is logged, and gets the very first answer', async () => {
    const { all } = await everythingDecided();
    const requestId = randomUUID();
    const first = await world.prefill({ triggers: all, requestId });
    world.story.length = 0;
    expect(await world.prefill({ triggers: all, requestId })).toEqual(first);
    expect(world.story.filter((it) => it.startsWith('may '))).toHaveLength(5);
    expect(world.story.filter((it) => !it.startsWith('may '))).toEqual(['log repeated']);
    expect(world.gateway.asked).toHaveLength(3);
  });

  it('gets nothing where a check fails by now', async () => {
    const { all } = await everythingDecided();
    const requestId = randomUUID();
    await world.prefill({ triggers: all, requestId });
    world.intermediary.forbidden.add('identity');
    expect(await failureOf(world.prefill({ triggers: all, requestId }))).toMatchObject({
      reason: 'TRANSFER_NOT_PERMITTED',
    });
    world.intermediary.forbidden.clear();
    await world.withdraw(all[2]!);
    expect(await failureOf(world.prefill({ triggers: all, requestId }))).toMatchObject({ reason: 'TRIGGER_WITHDRAWN' });
  });

  it('gets nothing that is not logged', async () => {
    const { all } = await everythingDecided();
    const requestId = randomUUID();
    await world.prefill({ triggers: all, requestId });
    world.log.failing = true;
    expect(await failureOf(world.prefill({ triggers: all, requestId }))).toMatchObject({
      reason: 'AUDIT_LOG_UNAVAILABLE',
    });
  });

  it.each([
    ['another region', { where: { ars: '04012000' } }],
    ['another day of the key', { where: { ars: '04011000', key_date: '2020-01-31' } }],
    ['another person', { subjects: [] as never[] }],
    ['fewer decisions', { drop: 1 }],
  ])(
    'with other content is refused: %s',
    async (_case, { drop = 0, ...other }: { drop?: number; where?: RouteParameters; subjects?: never[] }) => {
      const { all } = await everythingDecided();
      const requestId = randomUUID();
      await world.prefill({ triggers: all, requestId });
      const asked = world.prefill({ triggers: all.slice(0, all.length - drop), requestId, ...other });
      expect(await failureOf(asked)).toMatchObject({ reason: 'REQUEST_ID_REUSED' });
    },
  );

  it('while the first runs is told to come back', async () => {
    const { all } = await everythingDecided();
    const requestId = randomUUID();
    const both = await Promise.allSettled([1, 2].map(() => world.prefill({ triggers: all, requestId })));
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { reason: 'REQUEST_IN_PROGRESS', retryDelayMs: 500 },
    });
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('after five minutes is a new exchange, and the decisions are used', async () => {
    const { all } = await everythingDecided();
    const requestId = randomUUID();
    await world.prefill({ triggers: all, requestId });
    world.clock.ms += 300_001;
    expect(await failureOf(world.prefill({ triggers: all, requestId }))).toMatchObject({ reason: 'TRIGGER_USED' });
  });

  it('of a request that failed before anything was asked is a first one', async () => {
    const { all } = await everythingDecided();
    const requestId = randomUUID();
    world.intermediary.forbidden.add('identity');
    await failureOf(world.prefill({ triggers: all, requestId }));
    world.intermediary.forbidden.clear();
    expect((await world.prefill({ triggers: all, requestId })).evidence).toHaveLength(3);
  });

  it('is kept sealed: the store holds nothing that can be read', async () => {
    const { all } = await everythingDecided();
    await world.prefill({ triggers: all });
    const kept = [...world.repeats.rows.values()].map(({ sealed = '' }) =>
      Buffer.from(sealed, 'base64url').toString('latin1'),
    );
    expect(kept.join()).not.toMatch(/family_name-value|Musterfrau|1990/);
    expect([...world.repeats.rows.values()][0]?.triggers).toEqual(all.map(({ id }) => id));
  });
});
