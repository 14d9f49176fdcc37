import { describe, expect, it } from '@jest/globals';
import { signCheckpoint } from '#libs/tlog/checkpoint.js';
import { cosign, cosignatureVerifier } from '#libs/tlog/cosignature.js';
import { openByPolicy, parsePolicy } from '#libs/tlog/policy.js';
import { PolicyFault } from '#libs/tlog/policy-fault.js';
import { formatSignature, parseNote } from '#libs/tlog/signed-note.js';
import { parseVerifierKey } from '#libs/tlog/verifier-key.js';
import { majorityOf, trustPolicy } from '../../src/witnesses/trust-policy.js';
import { WitnessedCheckpoints } from '../../src/witnesses/witnessed-checkpoints.js';
import { forger, logSigner, logVerifier } from '../audit/log-keys.js';
import { cosigner } from '../libs/tlog/keys.js';
import { MemoryCosignatureStore } from './memory-stores.js';

const note = (size: number, by = logSigner) =>
  signCheckpoint({ origin: by.name, size, root: Buffer.alloc(32, size) }, [by]);
const line = (size: number, seed: number, by = logSigner) => cosign(note(size, by), cosigner(seed), 1_795_000_000);
const named = (...seeds: number[]) =>
  seeds.map((seed) => ({ participant: `w${seed}`, keys: [cosignatureVerifier(cosigner(seed).vkey)] }));

async function kept(...cosigned: readonly (readonly [size: number, seed: number, lines?: string, note?: string])[]) {
  const store = new MemoryCosignatureStore();
  for (const [size, seed, lines, other] of cosigned)
    await store.keep({ witness: `w${seed}`, size, note: other ?? note(size), lines: lines ?? line(size, seed) });
  return new WitnessedCheckpoints(store, named(1, 2, 3), logVerifier);
}

describe('the witnessed checkpoint', () => {
  it('is the largest that a majority cosigned, with their cosignatures', async () => {
    const witnessed = await kept([9, 1], [7, 1], [7, 3], [5, 1], [5, 2], [5, 3]);
    expect(await witnessed.newest()).toEqual({ size: 7, note: note(7) + line(7, 1) + line(7, 3) });
  });

  it('is none without a majority, or without a witness', async () => {
    expect(await (await kept([9, 1], [7, 2], [5, 3])).newest()).toBeUndefined();
    const store = new MemoryCosignatureStore();
    expect(await new WitnessedCheckpoints(store, [], logVerifier).newest()).toBeUndefined();
  });

  it('tells of any checkpoint who cosigned it and when, by verified signatures alone (C2SP tlog-cosignature)', async () => {
    const witnessed = await kept([9, 1], [9, 2, line(8, 2)], [9, 3], [7, 2]);
    const at = 1_795_000_000_000;
    expect(await witnessed.signedBy(note(9))).toEqual([
      { witness: 'w1', atMs: at },
      { witness: 'w3', atMs: at },
    ]);
    expect(await witnessed.signedBy(note(8))).toEqual([]);
  });

  it('counts no cosignature over a longer text (C2SP tlog-witness, add-checkpoint)', async () => {
    const witness = cosigner(2);
    const { name, keyId } = parseVerifierKey(witness.vkey);
    const longer = `${parseNote(note(9)).text}\nx\n`;
    const lines = `x\n\n${formatSignature({ name, keyId, signature: witness.sign(longer, 1_795_000_000) })}`;
    const witnessed = await kept([9, 1], [9, 2, lines], [7, 1], [7, 3]);
    expect((await witnessed.newest())?.size).toBe(7);
    expect(await witnessed.withCosignatures(note(9))).toBe(note(9) + line(9, 1));
  });

  it('counts nothing that somebody wrote into the database', async () => {
    const forged = await kept(
      [9, 1, line(9, 4)],
      [9, 2, line(8, 2)],
      [9, 3, 'not a line\n'],
      [8, 1, line(8, 1, forger), note(8, forger)],
      [8, 2, line(8, 2, forger), note(8, forger)],
      [8, 3, line(8, 3, forger), note(8, forger)],
      [7, 1, line(7, 1), 'no note'],
      [7, 4],
      [6, 1],
      [6, 2],
    );
    expect((await forged.newest())?.size).toBe(6);
  });
});

describe('a checkpoint', () => {
  it('carries the cosignatures over it, and those alone', async () => {
    const witnessed = await kept([9, 1], [7, 2], [9, 4]);
    expect(await witnessed.withCosignatures(note(9))).toBe(note(9) + line(9, 1));
    expect(await witnessed.withCosignatures(note(8))).toBe(note(8));
  });
});

describe('the trust policy', () => {
  const vkeys = (...seeds: number[]) => seeds.map((seed) => cosigner(seed).vkey);

  it.each([
    [0, 0],
    [1, 1],
    [2, 2],
    [3, 2],
    [4, 3],
    [5, 3],
  ])('asks of %i witnesses for %i: two majorities have one in common', (witnesses, majority) => {
    expect(majorityOf(witnesses)).toBe(majority);
  });

  it('accepts what the node publishes as witnessed (C2SP tlog-policy)', async () => {
    const witnesses = [1, 2, 3].map((seed) => ({ participant: `w${seed}`, vkeys: vkeys(seed) }));
    const policy = parsePolicy(trustPolicy(logSigner.vkey, witnesses));
    const newest = await (await kept([7, 1], [7, 3])).newest();
    expect(openByPolicy(newest!.note, policy).cosigned.map((it) => it.witness)).toEqual(['w1', 'w3']);
    expect(() => openByPolicy(note(7) + line(7, 2), policy)).toThrow(PolicyFault);
  });

  it('counts a witness once while one of its keys replaces another', () => {
    const witnesses = [
      { participant: 'a', vkeys: vkeys(1, 2) },
      { participant: 'b', vkeys: vkeys(3) },
      { participant: 'c', vkeys: vkeys(4) },
    ];
    const policy = parsePolicy(trustPolicy(logSigner.vkey, witnesses));
    expect(() => openByPolicy(note(7) + line(7, 1) + line(7, 2), policy)).toThrow(PolicyFault);
    for (const seed of [1, 2])
      expect(openByPolicy(note(7) + line(7, seed) + line(7, 3), policy).cosigned).toHaveLength(2);
  });

  it('asks for nobody where nobody is named', () => {
    const policy = parsePolicy(trustPolicy(logSigner.vkey, []));
    expect(openByPolicy(note(7), policy).checkpoint.size).toBe(7);
  });
});
