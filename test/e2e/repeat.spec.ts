import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cast } from '../../src/demo/people/cast.js';
import { BROKER_PROTOS, loadProtos } from '../../src/platform/proto.js';
import type { RetrieveEvidenceRequest } from '../../src/platform/rpc-types/einmal/broker/v1/RetrieveEvidenceRequest.js';
import { type Consumer, consumer, retrieval } from '../support/e2e-consumer.js';
import { logged, queryNode } from '../support/e2e-log.js';
import { byAddress, mother } from '../support/e2e-people.js';
import { expectLoggedRefusal, expectRefusal, failureOf, personalData } from '../support/e2e-refusal.js';

const METHOD = 'EvidenceService/RetrieveEvidence';
const definition = loadProtos(BROKER_PROTOS)['einmal.broker.v1.EvidenceService'];

let familienkasse: Consumer;

beforeAll(async () => {
  familienkasse = await consumer('familienkasse-online');
});
afterAll(() => familienkasse.close());

const decided = () =>
  familienkasse.decideAndGrant({ service: 'kindergeld', applicants: [mother], evidence: ['meldedaten'] });

/** The answer's bytes as they came over the wire. */
async function bytesOf(request: RetrieveEvidenceRequest): Promise<Buffer> {
  const { requestSerialize } = (definition as Record<string, { requestSerialize(value: object): Buffer }>)
    .RetrieveEvidence!;
  return familienkasse.wire.bytes(METHOD, Buffer.from(requestSerialize(request)), await familienkasse.sent());
}

describe('the same request again (design 8)', () => {
  it('gets the first answer to the byte, and an entry of its own', async () => {
    const request = retrieval(await decided(), [mother]);
    const first = await bytesOf(request);
    const { value: second, entries } = await logged(() => bytesOf(request));
    expect(second.equals(first)).toBe(true);
    expect(entries.map(({ event, consumer: by }) => [event, by])).toEqual([['repeated', familienkasse.id]]);
  });

  it('with other content is refused', async () => {
    const request = retrieval(await decided(), [mother]);
    await familienkasse.retrieve(request);
    const changed: readonly RetrieveEvidenceRequest[] = [
      { ...request, subjects: retrieval(await decided(), [byAddress('parent', cast.father)]).subjects },
      { ...request, needs: request.needs.map((need) => ({ ...need, fields: ['town'] })) },
      { ...request, purpose: 'kindergeld-pruefung' },
      { ...request, identity_trigger_ids: [] },
    ];
    for (const other of changed)
      await expectLoggedRefusal(
        familienkasse.id,
        () => familienkasse.retrieve(other),
        { reason: 'REQUEST_ID_REUSED' },
        personalData([mother]),
      );
  });

  it('is told that the first one is still under way, or gets its answer; never a second retrieval', async () => {
    const request = retrieval(await decided(), [mother]);
    const calls = Array.from({ length: 5 }, () => bytesOf(request));
    const { value: settled, entries } = await logged(() => Promise.allSettled(calls));
    const answers = settled.flatMap((it) => (it.status === 'fulfilled' ? [it.value.toString('base64')] : []));
    expect(new Set(answers).size).toBe(1);
    for (const [position, it] of settled.entries())
      if (it.status === 'rejected') {
        const refused = await expectRefusal(calls[position] ?? Promise.resolve(), { reason: 'REQUEST_IN_PROGRESS' });
        expect(refused.retryDelayMs).toBeGreaterThan(0);
      }
    expect(entries.filter(({ event }) => event === 'retrieval.opened')).toHaveLength(1);
  });

  it('after a refusal is judged anew: nothing was answered yet', async () => {
    const request = retrieval(
      await familienkasse.decide({ service: 'kindergeld', applicants: [mother], evidence: ['meldedaten'] }),
      [mother],
    );
    await expectLoggedRefusal(familienkasse.id, () => familienkasse.retrieve(request), { reason: 'TRIGGER_MISSING' });
    await expectLoggedRefusal(familienkasse.id, () => familienkasse.retrieve(request), { reason: 'TRIGGER_MISSING' });
  });

  it('after a withdrawal is refused, and the sealed answer is gone', async () => {
    const decisions = await decided();
    const request = retrieval(decisions, [mother]);
    await familienkasse.retrieve(request);
    await familienkasse.withdraw(decisions.map(({ trigger_id }) => trigger_id));
    const left = await queryNode('select 1 from app.answer where request_id = $1', [request.request_id]);
    expect(left).toEqual([]);
    await expectRefusal(familienkasse.retrieve(request), { reason: 'TRIGGER_WITHDRAWN' });
  });

  it('of another consumer is another request', async () => {
    const elterngeld = await consumer('elterngeld-online');
    const request = retrieval(await decided(), [mother]);
    await familienkasse.retrieve(request);
    const error = await failureOf(elterngeld.retrieve({ ...request, purpose: 'elterngeld-antrag' }));
    elterngeld.close();
    expect(error.details).not.toContain('request_id');
    await expectRefusal(Promise.reject(error), { reason: 'TRIGGER_MISSING' });
  });

  it('is kept sealed: nothing of a person can be read in the database', async () => {
    const request = retrieval(await decided(), [mother]);
    await familienkasse.retrieve(request);
    const [row] = await queryNode<Record<string, unknown>>('select * from app.answer where request_id = $1', [
      request.request_id,
    ]);
    const text = Buffer.from(JSON.stringify(row)).toString('latin1');
    for (const value of personalData([mother])) expect(text).not.toContain(value);
    expect(row).toHaveProperty('sealed');
  });

  it('of a decision that was granted already is a repeat, not a second grant', async () => {
    const decisions = await decided();
    const { entries } = await logged(() => familienkasse.grant(decisions));
    expect(entries.map(({ event }) => event)).toEqual(['repeated']);
    await expect(
      familienkasse.retrieve({ ...retrieval(decisions, [mother]), request_id: randomUUID() }),
    ).resolves.toMatchObject({
      state: 'EXCHANGE_STATE_COMPLETE',
    });
  });
});
