import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { cast } from '../../src/demo/people/cast.js';
import { Consumer, consumer, retrieval } from '../support/e2e-consumer.js';
import { logEntriesSince, logged, logSize } from '../support/e2e-log.js';
import { byAddress, byName, byNumber } from '../support/e2e-people.js';
import { expectRefusal, failureOf, personalData } from '../support/e2e-refusal.js';
import { type SecondNode, secondNode } from '../support/second-node.js';

const MOST = 4;
const HOUR_MS = 3_600_000;
/** EINMAL_NEUTRAL_ANSWER_MS as nobody has set it. */
const SLOT_MS = 400;
/** No other test has it look for somebody who is not there. */
const WHO = 'elterngeld-online';

let folder: string;
let node: SecondNode;
let elterngeld: Consumer;
let there: Consumer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'einmal-misidentification-'));
  node = await secondNode(folder, { settings: { EINMAL_MISIDENTIFICATIONS_PER_HOUR: String(MOST) } });
  elterngeld = await consumer(WHO);
  const { profile, keys } = elterngeld;
  there = new Consumer({ ...profile, node: { ...profile.node, grpc: node.grpc, issuer: node.issuer } }, keys);
}, 60_000);
afterAll(async () => {
  there.close();
  elterngeld.close();
  await node.stop();
  await rm(folder, { recursive: true });
});

async function ask(asking: Consumer, parent: ReturnType<typeof byAddress>) {
  const applicants = [parent];
  const decisions = await asking.decideAndGrant({ service: 'elterngeld', applicants, evidence: ['meldedaten'] });
  return () => asking.retrieve(retrieval(decisions, applicants));
}

it('a consumer whose lookups keep finding nobody, at whatever node and for whatever reason, is refused further ones and shown', async () => {
  const nobody = [
    byName('parent', cast.namesakes[0]),
    byAddress('parent', cast.blocked),
    byNumber('parent', cast.withoutRecord),
    byNumber('parent', { ...cast.mother, birthDate: '1992-08-13' }),
  ];
  for (const [at, parent] of nobody.entries())
    await expectRefusal((await ask(at % 2 === 0 ? elterngeld : there, parent))(), { reason: 'SUBJECT_NOT_AVAILABLE' });

  // The same for somebody who is there as for somebody who is not.
  const persons = [byAddress('parent', cast.mother), byAddress('parent', cast.blocked)];
  const refused = [];
  for (const parent of persons) {
    const call = await ask(there, parent);
    const { value, entries } = await logged(() =>
      expectRefusal(call(), { reason: 'TOO_MANY_MISIDENTIFICATIONS' }, personalData([parent])),
    );
    refused.push({ value, events: entries.map(({ event, consumer: who, reason }) => [event, who, reason]) });
  }
  const [first, second] = refused;
  expect(first?.events).toEqual([
    ['anomaly', WHO, 'TOO_MANY_MISIDENTIFICATIONS'],
    ['refused', WHO, 'TOO_MANY_MISIDENTIFICATIONS'],
  ]);
  expect(second?.events).toEqual([['refused', WHO, 'TOO_MANY_MISIDENTIFICATIONS']]);
  for (const { value } of refused) {
    expect(value.retryDelayMs).toBeGreaterThan(HOUR_MS - 120_000);
    expect(value.retryDelayMs).toBeLessThanOrEqual(HOUR_MS);
  }
  expect(second?.value.info).toEqual(first?.value.info);
}, 60_000);

it('who does not wait for the answer has asked all the same, whoever was there (ADR 102)', async () => {
  const folderOfOwn = await mkdtemp(join(tmpdir(), 'einmal-left-'));
  const own = await secondNode(folderOfOwn, { settings: { EINMAL_MISIDENTIFICATIONS_PER_HOUR: String(MOST + 2) } });
  const { profile, keys } = elterngeld;
  const asking = new Consumer({ ...profile, node: { ...profile.node, grpc: own.grpc, issuer: own.issuer } }, keys);
  try {
    const request = async () => {
      const applicants = [byAddress('parent', cast.blocked)];
      const decisions = await asking.decideAndGrant({ service: 'elterngeld', applicants, evidence: ['meldedaten'] });
      return retrieval(decisions, applicants);
    };
    // Beside those of the test before.
    for (let n = 0; n < 2; n += 1) {
      const asked = await request();
      const from = await logSize();
      const leaving = new AbortController();
      const call = failureOf(asking.call('EvidenceService/RetrieveEvidence', asked, { signal: leaving.signal }));
      while ((await logEntriesSince(from)).length === 0) await sleep(1);
      leaving.abort();
      expect((await call).code).toBe(status.CANCELLED);
      await sleep(2 * SLOT_MS);
    }
    await expectRefusal(asking.retrieve(await request()), { reason: 'TOO_MANY_MISIDENTIFICATIONS' });
  } finally {
    asking.close();
    await own.stop();
    await rm(folderOfOwn, { recursive: true });
  }
}, 60_000);
