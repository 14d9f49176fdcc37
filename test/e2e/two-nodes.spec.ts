import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Consumer, consumer, retrieval } from '../support/e2e-consumer.js';
import { logged } from '../support/e2e-log.js';
import { mother } from '../support/e2e-people.js';
import { expectRefusal } from '../support/e2e-refusal.js';
import { type SecondNode, secondNode } from '../support/second-node.js';

const MELDEDATEN = { service: 'kindergeld', applicants: [mother], evidence: ['meldedaten'] } as const;

let folder: string;
let node: SecondNode;
let here: Consumer;
let there: Consumer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'einmal-two-nodes-'));
  node = await secondNode(folder);
  here = await consumer('familienkasse-online');
  const { profile, keys } = here;
  there = new Consumer({ ...profile, node: { ...profile.node, grpc: node.grpc, issuer: node.issuer } }, keys);
}, 60_000);
afterAll(async () => {
  there.close();
  here.close();
  await node.stop();
  await rm(folder, { recursive: true });
});

describe('a decision, at two nodes on one database', () => {
  it('serves one retrieval, whichever node is asked and however often at the same moment (BSI TR-03176-1)', async () => {
    const decisions = await here.decideAndGrant(MELDEDATEN);
    const both = [here, there, here, there, here, there];
    const { value: asked, entries } = await logged(async () => {
      const calls = both.map((asking) => asking.retrieve(retrieval(decisions, [mother])));
      await Promise.allSettled(calls);
      return calls;
    });
    const settled = await Promise.allSettled(asked);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const [at, { status }] of settled.entries())
      if (status === 'rejected') await expectRefusal(asked[at] ?? Promise.resolve(), { reason: 'TRIGGER_USED' });
    expect(entries.filter(({ outcome, event }) => event === 'retrieval.closed' && outcome === 'released')).toHaveLength(
      1,
    );
  });

  it('that was granted at one is known to the other, and withdrawn there counts here at once (GDPR Art. 7 (3))', async () => {
    const decisions = await here.decideAndGrant(MELDEDATEN);
    await expect(there.retrieve(retrieval(decisions, [mother]))).resolves.toMatchObject({
      state: 'EXCHANGE_STATE_COMPLETE',
    });
    const others = await here.decideAndGrant(MELDEDATEN);
    await there.withdraw(others.map(({ trigger_id }) => trigger_id));
    await expectRefusal(here.retrieve(retrieval(others, [mother])), { reason: 'TRIGGER_WITHDRAWN' });
  });
});
