import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Catalogue, Rule } from '../../src/catalogue/catalogue.js';
import type { Trigger } from '../../src/consent/trigger.js';
import type { ExchangeAnswer } from '../../src/exchange/exchange-answer.js';
import type { Obligations } from '../../src/tokens/obligations.js';
import { CONSUMER, NOW } from '../support/builders.js';
import { failureOf, MELDE } from './decided.js';
import { aWorld, type World } from './world.js';

let world: World;
let triggers: readonly Trigger[];
beforeEach(async () => {
  world = aWorld();
  triggers = [
    await world.decided('identity', 'parent'),
    await world.decided('identity', 'child'),
    await world.decided('meldedaten', 'parent'),
    await world.decided('geburt', 'child'),
  ];
});

/** What two persons have decided while an exchange is under way. */
type Change = (catalogue: Catalogue) => Partial<Catalogue>;
const inForce = (change: Change) => {
  const { catalogue } = world.current;
  return world.current.replace({ ...catalogue, ...change(catalogue), version: `after ${catalogue.version}` });
};
const withRules =
  (change: (rule: Rule) => readonly Rule[]): Change =>
  ({ rules }) => ({ rules: rules.flatMap(change) });
const without = (...ids: readonly string[]) => withRules((it) => (ids.includes(it.id) ? [] : [it]));
const GONE = without('kindergeld-meldedaten', 'kindergeld-geburt');

const closed = () =>
  world
    .entries()
    .filter(({ caller }) => caller.event === 'retrieval.closed')
    .map(({ caller: { evidence_type, outcome, reason, release_digest } }) => ({
      ...{ evidence_type, outcome, reason, release_digest },
    }));
/** Neither a field nor evidence, and the reason for each piece that would have been. */
function expectNothing({ fields, evidence, notDelivered }: ExchangeAnswer): void {
  expect([fields, evidence]).toEqual([[], []]);
  const forbidden = notDelivered.filter(({ reason }) => reason === 'TRANSFER_NOT_PERMITTED');
  expect(forbidden.map(({ evidence_type }) => evidence_type)).toEqual(['meldedaten', 'geburt']);
}
const refused = (evidence_type: string) => ({
  ...{ evidence_type, outcome: 'refused', reason: 'TRANSFER_NOT_PERMITTED', release_digest: undefined },
});

describe('what removes permission counts before every release (IDNrG § 7 Abs. 2; design 5)', () => {
  it.each<readonly [string, Change]>([
    ['the rules are removed', GONE],
    [
      'a deny is added',
      ({ rules }) => ({
        rules: [
          ...rules,
          ...(['meldedaten', 'geburt'] as const).map((evidence_type) => ({
            ...rules[0]!,
            ...{ id: `no-${evidence_type}`, effect: 'deny' as const, evidence_type, fields: [] },
            ...{ consumer: 'any', provider: 'any', purpose: 'any', legal_basis: 'any' },
          })),
        ],
      }),
    ],
    [
      'a higher level of assurance is demanded',
      withRules((it) => [it.effect === 'allow' ? { ...it, min_assurance: 'high' } : it]),
    ],
    [
      'another attester is demanded',
      withRules((it) => [it.effect === 'allow' ? { ...it, attested_by: ['pages'] } : it]),
    ],
    [
      'the purpose becomes another',
      ({ purposes }) => ({
        purposes: purposes.map((it) => (it.id === 'kindergeld-antrag' ? { ...it, hash: 'A'.repeat(43) } : it)),
      }),
    ],
    [
      'the certificate of the consumer is revoked',
      ({ keys }) => ({ keys: keys.map((it) => (it.participant === CONSUMER ? { ...it, certificates: [] } : it)) }),
    ],
    [
      'the consumer is no participant any more',
      ({ participants }) => ({ participants: participants.filter(({ id }) => id !== CONSUMER) }),
    ],
    [
      'an agreement is revoked',
      ({ agreements = [] }) => ({
        agreements: agreements.map((it) => ({
          ...it,
          revoked: { by: 'register' as const, at: '2026-11-23T12:00:00Z', signature: 'x..x' },
        })),
      }),
    ],
    [
      'an agreement ends',
      ({ agreements = [] }) => ({
        agreements: agreements.map((it) => ({ ...it, valid_until: '2026-11-23T12:00:00Z' })),
      }),
    ],
    [
      'another node is commissioned',
      ({ agreements = [] }) => ({ agreements: agreements.map((it) => ({ ...it, node: 'another-node' })) }),
    ],
    ['nobody has agreed any more', () => ({ agreements: [] })],
    ['no register holds the evidence any more', () => ({ registers: [] })],
  ])('while the registers answer, %s: refused, logged, nothing released', async (_, change) => {
    world.gateway.meanwhile = async () => inForce(change);
    expectNothing(await world.prefill({ triggers }));
    expect(closed()).toEqual([refused('meldedaten'), refused('geburt')]);
    expect(world.entries().at(-1)?.caller).toMatchObject({ event: 'exchange.closed', outcome: 'refused' });
    expect(world.entries().find(({ caller }) => caller.event === 'retrieval.closed')?.hidden).toMatchObject({
      cause: 'NO_LONGER_PERMITTED',
    });
  });

  it('one field less is enough for a piece, and the others are released', async () => {
    world.gateway.meanwhile = async () =>
      inForce(withRules((it) => [it.id === 'kindergeld-geburt' ? { ...it, fields: it.fields.slice(1) } : it]));
    const { evidence, notDelivered } = await world.prefill({ triggers });
    expect(evidence.map((it) => it.evidence.evidenceType)).toEqual(['meldedaten']);
    expect(notDelivered).toContainEqual(
      expect.objectContaining({ evidence_type: 'geburt', reason: 'TRANSFER_NOT_PERMITTED' }),
    );
    expect(closed()).toContainEqual(refused('geburt'));
  });

  it('and where the node knows no longer what is in force, nothing is released: failed, and logged as such', async () => {
    world.gateway.meanwhile = async () => {
      world.governing.isConfirmed = false;
    };
    const { fields, evidence, notDelivered } = await world.prefill({ triggers });
    expect([fields, evidence]).toEqual([[], []]);
    const failed = notDelivered.filter(({ state }) => state === 'failed');
    expect(failed.map(({ reason }) => reason)).toEqual(['CATALOGUE_UNAVAILABLE', 'CATALOGUE_UNAVAILABLE']);
    expect(closed()).toEqual(
      ['meldedaten', 'geburt'].map((evidence_type) => ({
        ...{ evidence_type, outcome: 'failed', reason: 'CATALOGUE_UNAVAILABLE', release_digest: undefined },
      })),
    );
  });

  it('nor is anybody looked up, or an answer repeated', async () => {
    const requestId = randomUUID();
    await world.prefill({ triggers, requestId });
    const looked = world.directory.asked.length;
    world.governing.isConfirmed = false;
    const others = [await world.decided('identity', 'parent'), await world.decided('meldedaten', 'parent')];
    for (const ask of [
      { triggers, requestId },
      { triggers: others, subjects: world.keyed('parent') },
    ])
      expect(await failureOf(world.prefill(ask))).toMatchObject({ reason: 'CATALOGUE_UNAVAILABLE' });
    expect(world.directory.asked).toHaveLength(looked);
  });

  it('and counts at the next step: after the lookup no register is asked', async () => {
    world.directory.meanwhile = async ({ subject_role }) => {
      if (subject_role === 'child') await inForce(GONE);
    };
    expectNothing(await world.prefill({ triggers }));
    expect(world.gateway.asked).toEqual([]);
  });

  it('nor is a second person looked up', async () => {
    world.directory.meanwhile = async () => inForce(without('kindergeld-identity'));
    await expect(world.prefill({ triggers })).rejects.toMatchObject({ reason: 'TRANSFER_NOT_PERMITTED' });
    expect(world.directory.asked).toHaveLength(1);
  });

  it('also where the intermediary has another copy and permits it: of two copies the no decides', async () => {
    await inForce(GONE);
    await expect(world.prefill({ triggers })).rejects.toMatchObject({ reason: 'TRANSFER_NOT_PERMITTED' });
    expect(world.directory.asked).toEqual([]);
  });
});

describe('what the own rules demand beside counts at the node, also where the intermediary does not demand it (IDNrG § 7 Abs. 2)', () => {
  const withLimits = (id: string, limits: NonNullable<Rule['limits']>) =>
    withRules((it) => [it.id === id ? { ...it, limits } : it]);
  const persons = (max: number) => ({ persons: { max, per: 'day' as const } });
  const reasons = ({ notDelivered }: ExchangeAnswer) =>
    notDelivered
      .filter(({ reason }) => reason !== 'WITHHELD_BY_APPLICANT')
      .map(({ evidence_type, reason, ruleIds }) => ({ evidence_type, reason, ruleIds }));
  const SOMEBODY = { consumer: CONSUMER, rule: 'kindergeld-geburt', per: 'day' as const, max: 2 };
  const DAY = { startsAt: NOW - (NOW % 86_400_000), endsAt: NOW - (NOW % 86_400_000) + 86_400_000 };

  it.each([
    ['a number of persons', [], 1],
    ['a lower number of persons', [{ rule: 'kindergeld-geburt', of: 'persons', max: 9, per: 'day' }], 1],
    ['a higher one, and the lower counts', [{ rule: 'kindergeld-geburt', of: 'persons', max: 1, per: 'day' }], 9],
  ] as const)('%s', async (_, rates, max) => {
    await inForce(withLimits('kindergeld-geburt', persons(max)));
    world.intermediary.obligations.set('geburt', { rates });
    await world.limits.take('somebody else', [{ ...SOMEBODY, ...DAY }]);
    expect(reasons(await world.prefill({ triggers }))).toEqual([
      { evidence_type: 'geburt', reason: 'RATE_LIMITED', ruleIds: ['kindergeld-geburt'] },
    ]);
  });

  it.each<readonly [string, NonNullable<Rule['limits']>, Obligations]>([
    ['fewer days of use', { use_days: 10 }, { rates: [], use_days: 30 }],
    ['days to look back', { look_back_days: 90 }, { rates: [] }],
    [
      'a number of requests, which the intermediary does not count',
      { requests: { max: 9, per: 'day' } },
      { rates: [] },
    ],
  ])('%s: refused, since the permission is wider', async (_, limits, given) => {
    world.intermediary.obligations.set('geburt', given);
    await inForce(withLimits('kindergeld-geburt', limits));
    expect(reasons(await world.prefill({ triggers }))).toEqual([
      { evidence_type: 'geburt', reason: 'TRANSFER_NOT_PERMITTED', ruleIds: ['kindergeld-geburt'] },
    ]);
  });

  it('fewer days of use while the registers answer: nothing is released that may be used for longer', async () => {
    world.gateway.meanwhile = async () => inForce(withLimits('kindergeld-geburt', { use_days: 10 }));
    await world.prefill({ triggers });
    expect(closed()).toContainEqual(refused('geburt'));
  });

  it('a permission for one request alone', async () => {
    world.intermediary.deviation = { digestDue: false };
    expect((await world.prefill({ triggers })).evidence).toHaveLength(2);
    const bound = world.story.filter((it) => it.startsWith('bind'));
    expect(bound).toEqual(['bind identity', 'bind identity', 'bind meldedaten', 'bind geburt']);
  });
});

describe('what removes permission counts for evidence that waits for a preview', () => {
  async function held() {
    const wanted = await world.decided('meldedaten', 'parent', { preview: 'WANTED' });
    const answer = await world.prefill({ triggers: [...triggers.slice(0, 2), wanted, triggers[3]!] });
    const ids = answer.notDelivered.flatMap(({ heldId }) => heldId ?? []);
    const decisions = ids.map((held_id) => ({ held_id, decision: 'RELEASE' as const }));
    return { exchangeId: answer.exchangeId, decisions };
  }

  it('when it is decided on: refused, logged, destroyed', async () => {
    const { exchangeId, decisions } = await held();
    await inForce(GONE);
    expectNothing(await world.decide(exchangeId, decisions));
    expect(closed()).toEqual([refused('meldedaten'), refused('geburt')]);
    expect([...world.held.rows]).toEqual([]);
  });

  it('as the key that the register signed it with, once it is revoked', async () => {
    const { exchangeId, decisions } = await held();
    await inForce(({ keys }) => ({
      keys: keys.map((it) =>
        it.participant === 'melderegister-bremen'
          ? { ...it, keys: it.keys.filter(({ use }) => use !== 'evidence') }
          : it,
      ),
    }));
    const { evidence } = await world.decide(exchangeId, decisions);
    expect(evidence.map((it) => it.evidence.evidenceType)).toEqual(['geburt']);
    expect(closed()).toContainEqual(refused('meldedaten'));
  });

  it('when it is looked at: nothing is shown', async () => {
    const { exchangeId } = await held();
    await inForce(GONE);
    await expect(world.preview(exchangeId)).rejects.toMatchObject({ reason: 'TRANSFER_NOT_PERMITTED' });
    expect(world.entries().map(({ caller }) => caller.event)).not.toContain('preview.shown');
  });

  it('when its answer is asked for again: a repeat is a release', async () => {
    const { exchangeId, decisions } = await held();
    const same = { requestId: randomUUID(), attestation: await world.attestRelease(exchangeId, decisions) };
    expect((await world.decide(exchangeId, decisions, same)).evidence).toHaveLength(2);
    expect((await world.decide(exchangeId, decisions, same)).evidence).toHaveLength(2);
    await inForce(GONE);
    const again = world.decide(exchangeId, decisions, same);
    await expect(again).rejects.toMatchObject({ reason: 'TRANSFER_NOT_PERMITTED' });
  });
});

describe('what removes permission counts for an answer that is asked for again: a repeat is a release', () => {
  const narrower = (id: string) => withRules((it) => [it.id === id ? { ...it, fields: it.fields.slice(1) } : it]);
  const requestId = randomUUID();
  const prefilled = () => world.prefill({ triggers, requestId });
  const retrieved = () => {
    const [parent, child, meldedaten, geburt] = triggers as readonly [Trigger, Trigger, Trigger, Trigger];
    const needs = [
      { ...MELDE, triggerId: meldedaten.id },
      { ...MELDE, evidenceType: 'geburt', subjectRole: 'child', triggerId: geburt.id },
    ];
    return world.retrieve(needs, [parent, child], { requestId, subjects: world.keyed('parent', 'child') });
  };
  const resolved = () => world.resolve(triggers.slice(0, 2), { requestId });

  it.each<readonly [string, () => Promise<unknown>, Change]>([
    ['a form, one of whose pieces no rule permits any more', prefilled, without('kindergeld-geburt')],
    ['a form, one of whose fields no rule permits any more', prefilled, narrower('kindergeld-geburt')],
    ['evidence, one piece of which no rule permits any more', retrieved, without('kindergeld-geburt')],
    [
      'evidence that is not agreed on any more',
      retrieved,
      ({ agreements = [] }) => ({
        agreements: agreements.filter(({ id }) => !id.includes('geburt') && !id.includes('personenstand')),
      }),
    ],
    ['an identity, one field of which no rule permits any more', resolved, narrower('kindergeld-identity')],
  ])('%s', async (_, ask, change) => {
    const first = await ask();
    expect(await ask()).toEqual(first);
    await inForce(change);
    expect(await failureOf(ask())).toMatchObject({ reason: 'TRANSFER_NOT_PERMITTED' });
  });

  it.each([
    ['that the intermediary does not permit any more', 'forbidden', 'TRANSFER_NOT_PERMITTED'],
    ['whose limit is used up', 'limited', 'RATE_LIMITED'],
  ] as const)('with a piece %s', async (_, how, reason) => {
    await prefilled();
    world.intermediary[how].add('geburt');
    expect(await failureOf(prefilled())).toMatchObject({ reason });
    world.intermediary[how].clear();
    expect((await prefilled()).evidence).toHaveLength(2);
  });

  it('after a preview: also where the intermediary alone does not permit it any more', async () => {
    const wanted = await world.decided('meldedaten', 'parent', { preview: 'WANTED' });
    const answer = await world.prefill({ triggers: [...triggers.slice(0, 2), wanted, triggers[3]!] });
    const decisions = answer.notDelivered.flatMap(({ heldId }) =>
      heldId === undefined ? [] : [{ held_id: heldId, decision: 'RELEASE' as const }],
    );
    const attestation = await world.attestRelease(answer.exchangeId, decisions);
    const decide = () => world.decide(answer.exchangeId, decisions, { requestId, attestation });
    expect(await decide()).toEqual(await decide());
    world.intermediary.forbidden.add('geburt');
    expect(await failureOf(decide())).toMatchObject({ reason: 'TRANSFER_NOT_PERMITTED' });
  });
});

describe('an exchange keeps the version it began with for mapping and texts', () => {
  const renamed: Change = ({ services }) => ({
    services: services.map((it) => ({
      ...it,
      mapping: it.mapping.map((field) => ({ ...field, label: { de: 'another label' } })),
    })),
  });

  it('while the registers answer', async () => {
    world.gateway.meanwhile = async () => inForce(renamed);
    const { fields } = await world.prefill({ triggers });
    expect(fields.length).toBeGreaterThan(0);
    expect(JSON.stringify(fields)).not.toContain('another label');
  });

  it('and while it waits for a preview', async () => {
    const wanted = await world.decided('meldedaten', 'parent', { preview: 'WANTED' });
    const answer = await world.prefill({ triggers: [...triggers.slice(0, 2), wanted, triggers[3]!] });
    await inForce(renamed);
    const ids = answer.notDelivered.flatMap(({ heldId }) => heldId ?? []);
    const decisions = ids.map((held_id) => ({ held_id, decision: 'RELEASE' as const }));
    const { fields } = await world.decide(answer.exchangeId, decisions);
    expect(fields.length).toBeGreaterThan(0);
    expect(JSON.stringify(fields)).not.toContain('another label');
  });
});
