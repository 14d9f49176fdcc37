import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { saltedHash } from '../../src/audit/entry.js';
import { openRecord, sealRecord } from '../../src/audit/record-cipher.js';

const epoch = { retentionClass: 'standard', month: '2026-11' };
const keys = { wrapKey: Buffer.alloc(32, 1), indexKey: Buffer.alloc(32, 2) };
const salt = Buffer.alloc(32, 3);
const unreadable = expect.objectContaining({ name: 'RecordUnreadable' });

describe('the protected half at rest', () => {
  it('opens with the key of its epoch, salt and part unchanged', () => {
    fc.assert(
      fc.property(fc.record({ note: fc.string(), attributes: fc.array(fc.string()) }), (part) => {
        const sealed = sealRecord(part, salt, epoch, keys);
        expect(openRecord(sealed, keys)).toEqual({ salt, part });
        // What the leaf commits to is what was encrypted.
        expect(sealed.protectedHash).toEqual(saltedHash(salt, part));
      }),
    );
  });

  it('shows nothing of its content and never the same bytes twice', () => {
    const part = { note: 'MARKER' };
    const [one, two] = [sealRecord(part, salt, epoch, keys), sealRecord(part, salt, epoch, keys)];
    expect(one.ciphertext.includes('MARKER')).toBe(false);
    expect(one.ciphertext).not.toEqual(two.ciphertext);
    expect(one.wrappedKey).not.toEqual(two.wrappedKey);
  });

  it('does not open with another key, in another row or in another epoch (erasure destroys the key)', () => {
    const sealed = sealRecord({ note: 'x' }, salt, epoch, keys);
    expect(() => openRecord(sealed, { ...keys, wrapKey: randomBytes(32) })).toThrow(unreadable);
    expect(() => openRecord({ ...sealed, recordId: sealRecord({}, salt, epoch, keys).recordId }, keys)).toThrow(
      unreadable,
    );
    expect(() => openRecord({ ...sealed, epoch: { ...epoch, month: '2026-12' } }, keys)).toThrow(unreadable);
  });

  it('does not open after any flipped bit, nor truncated', () => {
    const sealed = sealRecord({ note: 'x' }, salt, epoch, keys);
    fc.assert(
      fc.property(fc.constantFrom('wrappedKey' as const, 'ciphertext' as const), fc.nat(), (column, place) => {
        const bytes = Buffer.from(sealed[column]);
        const bit = place % (bytes.length * 8);
        bytes[bit >> 3]! ^= 1 << (bit & 7);
        expect(() => openRecord({ ...sealed, [column]: bytes }, keys)).toThrow(unreadable);
        expect(() => openRecord({ ...sealed, [column]: bytes.subarray(0, bit >> 3) }, keys)).toThrow(unreadable);
      }),
    );
  });
});
