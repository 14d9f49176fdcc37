import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DecideReleaseResponse__Output } from '../../src/platform/rpc-types/einmal/broker/v1/DecideReleaseResponse.js';
import type { PreviewEvidenceResponse__Output } from '../../src/platform/rpc-types/einmal/broker/v1/PreviewEvidenceResponse.js';
import { attestRelease, type ReleaseDecision } from '../../src/tokens/release-attestation.js';
import { type Consumer, consumer, form } from '../support/e2e-consumer.js';
import { logged, queryNode } from '../support/e2e-log.js';
import { mother, newborn } from '../support/e2e-people.js';
import { expectRefusal } from '../support/e2e-refusal.js';

let familienkasse: Consumer;
let elterngeld: Consumer;
beforeAll(async () => {
  familienkasse = await consumer('familienkasse-online');
  elterngeld = await consumer('elterngeld-online');
});
afterAll(() => {
  familienkasse.close();
  elterngeld.close();
});

const applicants = [mother, newborn];

/** A form whose evidence the person wants to see first. */
async function held(by = familienkasse, service = 'kindergeld') {
  const decisions = await by.decideAndGrant({ service, applicants, person: { preview: 'WANTED' } });
  const answer = await by.prefill(form(service, decisions, applicants));
  const waiting = (answer.not_delivered ?? []).filter(({ held_id }) => held_id);
  return { decisions, answer, exchangeId: answer.exchange_id ?? '', heldIds: waiting.map((it) => it.held_id ?? '') };
}

const preview = (exchangeId: string, by = familienkasse) =>
  by.call<PreviewEvidenceResponse__Output>('EvidenceService/PreviewEvidence', { exchange_id: exchangeId });

async function decide(
  exchangeId: string,
  decisions: readonly ReleaseDecision[],
  by = familienkasse,
  id = randomUUID(),
) {
  const attestation = await attestRelease(exchangeId, decisions, {
    attester: by.id,
    node: by.profile.node.participant,
    key: by.keys.attestation,
    nowMs: Date.now(),
  });
  const request = { request_id: id, exchange_id: exchangeId, attestation };
  const ask = () => by.call<DecideReleaseResponse__Output>('EvidenceService/DecideRelease', request);
  return { ask, answer: ask() };
}

const all = (ids: readonly string[], decision: ReleaseDecision['decision']) =>
  ids.map((held_id) => ({ held_id, decision }));

const stored = (exchangeId: string) =>
  queryNode('select 1 from app.held_exchange where exchange_id = $1', [exchangeId]);

describe('evidence that the person wants to see first (EGovG § 5 Abs. 5)', () => {
  it('is held and not released: no field, no evidence, only what waits', async () => {
    const { value, entries } = await logged(() => held());
    expect(value.answer).toMatchObject({ state: 'EXCHANGE_STATE_INCOMPLETE' });
    expect(value.answer.fields ?? []).toEqual([]);
    expect(value.answer.evidence ?? []).toEqual([]);
    expect(value.heldIds).toHaveLength(3);
    expect(entries.filter(({ event }) => event === 'retrieval.held')).toHaveLength(3);
    expect(entries.filter(({ event }) => event === 'retrieval.closed')).toHaveLength(0);
  });

  it('is shown to them, readable, and each look is logged', async () => {
    const { exchangeId } = await held();
    const { value, entries } = await logged(() => preview(exchangeId));
    const titles = (value.items ?? []).flatMap(({ attributes = [] }) => attributes.map(({ title }) => title));
    expect(titles).toContain('Familienname');
    expect(entries.map(({ event }) => event)).toEqual(Array.from({ length: 3 }, () => 'preview.shown'));
  });

  it('fills the form with what they release and names what they keep', async () => {
    const { exchangeId, heldIds } = await held();
    const [kept = '', ...others] = heldIds;
    const decisions = [...all([kept], 'REFUSE'), ...all(others, 'RELEASE')];
    const { answer } = await decide(exchangeId, decisions);
    const { fields, evidence, not_delivered } = await answer;
    expect(fields?.length).toBeGreaterThan(0);
    expect(evidence).toHaveLength(2);
    expect(not_delivered?.map(({ reason }) => reason)).toContain('ERROR_REASON_WITHHELD_BY_APPLICANT');
    expect(await stored(exchangeId)).toEqual([]);
  });

  it('is destroyed also when they keep all of it, and nobody sees it any more', async () => {
    const { exchangeId, heldIds } = await held();
    const { answer } = await decide(exchangeId, all(heldIds, 'REFUSE'));
    const { fields = [], evidence = [] } = await answer;
    expect([fields, evidence]).toEqual([[], []]);
    expect(await stored(exchangeId)).toEqual([]);
    await expectRefusal(preview(exchangeId), { reason: 'NOT_FOUND' });
  });

  it('gives the first answer again to the same request, and nothing after a withdrawal (design 8)', async () => {
    const { exchangeId, heldIds, decisions } = await held();
    const { ask, answer } = await decide(exchangeId, all(heldIds, 'RELEASE'));
    const first = await answer;
    expect(await ask()).toEqual(first);
    await familienkasse.withdraw(decisions.map(({ trigger_id }) => trigger_id));
    await expectRefusal(ask(), { reason: 'NOT_FOUND' });
  });

  it.each(['its own decision', 'the decision of the lookup'])('is destroyed when %s is withdrawn', async (which) => {
    const { exchangeId, heldIds, decisions } = await held();
    const type = which === 'its own decision' ? 'geburt' : 'identity';
    const triggers = decisions.filter(({ decision }) => decision.evidence_type === type);
    await familienkasse.withdraw(triggers.map(({ trigger_id }) => trigger_id));
    expect(await stored(exchangeId)).toEqual([]);
    await expectRefusal(preview(exchangeId), { reason: 'NOT_FOUND' });
    await expectRefusal((await decide(exchangeId, all(heldIds, 'RELEASE'))).answer, { reason: 'NOT_FOUND' });
  });

  it('is nothing to another consumer', async () => {
    const { exchangeId, heldIds } = await held();
    await expectRefusal(preview(exchangeId, elterngeld), { reason: 'NOT_FOUND' });
    await expectRefusal((await decide(exchangeId, all(heldIds, 'RELEASE'), elterngeld)).answer, {
      reason: 'NOT_FOUND',
    });
  });

  it('needs a decision on every piece that waits', async () => {
    const { exchangeId, heldIds } = await held();
    await expectRefusal((await decide(exchangeId, all(heldIds.slice(1), 'RELEASE'))).answer, {
      reason: 'REQUEST_INVALID',
    });
    expect(await stored(exchangeId)).toHaveLength(1);
  });

  it('is released once, however many decide in the same moment', async () => {
    const { exchangeId, heldIds } = await held();
    const rivals = await Promise.all(Array.from({ length: 4 }, () => decide(exchangeId, all(heldIds, 'RELEASE'))));
    const endings = await Promise.allSettled(rivals.map(({ answer }) => answer));
    expect(endings.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const closed = await queryNode(
      "select 1 from log.record where exchange_ref = $1 and event = 'retrieval.closed' and outcome = 'released'",
      [exchangeId],
    );
    expect(closed).toHaveLength(3);
  });

  it('keeps the whole exchange open that long, also what the law grants no preview for', async () => {
    const { exchangeId } = await held(elterngeld, 'elterngeld');
    const rows = await queryNode<{ minutes: string }>(
      `select extract(epoch from r.expires_at - now()) / 60 as minutes from log.retrieval_state r
       join log.record o on o.retrieval_ref = r.retrieval_id and o.event = 'retrieval.opened'
       where o.exchange_ref = $1`,
      [exchangeId],
    );
    expect(rows).toHaveLength(3);
    for (const { minutes } of rows) expect(Number(minutes)).toBeGreaterThan(55);
  });
});
