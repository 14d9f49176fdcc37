import { beforeEach, describe, expect, it } from '@jest/globals';
import { CONSUMER, NOW } from '../support/builders.js';
import * as decide from './decided.js';
import { type Decided, failureOf, missing, REGISTERS } from './decided.js';
import { aWorld, type World } from './world.js';

const DAY = Date.UTC(2026, 10, 23);
let world: World;
beforeEach(() => {
  world = aWorld();
});
const everythingDecided = () => decide.everythingDecided(world);
const oneDecided = () => decide.oneDecided(world);

it('the key of a region is looked for on the day that it is in Germany, from midnight there', async () => {
  world.clock.ms = Date.UTC(2026, 10, 23, 23, 30);
  const exp = world.clock.ms / 1000 + 600;
  const decided = [
    await world.decided('identity', 'parent', { exp }),
    await world.decided('meldedaten', 'parent', { exp }),
  ];
  const ask = { triggers: decided, subjects: world.keyed('parent') };
  const tomorrow = { ars: '04011000', key_date: '2026-11-25' };
  expect(await failureOf(world.prefill({ ...ask, where: tomorrow }))).toMatchObject({
    reason: 'ROUTE_PARAMETER_MISSING',
  });
  await world.prefill({ ...ask, where: { ...tomorrow, key_date: '2026-11-24' } });
  expect(world.gateway.asked).toHaveLength(1);
});

describe('what the caller may not', () => {
  it.each([
    ['a decision that is missing', (decided: Decided) => decided.evidence, 'TRIGGER_MISSING'],
    ['no decision on evidence at all', (decided: Decided) => decided.identity, 'TRIGGER_MISSING'],
  ])('is answered before anybody is looked up: %s', async (_case, pick, reason) => {
    const decided = await everythingDecided();
    expect(await failureOf(world.prefill({ triggers: pick(decided) }))).toMatchObject({ reason });
    expect(world.entries()).toEqual([]);
    expect(world.directory.asked).toEqual([]);
  });

  it.each([
    ['has expired', { exp: NOW / 1000 }, 'TRIGGER_EXPIRED'],
    ['is for another version of the purpose', { purpose_hash: 'old' }, 'TRIGGER_NOT_COVERING'],
    ['was made about another person', { subject: { role: 'parent', commitment: 'other' } }, 'TRIGGER_NOT_COVERING'],
    ['was made on another text', { text_hash: 'other' }, 'TRIGGER_NOT_COVERING'],
    ['was made with too low an assurance', { assurance: 'low' }, 'TRIGGER_NOT_COVERING'],
    ['is by somebody who is not the person (SELF, another role)', { decider_role: 'child' }, 'TRIGGER_NOT_COVERING'],
    [
      'is by a representative who is not in the request',
      { acting: 'REPRESENTATIVE', decider_role: 'guardian' },
      'TRIGGER_NOT_COVERING',
    ],
    [
      'is by an organ, which a natural person does not have',
      { acting: 'REPRESENTATIVE', decider_role: 'child', representation: 'organ' },
      'TRIGGER_NOT_COVERING',
    ],
    ['was attested by somebody unknown', { attester: 'nobody' }, 'TRIGGER_NOT_ATTESTED'],
    ['is on an unknown legal basis', { legal_basis: 'none' }, 'TRIGGER_NOT_COVERING'],
  ] as const)('is to use a decision that %s: %s', async (_case, deviation, reason) => {
    const { identity } = await oneDecided();
    const wrong = await world.decided('meldedaten', 'parent', deviation);
    const asked = world.prefill({ triggers: [...identity, wrong], subjects: world.keyed('parent') });
    expect(await failureOf(asked)).toMatchObject({ reason });
    expect(world.entries()).toEqual([]);
    expect(world.directory.asked).toEqual([]);
  });

  it('is to ask more often than a rule lets it: nobody is looked up, no decision is used (BSI TR-03176-1)', async () => {
    const { all, subjects } = await oneDecided();
    world.intermediary.limited.add('meldedaten');
    expect(await failureOf(world.prefill({ triggers: all, subjects }))).toMatchObject({
      reason: 'RATE_LIMITED',
      metadata: { rules: 'rule' },
      retryDelayMs: 60_000,
    });
    expect(world.directory.asked).toEqual([]);
    expect(world.entries()).toEqual([]);
    world.intermediary.limited.clear();
    await world.prefill({ triggers: all, subjects });
    expect(world.gateway.asked).toHaveLength(1);
  });

  it('is to ask about more persons than a rule lets it: nobody is looked up (BSI TR-03176-1)', async () => {
    const rates = [{ rule: 'rule', of: 'persons', max: 1, per: 'day' }] as const;
    world.intermediary.deviation = { obligations: { rates } };
    // The same person again counts once.
    for (const one of [await oneDecided(), await oneDecided()])
      await world.prefill({ triggers: one.all, subjects: one.subjects });
    const { all } = await everythingDecided();
    const looked = world.directory.asked.length;
    expect(await failureOf(world.prefill({ triggers: all }))).toMatchObject({
      reason: 'RATE_LIMITED',
      metadata: { rules: 'rule', evidence_type: 'identity' },
      retryDelayMs: 43_200_000,
    });
    expect(world.directory.asked).toHaveLength(looked);
  });

  it('is to ask about more persons for one piece of evidence: the others are delivered', async () => {
    const rates = [{ rule: 'birth', of: 'persons', max: 1, per: 'day' }] as const;
    world.intermediary.obligations.set('geburt', { rates });
    await world.limits.take('somebody else', [
      { consumer: CONSUMER, rule: 'birth', per: 'day', max: 1, startsAt: DAY, endsAt: DAY + 86_400_000 },
    ]);
    const { all } = await everythingDecided();
    const answer = await world.prefill({ triggers: all });
    expect(answer.evidence.length).toBeGreaterThan(0);
    expect(answer.notDelivered).toContainEqual(
      expect.objectContaining({ evidence_type: 'geburt', reason: 'RATE_LIMITED', ruleIds: ['birth'] }),
    );
  });

  it('is to ask more often for one piece of evidence: the others are delivered', async () => {
    const { all } = await everythingDecided();
    world.intermediary.limited.add('geburt');
    const answer = await world.prefill({ triggers: all });
    expect(answer.evidence.length).toBeGreaterThan(0);
    expect(answer.notDelivered).toContainEqual(
      expect.objectContaining({
        evidence_type: 'geburt',
        state: 'failed',
        reason: 'RATE_LIMITED',
        ruleIds: ['rule'],
        availableAt: NOW + 60_000,
      }),
    );
  });

  it('is to get a permission that others have used up since: what is bound last is not opened', async () => {
    const { all } = await everythingDecided();
    world.intermediary.limitedWhenBound.add('geburt');
    const answer = await world.prefill({ triggers: all });
    expect(answer.notDelivered).toContainEqual(
      expect.objectContaining({ evidence_type: 'geburt', reason: 'RATE_LIMITED' }),
    );
    const opened = world.entries().filter(({ caller }) => caller.event === 'retrieval.opened');
    expect(opened.map(({ caller }) => caller.evidence_type)).not.toContain('geburt');
    expect(opened.map(({ hidden }) => hidden.rule_ids)).toEqual(opened.map(() => ['rule']));
  });

  it('is to use a decision twice', async () => {
    const { all, subjects } = await oneDecided();
    await world.prefill({ triggers: all, subjects });
    expect(await failureOf(world.prefill({ triggers: all, subjects }))).toMatchObject({ reason: 'TRIGGER_USED' });
    expect(world.gateway.asked).toHaveLength(1);
  });

  it('is to race two requests for one decision: one is answered, nothing is asked for the other', async () => {
    const { all, subjects } = await oneDecided();
    const both = await Promise.allSettled([1, 2].map(() => world.prefill({ triggers: all, subjects })));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { reason: 'TRIGGER_USED' } });
    expect(world.directory.asked).toHaveLength(1);
    expect(world.gateway.asked).toHaveLength(1);
  });

  it('is to prefill the form of another consumer, or of nobody', async () => {
    const { all } = await everythingDecided();
    const stranger = { participant: { ...world.consumer.participant, id: 'elterngeld-online' }, thumbprint: 'x' };
    expect(await failureOf(world.prefill({ triggers: all, caller: stranger }))).toMatchObject({
      reason: 'TRANSFER_NOT_PERMITTED',
    });
  });

  it('is to name a role that the form does not have', async () => {
    const { all } = await everythingDecided();
    const subjects = [...world.keyed('parent', 'child'), { ...world.keyed('parent')[0]!, role: 'neighbour' }];
    expect(await failureOf(world.prefill({ triggers: all, subjects }))).toMatchObject({ reason: 'REQUEST_INVALID' });
  });

  it('is to ask about a person it does not name', async () => {
    const { all } = await everythingDecided();
    const asked = world.prefill({ triggers: all, subjects: world.keyed('parent') });
    expect(await failureOf(asked)).toMatchObject({ reason: 'REQUEST_INVALID' });
  });

  it('is to get what no rule permits; the rest comes', async () => {
    const { all } = await everythingDecided();
    world.intermediary.forbidden.add('meldedaten');
    const answer = await world.prefill({ triggers: all });
    expect(missing(answer)).toContainEqual(['meldedaten', 'refused', 'TRANSFER_NOT_PERMITTED']);
    expect(world.gateway.asked.map(({ register }) => register)).toEqual(REGISTERS.slice(1));
  });

  it('is to have anybody looked up where the lookup is not permitted', async () => {
    const { all } = await everythingDecided();
    world.intermediary.forbidden.add('identity');
    expect(await failureOf(world.prefill({ triggers: all }))).toMatchObject({ reason: 'TRANSFER_NOT_PERMITTED' });
    expect(world.directory.asked).toEqual([]);
  });

  it('is to have anybody looked up where nothing can be fetched, for whatever reasons (IDNrG § 6: only what is needed)', async () => {
    const { identity, evidence } = await oneDecided();
    const abroad = await world.decided('auslaendische-familienleistung', 'parent');
    world.intermediary.forbidden.add('meldedaten');
    const answer = await world
      .prefill({ triggers: [...identity, ...evidence, abroad], subjects: world.keyed('parent') })
      .catch((error: unknown) => error);
    expect(world.directory.asked).toEqual([]);
    expect(answer).toBeDefined();
  });

  it('is to route without the region key that the register needs', async () => {
    const { all } = await everythingDecided();
    const answer = await world.prefill({ triggers: all, where: {} });
    expect(missing(answer)).toContainEqual(['meldedaten', 'refused', 'ROUTE_PARAMETER_MISSING']);
    expect(world.gateway.asked.map(({ register }) => register)).toEqual(['familienkasse-register']);
  });
});
