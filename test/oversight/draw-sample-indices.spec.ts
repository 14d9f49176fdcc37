import { describe, expect, it } from '@jest/globals';
import { signCheckpoint } from '#libs/tlog/checkpoint.js';
import { cosign } from '#libs/tlog/cosignature.js';
import { drawnIndices, sampleSeed } from '../../src/oversight/draw-sample-indices.js';
import { logSigner } from '../audit/log-keys.js';
import { cosigner } from '../libs/tlog/keys.js';

const note = signCheckpoint({ origin: logSigner.name, size: 40, root: Buffer.alloc(32, 4) }, [logSigner]);
const line = (seed: number, at = 1_795_000_000) => cosign(note, cosigner(seed), at);
const nonce = Buffer.alloc(32, 7);
const seedOf = (checkpoint: string, by = nonce) => sampleSeed({ nonce: by, checkpoint }).toString('hex');
const drawn = (first: number, end: number, count = end - first) => {
  const all: number[] = [];
  for (const index of drawnIndices(Buffer.alloc(32, 1), first, end)) {
    all.push(index);
    if (all.length === count) break;
  }
  return all;
};

describe('the draw of a sample (IDNrG § 8)', () => {
  it('rests on the nonce of the officer and on what the witnesses signed', () => {
    const seed = seedOf(note + line(1) + line(2));
    expect(seedOf(note + line(1) + line(2), Buffer.alloc(32, 8))).not.toBe(seed);
    expect(seedOf(note + line(1) + line(2, 1_795_000_001))).not.toBe(seed);
    expect(seedOf(note + line(1))).not.toBe(seed);
  });

  it('does not rest on the order of the witnesses, nor on a signature that the operator makes', () => {
    const again = note.replace(/\n$/, '\n') + line(2) + line(1);
    expect(seedOf(again)).toBe(seedOf(note + line(1) + line(2)));
    const signature = note.split('\n').find((it) => it.startsWith('—')) ?? '';
    const resigned = note.replace(signature, `${signature.slice(0, -4)}AAA=`);
    expect(seedOf(resigned + line(1) + line(2))).toBe(seedOf(note + line(1) + line(2)));
  });

  it('gives each entry of the population once and no other', () => {
    expect(drawn(10, 40).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => 10 + i));
    expect(drawn(10, 11)).toEqual([10]);
  });

  it('gives the same to everybody who draws again, by whatever program', () => {
    expect(drawn(0, 10_000_000, 4)).toEqual(drawn(0, 10_000_000, 4));
    expect(drawn(0, 10_000_000, 4)).toEqual([1_960_478, 1_797_990, 7_471_013, 9_158_821]);
  });

  it('favours no part of the population', () => {
    const tenths = drawn(0, 1000, 500).map((index) => Math.floor(index / 100));
    const counts = Array.from({ length: 10 }, (_, i) => tenths.filter((it) => it === i).length);
    expect(Math.min(...counts)).toBeGreaterThan(30);
    expect(Math.max(...counts)).toBeLessThan(70);
  });
});
