import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { separations } from '../../bench/identity/classifier.js';
import { entryTimes } from '../../bench/identity/entry-times.js';
import { interleaved, NEUTRAL, sampled } from '../../bench/identity/neutral-answers.js';
import type { Applicant } from '../../src/client/applicant.js';
import { cast } from '../../src/demo/people/cast.js';
import { Consumer, consumer, retrieval } from '../support/e2e-consumer.js';
import { queryNode } from '../support/e2e-log.js';
import { byAddress, mother, newborn } from '../support/e2e-people.js';
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
/** Outcomes are written when they are known: some milliseconds later where a register was asked. */
const LEAKING_ENTRIES = {
  below: 'src/exchange',
  from: 'await this.next(arrivedAt + this.slotMs * (1 - WRITING), this.slotMs, latest);',
  to: '',
};
/** And the answer follows its entries: it is late by ten times what the work took, so that a busy machine does not hide it. */
const LEAKING_ANSWER = {
  below: 'src/exchange',
  from: 'await this.next(arrivedAt + this.slotMs, this.slotMs * WRITING);',
  to: 'await sleep(this.slotMs + Math.min(4000, 10 * (this.clock.now() - arrivedAt)));',
};

const nobody = { ...cast.none, address: { town: cast.none.town, postcode: cast.none.postcode } };

let familienkasse: Consumer;
beforeAll(async () => {
  familienkasse = await consumer('familienkasse-online');
});
afterAll(() => familienkasse.close());

/** Milliseconds by kind. */
type Samples = ReadonlyMap<string, readonly number[]>;
/** By what took them: the answer, and each step that its entries show. */
type Taken = ReadonlyMap<string, Samples>;
type Who = Readonly<{ applicants: readonly Applicant[]; evidence: readonly string[] }>;

const ONESELF = new Map<string, Who>(
  [...NEUTRAL].map(([kind, parent]) => [kind, { applicants: [parent], evidence: ['meldedaten'] }]),
);
/** Of the first the second person need not be looked up any more. */
const CHILD = new Map<string, Who>(
  (
    [
      ['no parent', [byAddress('parent', nobody), newborn]],
      ['no child', [mother, byAddress('child', nobody)]],
      ['child of others', [byAddress('parent', cast.widow), newborn]],
    ] as const
  ).map(([kind, applicants]) => [kind, { applicants, evidence: ['geburt'] }]),
);

/** What a consumer can measure of its neutral answers. */
async function taken(asking: Consumer, whom: ReadonlyMap<string, Who>): Promise<Taken> {
  const asked = new Map([...whom.keys()].map((kind): [string, string[]] => [kind, []]));
  const answers = await sampled(interleaved([...whom.keys()], SAMPLES), AT_ONCE, async (kind) => {
    const { applicants, evidence } = whom.get(kind) ?? { applicants: [], evidence: [] };
    const decisions = await asking.decideAndGrant({ service: 'kindergeld', applicants, evidence });
    asked.get(kind)?.push(...decisions.slice(0, 1).map(({ trigger_id }) => trigger_id));
    const request = retrieval(decisions, applicants);
    const began = performance.now();
    let took = 0;
    const answer = asking.retrieve(request).finally(() => {
      took = performance.now() - began;
    });
    await expectRefusal(answer, { reason: 'SUBJECT_NOT_AVAILABLE' });
    return took;
  });
  return new Map([['answer', answers], ...(await entryTimes(queryNode, asked))]);
}

/** Pairs of reasons that some time tells apart, as a certain finding; in a pair by name, whichever was answered first. */
function toldApart(all: Taken): readonly string[] {
  return [...all].flatMap(([what, samples]) =>
    separations(samples, Z)
      .filter(({ low, high }) => low > HIGHEST || high < LOWEST)
      .map(({ pair }) => `${what}: ${pair.split(' / ').toSorted().join(' / ')}`),
  );
}

function together(some: Taken, more: Taken): Taken {
  const names = [...new Set([...some.keys(), ...more.keys()])];
  return new Map(
    names.map((name) => {
      const [one, other] = [some.get(name) ?? new Map(), more.get(name) ?? new Map()];
      const kinds = [...new Set([...one.keys(), ...other.keys()])];
      return [name, new Map(kinds.map((kind) => [kind, [...(one.get(kind) ?? []), ...(other.get(kind) ?? [])]]))];
    }),
  );
}

describe('the time of a neutral answer, and of the entries about it (IDNrG § 6 Abs. 5)', () => {
  it.each([
    ['none, several, blocked or no record', ONESELF],
    ['the first or the second of two persons who was not there, or their relation', CHILD],
  ])(
    'does not tell whether it was %s',
    async (_what, whom) => {
      const found = toldApart(await taken(familienkasse, whom));
      // Work that takes longer than the slot tells, too: a disturbed machine gets a second chance.
      if (found.length > 0) expect(toldApart(await taken(familienkasse, whom))).toEqual([]);
    },
    180_000,
  );

  describe.each([
    ['by the answer', [LEAKING_ENTRIES, LEAKING_ANSWER], 'answer: no record / none'],
    ['by its entries', [LEAKING_ENTRIES], '3: retrieval.opened to retrieval.closed: no record / none'],
  ])('where a node leaks it %s', (_how, patches, finding) => {
    let folder: string;
    let mutant: MutatedBuild;
    let node: SecondNode;
    let asking: Consumer;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'einmal-leak-'));
      mutant = await mutatedBuild(patches);
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
      const whom = new Map([...ONESELF].filter(([kind]) => kind === 'none' || kind === 'no record'));
      let all: Taken = new Map();
      for (let round = 0; round < PATIENCE; round += 1) {
        all = together(all, await taken(asking, whom));
        if (toldApart(all).includes(finding)) return;
      }
      // Says by how much it failed.
      expect([...all].map(([what, samples]) => [what, separations(samples, Z)])).toEqual(finding);
    }, 300_000);
  });
});
