import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AnswerFault } from '../../src/register-edge/answer-fault.js';
import { readJson, rowAt } from '../../src/register-edge/json-answer.js';
import { valueAt } from '../../src/register-edge/json-pointer.js';

const read = (text: string | Uint8Array) => readJson(typeof text === 'string' ? Buffer.from(text) : text);

describe('JSON of a stranger', () => {
  it.each([
    ['not JSON', '{"a":', 'ANSWER_NOT_JSON'],
    ['not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'ANSWER_NOT_UTF8'],
    ['NUL in a text', '{"a":"\\u0000"}', 'ANSWER_TEXT'],
    ['half a character', '{"a":"\\ud800"}', 'ANSWER_TEXT'],
    ['NUL in a name', '{"\\u0000":1}', 'ANSWER_TEXT'],
    ['arrays 33 deep', `${'['.repeat(33)}${']'.repeat(33)}`, 'ANSWER_SHAPE'],
    ['arrays 100,000 deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'ANSWER_SHAPE'],
  ])('is refused: %s', (_title, text, code) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ name: 'AnswerFault', code }));
  });

  it('is read or refused, whatever it is (property)', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json({ stringUnit: 'binary' }), fc.string(), fc.uint8Array()), (bytes) => {
        try {
          read(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(AnswerFault);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['', { a: 1 }],
    ['/a', 1],
    ['/b/0', 'x'],
    ['/c~1d', 2],
    ['/e~0f', 3],
    ['/', undefined],
    ['/constructor', undefined],
    ['/__proto__', undefined],
    ['/a/toString', undefined],
  ])('has at %p what RFC 6901 § 4 says, and nothing that is inherited', (pointer, value) => {
    const document = pointer === '' ? { a: 1 } : { a: 1, b: ['x'], 'c/d': 2, 'e~f': 3 };
    expect(valueAt(document, pointer)).toEqual(value);
  });

  it('becomes a row of what was asked; null is a value, a missing member is not', () => {
    const pointers = { town: '/address/town', street: '/address/street', name: '/name' };
    expect(rowAt({ address: { town: null }, name: 'x' }, pointers, ['town', 'street'])).toEqual({
      a_town: null,
      a_street: undefined,
    });
    expect(() => rowAt({}, pointers, ['constructor'])).toThrow('without column');
  });
});
