import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DecisionLinks, linkDigest } from '../../src/decisions/decision-links.js';
import { PostgresDecisionStore } from '../../src/decisions/decision-store.postgres.js';
import { RequestDecision, RequestDecisionHandler } from '../../src/decisions/request-decision.js';
import { SystemClock } from '../../src/platform/clock.js';
import { Seal } from '../../src/platform/secrets.js';
import { aFederation } from '../register-edge/federation.js';
import { CONSUMER } from '../support/builders.js';
import { createNodeDatabase, type NodeDatabase } from '../support/node-database.js';

const RETURN = 'https://kindergeld.example/zurueck';
const { current } = await aFederation();
const participant = { ...current.lookup.participant(CONSUMER)!, return_urls: [RETURN] };
const parent = (idnr: string) => ({ role: 'parent', key: { set: 'idnr', idnr, birth_date: '1980-01-01' } as const });

let database: NodeDatabase;
let store: PostgresDecisionStore;
let handler: RequestDecisionHandler;
beforeAll(async () => {
  database = await createNodeDatabase();
  store = new PostgresDecisionStore(database.pool, new Seal(randomBytes(32)));
  handler = new RequestDecisionHandler(current, new DecisionLinks('https://pages.example'), store, new SystemClock());
});
afterAll(() => database.close());

const request = (requestId: string, idnr = '01234567890') =>
  handler.execute(
    new RequestDecision({ participant, thumbprint: 'x' }, requestId, 'kindergeld', [parent(idnr)], RETURN),
  );
const behind = (link: string) => store.byLink(linkDigest(link.slice(link.lastIndexOf('/') + 1)));
const REUSED = { reason: 'REQUEST_INVALID', violations: [{ field: 'request_id', description: 'was used before' }] };

describe('a request for a decision whose answer was not heard', () => {
  it('is the same when it comes again, with a link that works; the one before does not', async () => {
    const requestId = randomUUID();
    const lost = await request(requestId);
    const again = await request(requestId);
    expect(again).toEqual({ ...lost, link: expect.stringMatching(/^https:\/\/pages\.example\/decide\//) });
    expect((await behind(again.link))?.id).toBe(lost.id);
    expect(await behind(lost.link)).toBeUndefined();
  });

  it('is refused with other content, and once it is answered', async () => {
    const requestId = randomUUID();
    const { id, link } = await request(requestId);
    await expect(request(requestId, '02468135792')).rejects.toMatchObject(REUSED);
    expect(await behind(link)).toBeDefined();
    await store.answer(id, []);
    await expect(request(requestId)).rejects.toMatchObject(REUSED);
  });
});
