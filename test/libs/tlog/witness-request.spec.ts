import { describe, expect, it } from '@jest/globals';
import { consistencyProof } from '#libs/merkle/proof.js';
import { signCheckpoint } from '#libs/tlog/checkpoint.js';
import { ed25519Verifier } from '#libs/tlog/signed-note.js';
import {
  formatAddCheckpoint,
  judgeAddCheckpoint,
  parseAddCheckpoint,
  witnessedPath,
} from '#libs/tlog/witness-request.js';
import { naiveRoot } from '../merkle/naive-tree.js';
import { grow } from '../merkle/tree.js';
import { signer } from './keys.js';

const log = signer(1);
const { leaves, readNodes } = grow(40);
const rootAt = (size: number) => naiveRoot(leaves.slice(0, size));
const checkpointAt = (size: number, root = rootAt(size)) => signCheckpoint({ origin: log.name, size, root }, [log]);
const request = async (oldSize: number, newSize: number) => ({
  oldSize,
  proof: await consistencyProof(oldSize, newSize, readNodes),
  checkpoint: checkpointAt(newSize),
});
const judge = (it: Parameters<typeof judgeAddCheckpoint>[0], seen?: number, known = [ed25519Verifier(log.vkey)]) =>
  judgeAddCheckpoint(it, known, () => (seen === undefined ? undefined : { size: seen, root: rootAt(seen) }));

describe('requests to a witness (C2SP tlog-witness, add-checkpoint)', () => {
  it('reads back the request that it writes', async () => {
    const some = await request(13, 40);
    const body = formatAddCheckpoint(some);
    expect(body.startsWith('old 13\n')).toBe(true);
    expect(parseAddCheckpoint(body)).toEqual(some);
    const first = { oldSize: 0, proof: [], checkpoint: checkpointAt(40) };
    expect(parseAddCheckpoint(formatAddCheckpoint(first))).toEqual(first);
  });

  it('names a log by the hash of its origin', () => {
    // printf %s log.example/test | sha256sum
    expect(witnessedPath('log.example/test')).toBe(
      '532213b32bedae37190eb28363b6649263a853635665635438635cced0bf4be0/checkpoint',
    );
  });

  it.each([
    ['no old size', '\n\nx'],
    ['a leading zero', 'old 01\n\nx'],
    ['no empty line', 'old 1\n'],
    ['64 lines of proof', `old 1\n${`${Buffer.alloc(32).toString('base64')}\n`.repeat(64)}\nx`],
    ['a hash that is too short', `old 1\n${Buffer.alloc(31).toString('base64')}\n\nx`],
  ])('refuses a request with %s', (_, body) => {
    expect(() => parseAddCheckpoint(body)).toThrow(expect.objectContaining({ code: 'MALFORMED_REQUEST' }));
    expect(() => parseAddCheckpoint('x'.repeat(1_000_001))).toThrow(expect.objectContaining({ code: 'TOO_LARGE' }));
  });

  it('cosigns the first checkpoint, a larger one and the same one again', async () => {
    expect(judge(await request(0, 13))).toMatchObject({ status: 200, checkpoint: { size: 13 } });
    expect(judge(await request(13, 40), 13)).toMatchObject({ status: 200, checkpoint: { size: 40 } });
    expect(judge(await request(40, 40), 40)).toMatchObject({ status: 200 });
  });

  it('answers 409 and its own size where the log is behind or another root is claimed', async () => {
    expect(judge(await request(13, 40), 20)).toMatchObject({ status: 409, size: 20 });
    expect(judge(await request(0, 40), 20)).toMatchObject({ status: 409, size: 20 });
    const fork = { oldSize: 20, proof: [], checkpoint: checkpointAt(20, rootAt(19)) };
    expect(judge(fork, 20)).toMatchObject({ status: 409, size: 20 });
  });

  it('answers 422 to a proof that does not hold, and never cosigns a fork', async () => {
    const good = await request(13, 40);
    expect(judge({ ...good, proof: good.proof.slice(1) }, 13)).toMatchObject({ status: 422 });
    expect(judge({ ...good, checkpoint: checkpointAt(40, rootAt(39)) }, 13)).toMatchObject({ status: 422 });
    expect(judge({ ...(await request(0, 13)), proof: [rootAt(1)] })).toMatchObject({ status: 422 });
  });

  it('answers 404 to an unknown log, 403 to another key, 400 to no checkpoint and to a smaller one', async () => {
    const good = await request(0, 13);
    const [stranger, sameName] = [ed25519Verifier(signer(2, 'other.example').vkey), ed25519Verifier(signer(2).vkey)];
    expect(judge(good, undefined, [stranger])).toMatchObject({ status: 404 });
    expect(judge(good, undefined, [sameName])).toMatchObject({ status: 403 });
    expect(judge({ ...good, checkpoint: 'x' })).toMatchObject({ status: 400 });
    expect(judge({ oldSize: 20, proof: [], checkpoint: checkpointAt(13) }, 20)).toMatchObject({ status: 400 });
  });
});
