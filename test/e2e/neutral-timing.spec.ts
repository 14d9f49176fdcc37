import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { separations } from '../../bench/identity/classifier.js';
import { interleaved, NEUTRAL, sampled } from '../../bench/identity/neutral-answers.js';
import { Consumer, consumer, retrieval } from '../support/e2e-consumer.js';
import { expectRefusal } from '../support/e2e-refusal.js';
import { type MutatedBuild, mutatedBuild } from '../support/mutated-build.js';
import { type SecondNode, secondNode } from '../support/second-node.js';

/** Of each kind at a time. `npm run bench -- identity` takes as many as it needs for an interval within 0.47 to 0.53. */
const SAMPLES = 60;
const AT_ONCE = 5;
/** Of 99.9 % confidence: a finding is one. */
const Z = 3.29;
const [LOWEST, HIGHEST] = [0.47, 0.53];
/** How often so many are taken where there is something to find: on a quiet machine once. */
const PATIENCE = 8;
/** The answer is late by what the work took: some milliseconds more where a register was asked. */
const LEAK = {
  below: 'src/exchange',
  from: 'arrivedAt + slots * this.slotMs - this.clock.now()',
  to: 'arrivedAt + slots * this.slotMs + 2 * elapsed - this.clock.now()',
};

let familienkasse: Consumer;
beforeAll(async () => {
  familienkasse = await consumer('familienkasse-online');
});
afterAll(() => familienkasse.close());

type Samples = ReadonlyMap<string, readonly number[]>;

/** Milliseconds that neutral answers to one consumer took, by kind. */
function taken(asking: Consumer, kinds: readonly string[]): Promise<Samples> {
  return sampled(interleaved(kinds, SAMPLES), AT_ONCE, async (kind) => {
    const applicants = [NEUTRAL.get(kind)].flatMap((it) => it ?? []);
    const decisions = await asking.decideAndGrant({ service: 'kindergeld', applicants, evidence: ['meldedaten'] });
    const request = retrieval(decisions, applicants);
    const began = performance.now();
    let took = 0;
    const answer = asking.retrieve(request).finally(() => {
      took = performance.now() - began;
    });
    await expectRefusal(answer, { reason: 'SUBJECT_NOT_AVAILABLE' });
    return took;
  });
}

/** Pairs of reasons that the time of the answer tells apart, as a certain finding. */
function toldApart(samples: Samples): readonly string[] {
  return separations(samples, Z)
    .filter(({ low, high }) => low > HIGHEST || high < LOWEST)
    .map(({ pair }) => pair);
}

describe('the time of a neutral answer (IDNrG § 6 Abs. 5)', () => {
  it('does not tell whether it was none, several, blocked or no record', async () => {
    const kinds = [...NEUTRAL.keys()];
    const found = toldApart(await taken(familienkasse, kinds));
    // Work that takes longer than the slot tells, too: a disturbed machine gets a second chance.
    if (found.length > 0) expect(toldApart(await taken(familienkasse, kinds))).toEqual([]);
  }, 180_000);

  describe('where a node leaks it', () => {
    let folder: string;
    let mutant: MutatedBuild;
    let node: SecondNode;
    let asking: Consumer;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'einmal-leak-'));
      mutant = await mutatedBuild([LEAK]);
      node = await secondNode(folder, { dist: join(mutant.folder, 'dist') });
      const { profile, keys } = familienkasse;
      const there = { ...profile.node, grpc: node.grpc, issuer: node.issuer };
      asking = new Consumer({ ...profile, node: there }, keys);
    }, 60_000);
    afterAll(async () => {
      asking?.close();
      await node?.stop();
      await mutant?.remove();
      await rm(folder, { recursive: true });
    });

    it('tells, and these samples find it: a register was asked or not', async () => {
      const kinds = ['none', 'no record'];
      const all = new Map<string, readonly number[]>();
      for (let round = 0; round < PATIENCE; round += 1) {
        for (const [kind, times] of await taken(asking, kinds)) all.set(kind, [...(all.get(kind) ?? []), ...times]);
        if (toldApart(all).length > 0) return;
      }
      // Says by how much it failed.
      expect(separations(all, Z)).toEqual([{ pair: 'none / no record', low: expect.any(Number) }]);
    }, 300_000);
  });
});
