import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromTimestamp, numericDate, toTimestamp } from '../../src/platform/clock.js';
import { Decoder } from '../../src/platform/decode.js';
import type { Fault } from '../../src/platform/fault.js';
import { loadProtos, REGISTER_PROTOS, Undecodable, withDecodingFaults } from '../../src/platform/proto.js';
import { readSeal, Seal } from '../../src/platform/secrets.js';

const seal = new Seal(Buffer.alloc(32, 7));
const other = new Seal(Buffer.alloc(32, 8));

describe('a seal (AES-256-GCM)', () => {
  it('opens what it closed, in the same context only, and with the same key only', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), fc.string(), (value, context, elsewhere) => {
        const sealed = seal.close(value, context);
        expect(seal.open(sealed, context)).toEqual(Buffer.from(value));
        expect(other.open(sealed, context)).toBeUndefined();
        fc.pre(Buffer.compare(Buffer.from(context), Buffer.from(elsewhere)) !== 0);
        expect(seal.open(sealed, elsewhere)).toBeUndefined();
      }),
    );
  });

  it('never opens what was altered in a single character', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(), fc.constantFrom(...'Ab-_0/+= .'), (value, at, letter) => {
        const sealed = seal.close(value, 'context');
        const position = at % sealed.length;
        fc.pre(sealed[position] !== letter);
        const altered = `${sealed.slice(0, position)}${letter}${sealed.slice(position + 1)}`;
        expect(seal.open(altered, 'context')).toBeUndefined();
      }),
    );
  });

  it.each(['=', '.', ' ', '\n', 'A'])('never opens what was lengthened by %j', (tail) => {
    for (const length of [0, 1, 2]) {
      const sealed = seal.close(Buffer.alloc(length), 'context');
      expect(seal.open(`${sealed}${tail}`, 'context')).toBeUndefined();
    }
  });

  it('never opens what is too short to be sealed', () => {
    fc.assert(fc.property(fc.string({ maxLength: 37 }), (text) => expect(seal.open(text, '')).toBeUndefined()));
  });

  it('closes the same value to another text each time', () => {
    const value = Buffer.from('same');
    expect(seal.close(value, 'context')).not.toBe(seal.close(value, 'context'));
  });

  it('recognises equal content without telling it: by key and context', () => {
    expect(seal.fingerprint('a', 'x')).toBe(seal.fingerprint(Buffer.from('a'), 'x'));
    const all = [
      seal.fingerprint('a', 'x'),
      seal.fingerprint('b', 'x'),
      seal.fingerprint('a', 'y'),
      other.fingerprint('a', 'x'),
    ];
    expect(new Set(all).size).toBe(4);
  });

  it('needs a key of 32 bytes, also from its file', async () => {
    expect(() => new Seal(Buffer.alloc(16))).toThrow('32 bytes');
    const folder = await mkdtemp(join(tmpdir(), 'einmal-seal-'));
    await writeFile(join(folder, 'seal.key'), `${Buffer.alloc(32, 7).toString('base64')}\n`);
    const read = await readSeal(folder);
    expect(read.open(seal.close(Buffer.from('x'), 'c'), 'c')).toEqual(Buffer.from('x'));
    await writeFile(join(folder, 'seal.key'), 'short');
    await expect(readSeal(folder)).rejects.toThrow('32 bytes');
    await rm(folder, { recursive: true });
  });
});

describe('a seal whose key is replaced while it works', () => {
  const [first, second, third] = [7, 8, 9].map((it) => Buffer.alloc(32, it)) as [Buffer, Buffer, Buffer];
  const value = Buffer.from('x');

  it('opens what every key closed, closes with the first, and its digests stay', () => {
    const rotated = new Seal(first);
    const sealed = rotated.close(value, 'c');
    const digest = rotated.fingerprint('somebody', 'c');
    rotated.rotate(new Seal({ sealing: [first, second], digest: first }));
    expect(new Seal(first).open(rotated.close(value, 'c'), 'c')).toEqual(value);
    rotated.rotate(new Seal({ sealing: [second, first], digest: first }));
    const next = rotated.close(value, 'c');
    expect([rotated.open(sealed, 'c'), rotated.open(next, 'c')]).toEqual([value, value]);
    expect([new Seal(first).open(next, 'c'), new Seal(second).open(next, 'c')]).toEqual([undefined, value]);
    rotated.rotate(new Seal({ sealing: [second], digest: first }));
    expect([rotated.open(sealed, 'c'), rotated.open(next, 'c')]).toEqual([undefined, value]);
    expect(rotated.fingerprint('somebody', 'c')).toBe(digest);
    expect([rotated.id, new Seal(first).id]).toEqual([new Seal(second).id, new Seal(first).id]);
    expect(rotated.id).not.toBe(new Seal(first).id);
  });

  it.each([
    ['by which something may just have been closed', [second], first],
    ['that nobody knew before', [second, first], first],
    ['of its digests', [first], second],
  ])('does not lose, or take, a key %s', (_what, sealing, digest) => {
    const kept = new Seal(first);
    expect(() => kept.rotate(new Seal({ sealing, digest }))).toThrow(/key/);
    expect([kept.id, kept.open(new Seal(first).close(value, 'c'), 'c')]).toEqual([new Seal(first).id, value]);
  });

  it('reads one key in each line, and beside several that of its digests', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'einmal-seal-'));
    const text = (...keys: readonly Buffer[]) => keys.map((it) => `${it.toString('base64')}\n`).join('');
    await writeFile(join(folder, 'seal.key'), text(second, third));
    await expect(readSeal(folder)).rejects.toThrow('digest.key');
    await writeFile(join(folder, 'digest.key'), text(first));
    const read = await readSeal(folder);
    for (const key of [second, third]) expect(read.open(new Seal(key).close(value, 'c'), 'c')).toEqual(value);
    expect(read.open(new Seal(first).close(value, 'c'), 'c')).toBeUndefined();
    expect(read.fingerprint('somebody', 'c')).toBe(new Seal(first).fingerprint('somebody', 'c'));
    expect(read.id).toBe(new Seal(second).id);
    await writeFile(join(folder, 'seal.key'), '\n');
    await expect(readSeal(folder)).rejects.toThrow('has a key');
    await rm(folder, { recursive: true });
  });
});

describe('times on the wire', () => {
  it('survive the way there and back to the millisecond, also before 1970', () => {
    fc.assert(
      fc.property(fc.integer({ min: -8.64e12, max: 8.64e12 }), (ms) => {
        const { seconds, nanos } = toTimestamp(ms);
        expect(nanos).toBeGreaterThanOrEqual(0);
        expect(nanos).toBeLessThan(1e9);
        expect(fromTimestamp({ seconds, nanos })).toBe(ms);
      }),
    );
  });

  it('are absent where they were not set', () => {
    expect([fromTimestamp(undefined), fromTimestamp(null)]).toEqual([undefined, undefined]);
    expect(fromTimestamp({})).toBe(0);
  });

  it('are whole seconds in a token (RFC 7519 § 2)', () => {
    expect([numericDate(1999), numericDate(2000), numericDate(-1)]).toEqual([1, 2, -1]);
  });
});

const violationsOf = (decode: (decoder: Decoder) => unknown): readonly string[] => {
  const decoder = new Decoder();
  decode(decoder);
  try {
    decoder.done(undefined);
    return [];
  } catch (error) {
    return (error as Fault).violations.map(({ field }) => field);
  }
};

describe('decoding a request', () => {
  it('names every faulty field, and never a value', () => {
    const decoder = new Decoder();
    decoder.uuid('request_id', 'Musterfrau');
    decoder.identifier('purpose', 'Größe');
    decoder.token('attestation', 'a b');
    decoder.bytes('salt', Buffer.from('Erika'), 32);
    decoder.list('subjects', [], { min: 1, max: 2 });
    decoder.pageSize('page_size', 1001);
    let fault: Fault | undefined;
    try {
      decoder.done(0);
    } catch (error) {
      fault = error as Fault;
    }
    expect(fault).toMatchObject({ reason: 'REQUEST_INVALID' });
    expect(fault!.violations.map(({ field }) => field)).toEqual([
      'request_id',
      'purpose',
      'attestation',
      'salt',
      'subjects',
      'page_size',
    ]);
    expect(JSON.stringify(fault!.violations)).not.toMatch(/Musterfrau|Größe|Erika/);
  });

  it.each(['', 'x', '0f0c7a55-7f0c-4c6e-8f7a-00000000000', '0f0c7a55-7f0c-4c6e-8f7a-00000000000a\n'])(
    'takes %j for no UUID',
    (text) => expect(violationsOf((it) => it.uuid('f', text))).toEqual(['f']),
  );

  it('takes a UUID in capitals for the same one', () => {
    const id = '0F0C7A55-7F0C-4C6E-8F7A-00000000000A';
    expect(new Decoder().uuid('f', id)).toBe(id.toLowerCase());
  });

  it.each(['', 'A', '-a', 'a b', 'a/b', `a${'b'.repeat(100)}`, 'a\n', 'ä'])('takes %j for no identifier', (text) =>
    expect(violationsOf((it) => it.identifier('f', text))).toEqual(['f']),
  );

  it.each([undefined, ''])('takes %p for an identifier left out where it is optional', (text) => {
    expect(new Decoder().optionalIdentifier('f', text)).toBeUndefined();
    expect(violationsOf((it) => it.optionalIdentifier('f', 'A'))).toEqual(['f']);
  });

  it.each(['', 'a b', 'ä', 'x'.repeat(16_385)])('takes no token of %#', (text) =>
    expect(violationsOf((it) => it.token('f', text))).toEqual(['f']),
  );

  it.each([31, 33])('takes %i bytes for no 32', (length) =>
    expect(violationsOf((it) => it.bytes('f', Buffer.alloc(length), 32))).toEqual(['f']),
  );

  it('bounds a list before its items cost anything', () => {
    const decoder = new Decoder();
    expect(decoder.list('f', Array.from({ length: 1000 }), { min: 0, max: 3 })).toHaveLength(3);
    expect(() => decoder.done(0)).toThrow();
  });

  it('takes no page size for a hundred, and bounds it', () => {
    expect([new Decoder().pageSize('f', undefined), new Decoder().pageSize('f', 0)]).toEqual([100, 100]);
    expect(violationsOf((it) => [it.pageSize('f', -1), it.pageSize('f', 1000)])).toEqual(['f']);
  });
});

describe('a message that cannot be decoded', () => {
  const definition = withDecodingFaults(loadProtos(REGISTER_PROTOS), 100);
  const service = definition['einmal.register.v1.RegisterService'] as unknown as Record<
    string,
    { requestDeserialize(bytes: Buffer): object; requestSerialize(value: object): Buffer }
  >;
  const { requestDeserialize: read, requestSerialize: write } = service.RetrieveEvidence!;

  it('becomes a value for the handler: grpc-js would answer a bare INTERNAL', () => {
    expect(read(Buffer.from([0xff, 0xff]))).toEqual(new Undecodable('REQUEST_MALFORMED'));
  });

  it('is not even decoded where it is larger than the limit', () => {
    expect(read(Buffer.alloc(101))).toEqual(new Undecodable('REQUEST_TOO_LARGE', { limit_bytes: '100' }));
  });

  it('is told apart from one that can', () => {
    expect(read(write({ retrieval_id: 'r' }))).toMatchObject({ retrieval_id: 'r' });
  });
});
