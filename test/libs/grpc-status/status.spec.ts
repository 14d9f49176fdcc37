import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeStatus, encodeStatus, type RpcStatus, type StatusDetail } from '#libs/grpc-status/status.js';

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const detail: fc.Arbitrary<StatusDetail> = fc.oneof(
  fc.record({
    type: fc.constant('error-info' as const),
    reason: text,
    domain: text,
    metadata: fc.dictionary(fc.string({ minLength: 1, maxLength: 5 }), text, { noNullPrototype: true }),
  }),
  fc.record({ type: fc.constant('retry-info' as const), retryDelayMs: fc.nat() }),
  fc.record({
    type: fc.constant('bad-request' as const),
    violations: fc.array(fc.record({ field: text, description: text }), { maxLength: 3 }),
  }),
  fc.record({
    type: fc.constant('precondition-failure' as const),
    violations: fc.array(fc.record({ type: text, subject: text, description: text }), { maxLength: 3 }),
  }),
  fc.record({
    type: fc.constant('unknown' as const),
    typeUrl: fc.constant('type.example/x.Y'),
    value: fc.uint8Array({ maxLength: 9 }).map((bytes) => Buffer.from(bytes)),
  }),
);
const status: fc.Arbitrary<RpcStatus> = fc.record({
  code: fc.integer({ min: 0, max: 16 }),
  message: text,
  details: fc.array(detail, { maxLength: 4 }),
});

describe('google.rpc.Status', () => {
  it('has the bytes computed by hand from the field numbers (google/rpc/status.proto, error_details.proto)', () => {
    const bytes = encodeStatus({
      code: 5,
      message: 'no',
      details: [{ type: 'error-info', reason: 'R', domain: 'einmal', metadata: { b: '2', a: '1' } }],
    });
    const errorInfo = '0a0152 1206 65696e6d616c 1a06 0a0161 120131 1a06 0a0162 120132';
    const typeUrl = Buffer.from('type.googleapis.com/google.rpc.ErrorInfo').toString('hex');
    expect(bytes.toString('hex')).toBe(`0805 1202 6e6f 1a47 0a28 ${typeUrl} 121b ${errorInfo}`.replaceAll(' ', ''));
  });

  it('writes a retry delay as seconds and nanoseconds (google/protobuf/duration.proto)', () => {
    const bytes = encodeStatus({ code: 14, message: '', details: [{ type: 'retry-info', retryDelayMs: 1500 }] });
    // seconds = 1, nanos = 500,000,000 = 0x1dcd6500
    expect(bytes.subarray(-10).toString('hex')).toBe('0a08 0801 1080cab5ee01'.replaceAll(' ', ''));
  });

  it('reads back what it wrote', () => {
    fc.assert(fc.property(status, (value) => expect(decodeStatus(encodeStatus(value))).toEqual(value)));
  });

  it('gives equal bytes whatever the order of the metadata', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.string({ minLength: 1, maxLength: 5 }), text), {
          selector: ([key]) => key,
          maxLength: 6,
        }),
        (entries) => {
          const encoded = (pairs: [string, string][]) =>
            encodeStatus({
              code: 7,
              message: '',
              details: [{ type: 'error-info', reason: 'R', domain: 'd', metadata: Object.fromEntries(pairs) }],
            });
          expect(encoded(entries.toReversed())).toEqual(encoded(entries));
        },
      ),
    );
  });

  it('keeps a detail of an unknown type as it came', () => {
    const unknown = {
      type: 'unknown',
      typeUrl: 'type.googleapis.com/google.rpc.Help',
      value: Buffer.from('0a00', 'hex'),
    } as const;
    expect(decodeStatus(encodeStatus({ code: 3, message: 'm', details: [unknown] })).details).toEqual([unknown]);
  });

  it('refuses truncated bytes or reads a status that lacks the end, and never anything else', () => {
    const whole = encodeStatus({
      code: 9,
      message: 'm',
      details: [{ type: 'bad-request', violations: [{ field: 'a.b', description: 'd' }] }],
    });
    // Only after a complete top-level field are fewer bytes a status again.
    const complete = [0, 2, 5];
    for (let end = 0; end < whole.length; end++) {
      if (complete.includes(end)) expect(decodeStatus(whole.subarray(0, end)).details).toEqual([]);
      else
        expect(() => decodeStatus(whole.subarray(0, end))).toThrow(
          expect.objectContaining({ name: 'StatusFault', code: 'MALFORMED_STATUS' }),
        );
    }
  });

  it('refuses a detail whose own bytes are truncated', () => {
    const value = Buffer.from('0a05', 'hex');
    const bytes = encodeStatus({
      code: 9,
      message: '',
      details: [{ type: 'unknown', typeUrl: 'type.googleapis.com/google.rpc.ErrorInfo', value }],
    });
    expect(() => decodeStatus(bytes)).toThrow(expect.objectContaining({ code: 'MALFORMED_STATUS' }));
  });

  it('throws nothing but its own fault on arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          decodeStatus(bytes);
        } catch (fault) {
          expect(fault).toMatchObject({ name: 'StatusFault' });
        }
      }),
    );
  });
});
