import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cosignatureTime, cosignatureVerifier } from '#libs/tlog/cosignature.js';
import { ed25519Verifier, openNote, parseNote } from '#libs/tlog/signed-note.js';
import { formatAddCheckpoint, originHash, parseAddCheckpoint } from '#libs/tlog/witness-request.js';
import { parseForkEvidence, showsFork } from '../../src/tokens/fork-evidence.js';
import { WitnessDesk } from '../../src/witness-desk/witness-desk.js';
import type { Seen } from '../../src/witness-desk/witness-memory.js';
import { FixedClock } from '../audit/log-keys.js';
import { cosigner, signer } from '../libs/tlog/keys.js';
import { SilentLog } from '../support/silent-log.js';
import { history, log, SIZE } from './histories.js';
import { MemoryWitnessMemory } from './memory-witness-memory.js';

const HASH = originHash(log.name);
const key = ed25519Verifier(log.vkey);
const witness = cosigner(2);
const honest = history();
/** Shares four leaves with the honest one. */
const other = history(4);

let memory: MemoryWitnessMemory;
let desk: WitnessDesk;
let operational: SilentLog;
const clock = new FixedClock();
const open = (on = memory) => new WitnessDesk(witness, [key], on, clock, operational);
beforeEach(() => {
  operational = new SilentLog();
  memory = new MemoryWitnessMemory();
  desk = open();
});

const submit = async (oldSize: number, newSize: number, from = honest) =>
  desk.addCheckpoint(await from.request(oldSize, newSize), 'node');

describe('a witness (C2SP tlog-witness, add-checkpoint)', () => {
  it('cosigns the first checkpoint and each that extends it, with the time of the cosignature', async () => {
    for (const [oldSize, newSize] of [
      [0, 5],
      [5, 40],
      [40, 40],
      [40, SIZE],
    ] as const) {
      clock.ms += 1000;
      const { status, body } = await submit(oldSize, newSize);
      expect(status).toBe(200);
      const cosigned = openNote(honest.checkpoint(newSize) + body, [cosignatureVerifier(witness.vkey)]);
      expect(cosignatureTime(cosigned.signatures[0]!.signature)).toBe(Math.floor(clock.ms / 1000));
    }
  });

  it('cosigns with another key from then on, and only what extends what it cosigned with the one before', async () => {
    const next = cosigner(5);
    await submit(0, 40);
    desk.rotate(next);
    expect(await submit(0, 50)).toEqual({ status: 409, body: '40\n', isSize: true });
    const { status, body } = await submit(40, SIZE);
    expect(status).toBe(200);
    expect(openNote(honest.checkpoint(SIZE) + body, [cosignatureVerifier(next.vkey)]).signatures).toHaveLength(1);
  });

  it('shows what it last cosigned, with the signatures of the log and its own alone', async () => {
    expect(await desk.latest(HASH)).toBeUndefined();
    const { oldSize, proof, checkpoint } = parseAddCheckpoint(await honest.request(0, 5));
    const foreign = parseNote(honest.checkpoint(5, signer(9, 'stranger.example'))).signatures[0];
    expect(foreign).toBeDefined();
    const crowded = `${checkpoint}${honest.checkpoint(5, signer(9, 'stranger.example')).split('\n\n')[1]}`;
    const { body } = await desk.addCheckpoint(formatAddCheckpoint({ oldSize, proof, checkpoint: crowded }), 'node');
    expect(await desk.latest(HASH)).toBe(honest.checkpoint(5) + body);
    expect(await desk.latest(originHash('log.example/unknown'))).toBeUndefined();
  });

  it('answers 409 with its own size to another old size, also to one that is behind', async () => {
    await submit(0, 40);
    expect(await submit(0, 50)).toEqual({ status: 409, body: '40\n', isSize: true });
    expect(await submit(10, 50)).toEqual({ status: 409, body: '40\n', isSize: true });
    expect(await submit(0, 30)).toEqual({ status: 409, body: '40\n', isSize: true });
    expect(memory.refused).toEqual([]);
  });

  it('answers 404 to a log that its catalogue does not name, 403 to another key, 400 to what is no request', async () => {
    const body = await honest.request(0, 5);
    expect((await desk.addCheckpoint(body.replaceAll(log.name, 'log.example/unknown'), 'node')).status).toBe(404);
    const forged = formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint: honest.checkpoint(5, signer(7)) });
    expect((await desk.addCheckpoint(forged, 'node')).status).toBe(403);
    for (const text of ['', 'old 0\n\n', 'old x\n\nlog', body.slice(0, -20)])
      expect((await desk.addCheckpoint(text, 'node')).status).toBe(400);
    expect(await desk.latest(HASH)).toBeUndefined();
  });

  it('survives any flipped bit of a request, and cosigns none that is not the log’s', async () => {
    await submit(0, 13);
    const bytes = Buffer.from(await honest.request(13, 40));
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: bytes.length * 8 - 1 }), async (bit) => {
        const flipped = Buffer.from(bytes);
        flipped[bit >> 3] = flipped[bit >> 3]! ^ (1 << (bit & 7));
        const { status } = await open().addCheckpoint(flipped.toString(), 'node');
        expect([400, 403, 404, 409, 422]).toContain(status);
      }),
    );
    expect(await desk.latest(HASH)).toContain(honest.checkpoint(13));
  });
});

describe('a log with two histories', () => {
  it.each([
    ['two roots of one size', 40, 40, 40],
    ['a history that does not extend what was seen', 40, 40, SIZE],
    ['two roots of one size, with another old size', 40, 13, 40],
  ])('is noticed by %s, cosigned no more, and both histories are shown', async (_, seen, oldSize, newSize) => {
    await submit(0, seen);
    const before = await desk.latest(HASH);
    expect((await submit(oldSize, newSize, other)).status).toBe(newSize === seen ? 409 : 422);
    const evidence = parseForkEvidence((await desk.fork(HASH)) ?? '');
    expect(evidence && showsFork(evidence, key)).toBe(true);
    expect(operational.lines).toEqual([expect.stringContaining('a log signed two histories')]);
    // For good: also for a replica, and for the history that it had seen first.
    desk = open();
    expect(await submit(seen, SIZE)).toEqual({ status: 403, body: 'the log signed two histories\n' });
    expect(await submit(seen, SIZE, other)).toMatchObject({ status: 403 });
    expect(await desk.latest(HASH)).toBe(before);
  });

  it('cannot be shown by a proof that leaves the old tree out: both checkpoints are kept, and the log goes on', async () => {
    await submit(0, 32);
    expect((await submit(32, SIZE, other)).status).toBe(422);
    expect((await submit(32, SIZE, other)).status).toBe(422);
    expect(memory.refused).toEqual([
      expect.objectContaining({ size: SIZE, seenNote: expect.stringContaining(honest.checkpoint(32)) }),
    ]);
    expect(await desk.fork(HASH)).toBeUndefined();
    expect((await submit(32, 40)).status).toBe(200);
  });

  it('is not one because somebody sends a wrong proof with a true checkpoint', async () => {
    await submit(0, 13);
    const { checkpoint } = parseAddCheckpoint(await honest.request(13, 40));
    for (const proof of [[], [Buffer.alloc(32)], Array.from({ length: 4 }, (_, i) => Buffer.alloc(32, i))])
      expect((await desk.addCheckpoint(formatAddCheckpoint({ oldSize: 13, proof, checkpoint }), 'node')).status).toBe(
        422,
      );
    expect(await desk.fork(HASH)).toBeUndefined();
    expect((await submit(13, 40)).status).toBe(200);
  });
});

describe('what a participant brings that does not extend the log', () => {
  it('is kept without what it added to it, is said once, and takes no room from others', async () => {
    await submit(0, 13);
    const proof = [Buffer.alloc(32)];
    const stranger = honest.checkpoint(40, signer(9, 'stranger.example')).split('\n\n')[1];
    const send = (size: number, by: string) =>
      desk.addCheckpoint(
        formatAddCheckpoint({ oldSize: 13, proof, checkpoint: `${honest.checkpoint(size)}${stranger}` }),
        by,
      );
    for (let size = 20; size < 40; size++) {
      expect((await send(size, 'node')).status).toBe(422);
      expect((await send(size, 'node')).status).toBe(422);
    }
    await send(20, 'another');
    expect(memory.refused.map(({ by }) => by)).toEqual([...Array.from({ length: 10 }, () => 'node'), 'another']);
    expect(operational.lines).toHaveLength(11);
    const [first] = memory.refused;
    expect(first?.request).toBe(formatAddCheckpoint({ oldSize: 13, proof, checkpoint: honest.checkpoint(20) }));
  });
});

describe('two replicas of a witness', () => {
  it('cosign of two histories that race for one place at most one', async () => {
    for (const race of [0, 1]) {
      memory = new MemoryWitnessMemory();
      const desks = [open(), open()];
      const [a, b] = await Promise.all([
        desks[race]!.addCheckpoint(await honest.request(0, 40), 'node'),
        desks[1 - race]!.addCheckpoint(await other.request(0, 40), 'node'),
      ]);
      expect([a!.status, b!.status].toSorted()).toEqual([200, 409]);
    }
  });

  it('answers 409 with the size of the one that was faster', async () => {
    const faster = open();
    class Slow extends MemoryWitnessMemory {
      override async advance(origin: string, before: Seen | undefined, next: Seen): Promise<boolean> {
        if (next.size === 5) await faster.addCheckpoint(await honest.request(0, 40), 'node');
        return memory.advance(origin, before, next);
      }
      override recall(origin: string) {
        return memory.recall(origin);
      }
    }
    desk = open(new Slow());
    expect(await submit(0, 5)).toEqual({ status: 409, body: '40\n', isSize: true });
  });
});
