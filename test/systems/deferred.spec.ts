import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { connectToNode, type DeferredAnswer, type NodeConnection } from '../../src/client/node-connection.js';
import { withClient } from '../../src/demo/database.js';
import { freePort } from '../../src/demo/free-port.js';
import { cast } from '../../src/demo/people/cast.js';
import { type RunningSystem, startSystem } from '../../src/demo/supervisor.js';
import { packageRoot } from '../../src/platform/paths.js';
import type { PrefillFormResponse__Output } from '../../src/platform/rpc-types/einmal/broker/v1/PrefillFormResponse.js';
import type { WatchExchangeResponse__Output } from '../../src/platform/rpc-types/einmal/broker/v1/WatchExchangeResponse.js';
import { verifyNotice } from '../../src/tokens/exchange-notice.js';
import { importVerificationKey, readSigningKey } from '../../src/tokens/jws.js';
import type { PrefillAnswer } from '../../src/verify/answer.js';
import { verifyAnswer } from '../../src/verify/verify-answer.js';
import { Consumer, form } from '../support/e2e-consumer.js';
import { mother } from '../support/e2e-people.js';
import { expectRefusal } from '../support/e2e-refusal.js';
import { eventually } from '../support/eventually.js';

const WHO = 'elterngeld-online';
const LONG_MS = 120_000;

type Posted = Readonly<{ path: string; type: string | undefined; body: string }>;

let system: RunningSystem;
let elterngeld: Consumer;
let node: NodeConnection;
let notices: Server;
const posted: Posted[] = [];
/** The next notice is answered with a redirect. */
let isRedirecting = false;

beforeAll(async () => {
  system = await startSystem({
    dataFolder: join(packageRoot, 'data', 'e2e-deferred'),
    fresh: true,
    service: 'elterngeld',
    personCount: 60,
  });
  const profile = system.profile(WHO);
  elterngeld = new Consumer(profile, {
    assertion: await readSigningKey(profile.keys, 'client-assertion'),
    attestation: await readSigningKey(profile.keys, 'attestation'),
  });
  node = await connectToNode(profile);
  const port = await freePort();
  notices = createServer({ ...elterngeld.tls, requestCert: true, rejectUnauthorized: true }, (request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      posted.push({ path: request.url ?? '', type: request.headers['content-type'], body });
      if (isRedirecting) response.writeHead(302, { location: '/elsewhere' });
      isRedirecting = false;
      response.end();
    });
  });
  await new Promise<void>((resolve) => notices.listen(port, 'localhost', resolve));
  const file = join(system.dataFolder, 'catalogue', 'endpoints.yaml');
  const { endpoints } = parse(readFileSync(file, 'utf8'));
  const told = { participant: WHO, notice_url: `https://localhost:${port}/notices`, server_name: 'localhost' };
  writeFileSync(file, stringify({ endpoints: [...endpoints, told] }));
  await system.process('node').restart();
}, LONG_MS);

afterAll(async () => {
  node?.close();
  elterngeld?.close();
  notices?.close();
  await system?.stop();
}, LONG_MS);

/** The employer of the mother reports in so many seconds. */
const reportsIn = (seconds: number) =>
  withClient(system.databases.dataOf('dsrv').ownerUrl, (client) =>
    client.query(
      `update entgelt.bescheinigung set gemeldet = false, naechste_abrechnung = now() + make_interval(secs => $1)
       where idnr = $2`,
      [seconds, cast.mother.idnr],
    ),
  );

async function deferred(seconds: number) {
  await reportsIn(seconds);
  const decisions = await elterngeld.decideAndGrant({
    service: 'elterngeld',
    applicants: [mother],
    evidence: ['entgelt'],
  });
  const answer = await elterngeld.prefill(form('elterngeld', decisions, [mother]));
  const trigger = decisions.find(({ decision }) => decision.evidence_type === 'entgelt')?.trigger_id ?? '';
  return { decisions, trigger, exchangeId: answer.exchange_id ?? '', answer };
}

const queryNode = <Row>(text: string, values: readonly unknown[]) =>
  withClient(
    system.databases.ownerUrlOf('node'),
    async (client) => (await client.query(text, [...values])).rows as Row[],
  );
/** What the log says of the pay data of an exchange, and at the register. */
const storyOf = (exchangeId: string) =>
  queryNode<{ index: string; event: string; outcome: string | null; reason: string | null; retrieval_ref: string }>(
    `select index, event, outcome, reason, retrieval_ref from log.record
     where exchange_ref = $1 and evidence_type = 'entgelt' order by index`,
    [exchangeId],
  );
const eventsOf = async (exchangeId: string) =>
  (await storyOf(exchangeId)).map(({ event, outcome }) => [event, outcome].filter(Boolean).join(' '));
const stateOf = async (exchangeId: string) =>
  (await queryNode<{ state: string }>('select state from app.deferral where exchange_id = $1', [exchangeId]))[0]?.state;
const reached = (exchangeId: string, state: string) =>
  eventually(
    () => stateOf(exchangeId),
    (found) => found === state,
  );
const missingIn = ({ not_delivered }: DeferredAnswer) =>
  not_delivered.filter(({ evidence_type }) => evidence_type === 'entgelt').map(({ state, reason }) => [state, reason]);
const deferredItem = ({ not_delivered = [] }: PrefillFormResponse__Output) =>
  not_delivered.find(({ evidence_type }) => evidence_type === 'entgelt');

const ATTEMPT_HELD = ['retrieval.opened', 'retrieval.closed deferred', 'retrieval.resumed', 'retrieval.held held'];

describe('pay data that the employer has later (BEEG § 9 Abs. 2)', () => {
  it(
    'are kept open, fetched when they are there, told of, given once, and verify like any answer',
    async () => {
      const { exchangeId, decisions, answer } = await deferred(4);
      expect(deferredItem(answer)).toMatchObject({ state: 'RETRIEVAL_STATE_DEFERRED' });
      expect(deferredItem(answer)?.kept_until_time).toBeDefined();
      const watching = elterngeld.wire.stream(
        'EvidenceService/WatchExchange',
        { exchange_id: exchangeId },
        { ...(await elterngeld.sent()), deadline: Date.now() + LONG_MS },
      ) as Promise<readonly WatchExchangeResponse__Output[]>;
      const early = await node.fetchDeferred(exchangeId);
      expect([missingIn(early), early.receipt]).toEqual([[['DEFERRED', 'EVIDENCE_DEFERRED']], undefined]);
      expect((await watching).map(({ state }) => state)).toEqual(['DEFERRAL_STATE_WAITING', 'DEFERRAL_STATE_READY']);

      const requestId = randomUUID();
      const fetched = await node.fetchDeferred(exchangeId, requestId);
      expect(fetched.state).toBe('COMPLETE');
      expect(fetched.fields.map(({ fim_id }) => fim_id)).toEqual(
        expect.arrayContaining(['einmal:arbeitgeber', 'einmal:bruttoentgelt']),
      );
      const own = decisions.filter(({ decision }) => decision.evidence_type === 'entgelt');
      const asked = own.map(({ trigger_id, decision: { subject, ...rest } }) => ({
        ...rest,
        trigger_id,
        subject_role: subject.role,
      }));
      const verified = await verifyAnswer(fetched as PrefillAnswer, { consumer: WHO, decisions: asked }, system.trust);
      expect(verified.faults).toEqual([]);
      expect(await node.fetchDeferred(exchangeId, requestId)).toEqual(fetched);
      await expect(node.fetchDeferred(exchangeId)).rejects.toMatchObject({ reason: 'NOT_FOUND' });
      expect(await eventsOf(exchangeId)).toEqual([...ATTEMPT_HELD, 'retrieval.closed released']);
      expect(await queryNode('select from app.deferral where exchange_id = $1', [exchangeId])).toEqual([]);
    },
    LONG_MS,
  );

  it(
    'are told of by a signed notice, which follows no redirect and is tried again',
    async () => {
      isRedirecting = true;
      posted.length = 0;
      const { exchangeId } = await deferred(2);
      await reached(exchangeId, 'ready');
      const [first, second] = await eventually(
        async () => posted.filter(({ body }) => body.includes('.')),
        (found) => found.length >= 2,
      );
      expect([first?.path, second?.path]).toEqual(['/notices', '/notices']);
      expect(posted.every(({ type }) => type === 'application/jwt')).toBe(true);
      const keys = system.pki.keys.find(({ participant }) => participant === 'node')?.keys ?? [];
      const notice = await verifyNotice(second?.body ?? '', {
        node: 'node',
        consumer: WHO,
        keys: await Promise.all(keys.filter(({ use }) => use === 'notice').map(importVerificationKey)),
        nowMs: Date.now(),
      });
      expect(notice).toMatchObject({ exchange_id: exchangeId, state: 'ready' });
      const said = Buffer.from(second?.body.split('.')[1] ?? '', 'base64url').toString();
      for (const value of [cast.mother.idnr, cast.mother.familyName, cast.mother.birthDate])
        expect(said).not.toContain(value);
    },
    LONG_MS,
  );

  it(
    'are fetched also where the node was killed in between and started again',
    async () => {
      const { exchangeId } = await deferred(3);
      await system.process('node').kill();
      await system.process('node').start();
      await reached(exchangeId, 'ready');
      const fetched = await node.fetchDeferred(exchangeId);
      expect(fetched.evidence.map(({ evidence_type }) => evidence_type)).toEqual(['entgelt']);
      expect(await eventsOf(exchangeId)).toEqual([...ATTEMPT_HELD, 'retrieval.closed released']);
    },
    LONG_MS,
  );

  it(
    'wait for the consumer also where the node was killed after they had come',
    async () => {
      const { exchangeId } = await deferred(1);
      await reached(exchangeId, 'ready');
      await system.process('node').kill();
      await system.process('node').start();
      expect((await node.fetchDeferred(exchangeId)).evidence).toHaveLength(1);
    },
    LONG_MS,
  );

  it(
    'are not asked for any more once the consent is withdrawn (GDPR Art. 7 (3))',
    async () => {
      const { exchangeId, trigger } = await deferred(5);
      await elterngeld.withdraw([trigger]);
      await reached(exchangeId, 'ended');
      expect(missingIn(await node.fetchDeferred(exchangeId))).toEqual([['REFUSED', 'TRIGGER_WITHDRAWN']]);
      expect(await eventsOf(exchangeId)).toEqual([
        ...['retrieval.opened', 'retrieval.closed deferred', 'retrieval.resumed', 'retrieval.closed refused'],
      ]);
      const lines = await withClient(system.databases.ownerUrlOf('dsrv'), async (client) => {
        const sql =
          "select outcome from edge.log where log_time > now() - interval '1 minute' order by sequence desc limit 1";
        return (await client.query<{ outcome: string }>(sql)).rows;
      });
      expect(lines).toEqual([{ outcome: 'deferred' }]);
    },
    LONG_MS,
  );

  it(
    'that have come are destroyed with the withdrawal, and never released after it',
    async () => {
      const { exchangeId, trigger } = await deferred(1);
      await reached(exchangeId, 'ready');
      await elterngeld.withdraw([trigger]);
      const kept = 'select from app.deferral where exchange_id = $1 and answer is not null';
      expect(await queryNode(kept, [exchangeId])).toEqual([]);
      expect(missingIn(await node.fetchDeferred(exchangeId))).toEqual([['REFUSED', 'TRIGGER_WITHDRAWN']]);
      await reached(exchangeId, 'ended');
      expect(await eventsOf(exchangeId)).toEqual([...ATTEMPT_HELD, 'retrieval.closed refused']);
    },
    LONG_MS,
  );

  it('are nothing to another consumer', async () => {
    const { exchangeId } = await deferred(600);
    const other = system.profile('familienkasse-online');
    const stranger = new Consumer(other, {
      assertion: await readSigningKey(other.keys, 'client-assertion'),
      attestation: await readSigningKey(other.keys, 'attestation'),
    });
    const request = { request_id: randomUUID(), exchange_id: exchangeId };
    await expectRefusal(stranger.call('EvidenceService/GetDeferredEvidence', request), { reason: 'NOT_FOUND' });
    await expectRefusal(
      stranger.wire.stream('EvidenceService/WatchExchange', { exchange_id: exchangeId }, await stranger.sent()),
      { reason: 'NOT_FOUND' },
    );
    stranger.close();
  });
});
