import { beforeEach, expect, it } from '@jest/globals';
import { ed25519Verifier, type NoteSigner, openNote } from '#libs/tlog/signed-note.js';
import { parseAddCheckpoint } from '#libs/tlog/witness-request.js';
import { showsFork } from '../../src/tokens/fork-evidence.js';
import { type Witness, WitnessUnreachable } from '../../src/witnesses/witness.js';
import { history } from '../witness-desk/histories.js';

type Created = Readonly<{
  witness: Witness;
  /** A log that the witness knows and has never seen. */
  log: NoteSigner;
  /** Ends it. */
  stop(): Promise<void>;
}>;

/** The sentences of the doc comment of Witness; `stranger` is a log that it does not know. */
export function witnessContract(stranger: NoteSigner, create: () => Promise<Created>): void {
  let witness: Witness;
  let log: NoteSigner;
  let stop: () => Promise<void>;
  beforeEach(async () => {
    ({ witness, log, stop } = await create());
  });

  const add = async (oldSize: number, newSize: number, { forkedAt = 70, by = log } = {}) =>
    witness.add(parseAddCheckpoint(await history(forkedAt, by).request(oldSize, newSize)));

  it('gives the cosignature lines, which the keys of the witness verify (C2SP tlog-cosignature)', async () => {
    const answer = await add(0, 5);
    if (answer.kind !== 'cosigned') throw new Error(answer.kind);
    expect(openNote(history(70, log).checkpoint(5) + answer.lines, witness.keys).signatures).toHaveLength(1);
    expect(await add(5, 40)).toMatchObject({ kind: 'cosigned' });
  });

  it('tells where the witness is', async () => {
    await add(0, 13);
    expect(await add(0, 40)).toEqual({ kind: 'elsewhere', size: 13 });
  });

  it('tells another history from a log that is not known and from a key that is not', async () => {
    await add(0, 13);
    expect(await add(13, 40, { forkedAt: 4 })).toEqual({ kind: 'contradicted' });
    expect(await add(0, 5, { by: stranger })).toEqual({ kind: 'unusable' });
    const request = parseAddCheckpoint(await history(70, log).request(13, 40));
    const checkpoint = history(70, log).checkpoint(40, stranger);
    expect(await witness.add({ ...request, checkpoint })).toEqual({ kind: 'distrusted' });
  });

  it('shows what was last cosigned', async () => {
    expect(await witness.latest(log.name)).toBeUndefined();
    await add(0, 13);
    expect(await witness.latest(log.name)).toContain(history(70, log).checkpoint(13));
    expect(await witness.latest(stranger.name)).toBeUndefined();
  });

  it('shows two histories of one log, and distrusts it', async () => {
    expect(await witness.fork(log.name)).toBeUndefined();
    await add(0, 13);
    await add(13, 40, { forkedAt: 4 });
    const fork = await witness.fork(log.name);
    expect(fork && showsFork(fork, ed25519Verifier(log.vkey))).toBe(true);
    expect(await add(13, 40)).toEqual({ kind: 'distrusted' });
  });

  it('says so where nobody answers', async () => {
    await stop();
    await expect(add(0, 5)).rejects.toThrow(WitnessUnreachable);
    await expect(witness.latest(log.name)).rejects.toThrow(WitnessUnreachable);
    await expect(witness.fork(log.name)).rejects.toThrow(WitnessUnreachable);
  });
}
