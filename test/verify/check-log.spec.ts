import { describe, expect, it } from '@jest/globals';
import { signCheckpoint } from '#libs/tlog/checkpoint.js';
import { cosign } from '#libs/tlog/cosignature.js';
import { parsePolicy } from '#libs/tlog/policy.js';
import { checkLog } from '../../src/verify/check-log.js';
import type { LogTrust } from '../../src/verify/log-trust.js';
import { cosigner, signer } from '../libs/tlog/keys.js';
import { damaged, flipped, type ServedLog, serve, syntheticEntries } from '../libs/tlog/served-log.js';
import { leaves, log, servedLog } from './log-directory.js';

const honest = servedLog(600);
const trust: LogTrust = { vkey: log.vkey };
const noteOf = ({ files }: ServedLog) => files.get('checkpoint')!.toString();
const checked = (served: ServedLog, more: object = {}) => checkLog({ source: served.fetchResource, trust, ...more });

describe('verification of a whole log (C2SP tlog-tiles)', () => {
  it('holds for an honest log, and tells its size, its root and its progress', async () => {
    const progress: number[] = [];
    const found = await checked(honest, { onProgress: (done: number, size: number) => progress.push(done, size) });
    expect(found).toMatchObject({
      verdict: 'holds',
      subject: { origin: log.name, size: 600, root: honest.root.toString('base64') },
      checkpoint: noteOf(honest),
    });
    expect(progress).toEqual([256, 600, 512, 600, 600, 600]);
  });

  it('does not hold for a changed leaf or tile, and names it', async () => {
    const path = 'tile/entries/001';
    expect(await checked(damaged(honest, path, (bytes) => flipped(bytes, 8 * (35 * 4 + 5))))).toMatchObject({
      verdict: 'does_not_hold',
      checks: [{ state: 'holds' }, { state: 'fails', path, leaf: 260, byte: 35 * 4 + 2 }],
    });
    const tile = damaged(honest, 'tile/1/000.p/2', (bytes) => flipped(bytes, 8 * 32));
    expect((await checked(tile)).checks[1]).toMatchObject({
      state: 'fails',
      path: 'tile/1/000.p/2',
      leaf: 256,
      byte: 32,
    });
  });

  it('does not hold for leaves that are anything else than commitments (IDNrG § 9 Abs. 3)', async () => {
    const talkative = serve([...leaves(3), ...syntheticEntries(1)]);
    const checkpoint = signCheckpoint({ origin: log.name, size: 4, root: talkative.root }, [log]);
    talkative.files.set('checkpoint', Buffer.from(checkpoint));
    expect(await checked(talkative)).toMatchObject({ verdict: 'does_not_hold', checks: [{}, { leaf: 3 }] });
  });

  it('cannot tell without checkpoint, without a file of the tree, without a key, or with a key that is none', async () => {
    for (const served of [
      damaged(honest, 'checkpoint', () => undefined),
      damaged(honest, 'tile/entries/002.p/88', () => undefined),
      damaged(honest, 'tile/1/000.p/2', () => undefined),
    ])
      expect((await checked(served)).verdict).toBe('cannot_tell');
    for (const unusable of [
      {},
      { policy: parsePolicy('quorum none\n') },
      { vkey: 'nonsense' },
      { vkey: cosigner(1).vkey },
    ])
      expect((await checked(honest, { trust: unusable })).verdict).toBe('cannot_tell');
  });

  it('does not hold when another key signed, another log is named, or the note is broken', async () => {
    const notes = [
      signCheckpoint({ origin: log.name, size: 600, root: honest.root }, [signer(2, log.name)]),
      signCheckpoint({ origin: 'other.example', size: 600, root: honest.root }, [log]),
      noteOf(honest).replace('600', '601'),
      'nonsense',
      '',
    ];
    for (const note of notes) {
      const served = damaged(honest, 'checkpoint', () => Buffer.from(note));
      expect((await checked(served)).verdict).toBe('does_not_hold');
    }
  });

  it('asks for the witnesses of a policy (C2SP tlog-policy)', async () => {
    const policy = parsePolicy(
      `log ${log.vkey}\nwitness A ${cosigner(7).vkey}\nwitness B ${cosigner(8).vkey}\ngroup both all A B\nquorum both\n`,
    );
    const cosigned = (...seeds: number[]) =>
      damaged(honest, 'checkpoint', (bytes) =>
        Buffer.from(seeds.reduce((note, seed) => note + cosign(note, cosigner(seed), 1_795_000_000), bytes.toString())),
      );
    expect(await checked(cosigned(7, 8), { trust: { policy } })).toMatchObject({
      verdict: 'holds',
      checks: [{}, { state: 'holds', detail: expect.stringContaining('B at 2026-') }, {}],
    });
    for (const served of [honest, cosigned(7), cosigned(7, 9)])
      expect((await checked(served, { trust: { policy } })).verdict).toBe('does_not_hold');
  });

  it('holds a checkpoint that was kept against the log of today (RFC 6962 § 2.1.2)', async () => {
    for (const size of [0, 1, 255, 256, 300, 600]) {
      const oldCheckpoint = noteOf(servedLog(size));
      expect(await checked(honest, { oldCheckpoint })).toMatchObject({
        verdict: 'holds',
        checks: [{}, {}, { state: 'holds' }],
      });
    }
  });

  it('does not hold for a log that forked or went back', async () => {
    const fork = signCheckpoint({ origin: log.name, size: 300, root: honest.root }, [log]);
    expect(await checked(honest, { oldCheckpoint: fork })).toMatchObject({ verdict: 'does_not_hold' });
    const sameSize = signCheckpoint({ origin: log.name, size: 600, root: servedLog(599).root }, [log]);
    expect(await checked(honest, { oldCheckpoint: sameSize })).toMatchObject({ verdict: 'does_not_hold' });
    const larger = await checked(honest, { oldCheckpoint: noteOf(servedLog(601)) });
    expect(larger.verdict).toBe('does_not_hold');
    expect(larger.checks.at(-1)?.detail).toBe('the log had 601 leaves and has 600 now: it went back');
  });

  it('goes on from a checkpoint that an earlier key of the log signed', async () => {
    const former = signer(5, log.name);
    const oldCheckpoint = signCheckpoint({ origin: log.name, size: 300, root: servedLog(300).root }, [former]);
    const policy = parsePolicy(`log ${former.vkey}\nlog ${log.vkey}\nquorum none\n`);
    expect(await checked(honest, { oldCheckpoint, trust: { policy } })).toMatchObject({ verdict: 'holds' });
    expect(await checked(honest, { oldCheckpoint })).toMatchObject({ verdict: 'cannot_tell' });
  });

  it('cannot tell with a kept checkpoint that the log did not sign', async () => {
    const foreign = signCheckpoint({ origin: log.name, size: 300, root: honest.root }, [signer(2, log.name)]);
    for (const oldCheckpoint of [foreign, 'nonsense'])
      expect((await checked(honest, { oldCheckpoint })).verdict).toBe('cannot_tell');
  });
});
