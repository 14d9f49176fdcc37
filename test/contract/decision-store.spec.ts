import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { linkDigest } from '../../src/decisions/decision-links.js';
import type { DecisionRequest } from '../../src/decisions/decision-request.js';
import { PostgresDecisionStore } from '../../src/decisions/decision-store.postgres.js';
import { Seal } from '../../src/platform/secrets.js';
import { createNodeDatabase, type NodeDatabase } from '../support/node-database.js';

let database: NodeDatabase;
let store: PostgresDecisionStore;
beforeAll(async () => {
  database = await createNodeDatabase();
  store = new PostgresDecisionStore(database.pool, new Seal(randomBytes(32)));
});
afterAll(() => database.close());

const aRequest = (deviation: Partial<DecisionRequest> = {}): DecisionRequest => ({
  id: randomUUID(),
  consumer: 'familienkasse-online',
  service: 'kindergeld',
  persons: [{ role: 'parent', key: { set: 'idnr', idnr: '01234567890', birth_date: '1980-01-01' } }],
  returnUrl: 'https://kindergeld.example/zurueck',
  expiresAt: Date.now() + 60_000,
  ...deviation,
});

async function put(request = aRequest(), requestId = randomUUID()) {
  const link = linkDigest(randomUUID());
  return { request, link, isNew: await store.put(request, link, requestId) };
}

describe('requests for decisions', () => {
  it('are found by their link and by their consumer, and by nobody else', async () => {
    const { request, link } = await put();
    expect(await store.byLink(link)).toEqual({ ...request, triggerIds: undefined });
    expect(await store.byId(request.id, request.consumer)).toEqual({ ...request, triggerIds: undefined });
    expect(await store.byId(request.id, 'elterngeld-online')).toBeUndefined();
    expect(await store.byLink(linkDigest('another'))).toBeUndefined();
  });

  it('are answered once: of two that race one wins', async () => {
    const { request, link } = await put();
    const won = await Promise.all([store.answer(request.id, ['a']), store.answer(request.id, ['b'])]);
    expect(won.toSorted()).toEqual(['first', undefined]);
    expect((await store.byLink(link))?.triggerIds).toEqual([won[0] ? 'a' : 'b']);
    await store.reopen(request.id, [won[0] ? 'b' : 'a']);
    expect((await store.byLink(link))?.triggerIds).toHaveLength(1);
    await store.reopen(request.id, [won[0] ? 'a' : 'b']);
    expect(await store.answer(request.id, [])).toBe('first');
    expect((await store.byLink(link))?.triggerIds).toEqual([]);
  });

  it('may be answered again with the very same, also at the same moment', async () => {
    const { request } = await put();
    const same = await Promise.all([store.answer(request.id, ['a', 'b']), store.answer(request.id, ['a', 'b'])]);
    expect(same.toSorted()).toEqual(['first', 'repeat']);
    expect(await store.answer(request.id, ['a', 'b'])).toBe('repeat');
    expect(await store.answer(request.id, ['a'])).toBeUndefined();
  });

  it('get a new link for as long as they are open, and the old one ends', async () => {
    const requestId = randomUUID();
    const { request, link } = await put(aRequest(), requestId);
    expect(await store.byRequest(requestId, 'elterngeld-online')).toBeUndefined();
    expect(await store.byRequest(requestId, request.consumer)).toEqual({ ...request, triggerIds: undefined });
    const other = linkDigest(randomUUID());
    expect(await store.relink(request.id, other)).toBe(true);
    expect(await store.byLink(link)).toBeUndefined();
    expect((await store.byLink(other))?.id).toBe(request.id);
    await store.answer(request.id, []);
    expect(await store.relink(request.id, link)).toBe(false);
  });

  it('end with their link; their consumer hears of them an hour longer', async () => {
    const { request, link } = await put(aRequest({ expiresAt: Date.now() - 1000 }));
    expect(await store.byLink(link)).toBeUndefined();
    expect(await store.answer(request.id, [])).toBeUndefined();
    await store.destroyExpired();
    expect(await store.byId(request.id, request.consumer)).toBeDefined();
    const old = await put(aRequest({ expiresAt: Date.now() - 3_700_000 }));
    expect(await store.byId(old.request.id, old.request.consumer)).toBeUndefined();
    await store.destroyExpired();
    const { rows } = await database.pool.query('select from app.decision_request where id = $1', [old.request.id]);
    expect(rows).toEqual([]);
  });

  it('are sealed, and of one request id there is one', async () => {
    const requestId = randomUUID();
    const { request } = await put(aRequest(), requestId);
    const { rows } = await database.pool.query('select * from app.decision_request where id = $1', [request.id]);
    expect(JSON.stringify(rows)).not.toContain('01234567890');
    expect((await put(aRequest(), requestId)).isNew).toBe(false);
  });
});
