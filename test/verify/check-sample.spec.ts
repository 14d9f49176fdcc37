import { describe, expect, it } from '@jest/globals';
import { parsePolicy } from '#libs/tlog/policy.js';
import { checkSample } from '../../src/verify/check-sample.js';
import type { SampleFile } from '../../src/verify/sample-file.js';
import { cosigner, signer } from '../libs/tlog/keys.js';
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
      expect.stringContaining('another entry that fixes this sample'),
      expect.stringContaining('knew the nonce already'),
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

  const twice = verifiableSample({ fixed: { sample: 59 } });
  it.each<readonly [string, SampleFile, string]>([
    ['other cosignatures', verifiableSample({ fixedCosigners: witnesses.slice(1) }), 'fixed another checkpoint'],
    ['one cosignature more', verifiableSample({ fixedCosigners: witnesses }), 'fixed another checkpoint'],
    ['those of another sample', twice, 'of another sample'],
    ['an entry of another kind', { ...honest, fixing: { ...honest.reveal } }, 'no entry sample.fixed'],
    ['a half that was not logged', withFixed({ sample: 60 }), 'not what the log recorded'],
    ['an entry after the nonce was told', verifiableSample({ isToldFirst: true }), 'lies before the entry'],
    ['an entry that witnesses saw too late', verifiableSample({ seen: 63 }), 'only after it'],
    ['a draw that names another entry', verifiableSample({ told: { fixed_index: 60 } }), 'names another entry'],
    ['a draw of another sample', verifiableSample({ told: { sample: 59 } }), 'of another sample'],
    ['a draw by another nonce', verifiableSample({ told: { nonce: 'AA' } }), 'told another nonce'],
  ])('does not hold where its cosignatures were not fixed before: %s (ADR 139)', (_what, changed, reason) => {
    const { verdict, checks } = checked(changed);
    expect(verdict).toBe('does_not_hold');
    expect(checks.filter(({ state }) => state === 'fails').map(({ detail }) => detail)).toContainEqual(
      expect.stringContaining(reason),
    );
  });

  it('does not hold where another log of the policy fixed them (ADR 139)', () => {
    const other = signer(8, 'log.example/other');
    const logs = [...trust.policy.logs, { name: 'other', vkey: other.vkey }];
    const { checks } = checked(verifiableSample({ elsewhere: other }), { policy: { ...trust.policy, logs } });
    const failed = checks.filter(({ state }) => state === 'fails').map(({ detail }) => detail);
    expect(failed).toEqual(['it is in another log', 'it is in another log']);
  });

  it.each(['fixing', 'reveal'] as const)('does not hold where witnesses did not sign the tree of %s', (entry) => {
    const [signed = ''] = honest[entry].checkpoint.split(/(?<=\n\n.*\n)/);
    expect(failing({ ...honest, [entry]: { ...honest[entry], checkpoint: signed } })).toEqual([
      'the witnesses that the policy asks for cosigned it',
    ]);
  });

  it.each(['fixing', 'reveal'] as const)(
    'cannot be told where no witness signed the tree of %s and the policy asks for none',
    (entry) => {
      const [signed = ''] = honest[entry].checkpoint.split(/(?<=\n\n.*\n)/);
      const asksForNone = { policy: { ...trust.policy, quorum: { kind: 'none' } as const } };
      const found = checked({ ...honest, [entry]: { ...honest[entry], checkpoint: signed } }, asksForNone);
      expect(found.verdict).toBe('cannot_tell');
      expect(checked(honest, asksForNone).verdict).toBe('holds');
    },
  );

  function withFixed(sample: object): SampleFile {
    return { ...honest, fixing: { ...honest.fixing, protected: { ...honest.fixing.protected, part: { sample } } } };
  }

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
