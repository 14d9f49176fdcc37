import { describe, expect, it } from '@jest/globals';
import { parsePolicy } from '#libs/tlog/policy.js';
import { checkSample } from '../../src/verify/check-sample.js';
import type { SampleFile } from '../../src/verify/sample-file.js';
import { cosigner } from '../libs/tlog/keys.js';
import { log, policy, verifiableSample, witnesses } from './verifiable-sample.js';

const trust = { policy: parsePolicy(policy) };
const honest = verifiableSample();
const checked = (sample: unknown, by: Parameters<typeof checkSample>[1] = trust) =>
  checkSample(JSON.parse(JSON.stringify(sample)), by);
const failing = (sample: unknown) =>
  checked(sample)
    .checks.filter(({ state }) => state === 'fails')
    .map(({ what }) => what.split(',')[0]);

describe('a sample that nobody steered (IDNrG § 8)', () => {
  it('holds, and says what no file can show', () => {
    const found = checked(honest);
    expect(found.checks.filter(({ state }) => state !== 'holds')).toEqual([]);
    expect(found).toMatchObject({ verdict: 'holds', subject: { sample: 60, counted: 5, population: '0 to 59' } });
    expect(found.subject.not_covered).toEqual([
      expect.stringContaining('an earlier checkpoint'),
      expect.stringContaining('chose among cosignatures once it knew the nonce'),
    ]);
  });

  const [first, ...rest] = honest.items;
  const turned = honest.items.findIndex(({ counted }) => !counted);
  const withPart = (part: object): SampleFile => ({
    ...honest,
    commitment: { ...honest.commitment, protected: { ...honest.commitment.protected, part: { ...part } } },
  });
  const { sample, ...others } = honest.commitment.protected.part;
  it.each<readonly [string, SampleFile]>([
    ['another nonce', { ...honest, nonce: Buffer.alloc(32, 8).toString('base64') }],
    ['an index left out', { ...honest, items: rest }],
    ['another order', { ...honest, items: [...rest.slice(0, 1), first!, ...rest.slice(1)] }],
    ['a draw that ended early', { ...honest, items: honest.items.slice(0, -1) }],
    ['a draw that went on', { ...honest, items: [...honest.items, { ...first!, log_index: 59 }] }],
    ['a retrieval passed over', changedItem(0, ({ counted }) => ({ counted: !counted }))],
    ['something else counted', changedItem(turned, () => ({ counted: true }))],
    ['another entry in its place', changedItem(0, () => ({ opening: honest.items[1]!.opening! }))],
    ['another size', withPart({ ...others, sample: { ...(sample as object), size: 4 } })],
    ['another population', withPart({ ...others, sample: { ...(sample as object), end_index: 50 } })],
    ['a population that was not closed', verifiableSample({ isLate: true })],
    ['the proof of another entry', { ...honest, commitment: { ...honest.commitment, log_index: 59 } }],
    ['a cosignature of a stranger', verifiableSample({ cosigners: [...witnesses.slice(0, 2), cosigner(9)] })],
    ['too few witnesses', verifiableSample({ cosigners: witnesses.slice(0, 1) })],
    ['a checkpoint that was changed', { ...honest, checkpoint: honest.checkpoint.replace('\n61\n', '\n62\n') }],
  ])('does not hold with %s', (_what, changed) => {
    expect(failing(changed)).not.toEqual([]);
    expect(checked(changed).verdict).toBe('does_not_hold');
  });

  it('cannot be told without witnesses to believe, where an entry is not proved, or where it is no sample', () => {
    expect(checked(honest, { vkey: log.vkey }).verdict).toBe('cannot_tell');
    expect(checked(honest, {}).verdict).toBe('cannot_tell');
    const { log_index, counted } = honest.items[turned]!;
    const items = honest.items.map((it, i) => (i === turned ? { log_index, counted } : it));
    expect(checked({ ...honest, items })).toMatchObject({ verdict: 'cannot_tell' });
    for (const broken of [{}, { ...honest, items: [{}] }, { ...honest, nonce: 'AA==' }, { ...honest, checkpoint: '' }])
      expect(checked(broken)).toMatchObject({ verdict: 'cannot_tell', checks: [{ state: 'unknown' }] });
  });

  function changedItem(
    at: number,
    change: (item: SampleFile['items'][number]) => Partial<SampleFile['items'][number]>,
  ): SampleFile {
    return { ...honest, items: honest.items.map((it, i) => (i === at ? { ...it, ...change(it) } : it)) };
  }
});
