import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { commitment, commitmentFromOpening, leafBytes, type Opening, saltedHash } from '../../src/audit/entry.js';
import { callerPart } from '../../src/audit/record.js';

const caller = {
  event: 'retrieval.opened',
  log_time: '2026-11-23T12:00:00.000Z',
  consumer: 'familienkasse-test',
} as const;
const anOpening = (deviation: Partial<Opening> = {}): Opening => ({
  version: 1,
  caller_salt: Buffer.alloc(32, 1).toString('base64url'),
  caller,
  protected_hash: Buffer.alloc(32, 2).toString('base64url'),
  ...deviation,
});

describe('the leaf', () => {
  it('is the version byte and a commitment that node:crypto alone recomputes from the description', () => {
    const sha = (...parts: (Buffer | string)[]) =>
      parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
    const callerHash = sha(
      Buffer.alloc(32, 1),
      '{"consumer":"familienkasse-test","event":"retrieval.opened","log_time":"2026-11-23T12:00:00.000Z"}',
    );
    const expected = sha('einmal/leaf/v1\n', callerHash, Buffer.alloc(32, 2));
    expect(commitmentFromOpening(anOpening())).toEqual(expected);
    expect(leafBytes(expected)).toEqual(Buffer.concat([Buffer.of(1), expected]));
  });

  it('has the same length for every record (IDNrG § 9 Abs. 3: it stays when the record is erased)', () => {
    fc.assert(
      fc.property(fc.string(), (note) => {
        const leaf = leafBytes(commitment(saltedHash(randomBytes(32), caller), saltedHash(randomBytes(32), { note })));
        expect(leaf).toHaveLength(33);
      }),
    );
  });

  it('keeps no memory but its own: receipts wait for registers', () => {
    expect(leafBytes(randomBytes(32)).buffer.byteLength).toBe(33);
  });

  it.each([
    ['another salt', anOpening({ caller_salt: Buffer.alloc(32, 3).toString('base64url') })],
    ['another protected half', anOpening({ protected_hash: Buffer.alloc(32, 3).toString('base64url') })],
    ['another consumer', anOpening({ caller: { ...caller, consumer: 'x' } })],
    ['a member more', anOpening({ caller: { ...caller, reason: 'x' } })],
  ])('is another one with %s', (_, opening) => {
    expect(commitmentFromOpening(opening)).not.toEqual(commitmentFromOpening(anOpening()));
  });

  it.each([
    ['a short salt', { caller_salt: Buffer.alloc(31).toString('base64url') }],
    ['a long protected hash', { protected_hash: Buffer.alloc(33).toString('base64url') }],
  ])('is not computed from an opening with %s', (_, deviation) => {
    expect(() => commitmentFromOpening(anOpening(deviation))).toThrow(TypeError);
  });
});

describe("the caller's half", () => {
  it('leaves out what is undefined, so that absent and undefined give one commitment', () => {
    const all = {
      exchange_ref: undefined,
      retrieval_ref: undefined,
      register: undefined,
      evidence_type: undefined,
      purpose: undefined,
      legal_basis: undefined,
      outcome: undefined,
      reason: undefined,
      subject_role: undefined,
      release_digest: undefined,
      trigger_id: undefined,
    };
    expect(Object.keys(callerPart({ ...caller, ...all }))).toEqual(['event', 'log_time', 'consumer']);
    expect(callerPart({ ...caller, ...all, reason: 'R' }).reason).toBe('R');
  });
});
