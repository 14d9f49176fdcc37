import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ed25519Signer,
  ed25519Verifier,
  formatSignature,
  NOTE_MAX_BYTES,
  openNote,
  parseNote,
  signNote,
} from '#libs/tlog/signed-note.js';
import { formatVerifierKey, parseVerifierKey } from '#libs/tlog/verifier-key.js';
import { signer } from './keys.js';
import { SPEC_NOTE, SPEC_TEXT, SPEC_VKEY } from './vectors/signed-note.js';

const code = (expected: string) => expect.objectContaining({ name: 'NoteFault', code: expected });
const log = signer(1);
const verifier = ed25519Verifier(log.vkey);
const text = 'log.example/test\n0\ncGxhY2Vob2xkZXI=\n';

describe('verifier keys (C2SP signed-note, Verifier keys)', () => {
  it('reads the key of the specification', () => {
    const key = parseVerifierKey(SPEC_VKEY);
    expect(key).toMatchObject({ name: 'example.com/foo', keyId: '530d903a', type: 1 });
    expect(key.publicKey).toHaveLength(32);
  });

  it('reads back what it wrote, for any key', () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    const key = parseVerifierKey(formatVerifierKey('a.example/b', publicKey));
    expect(key.publicKey.toString('base64url')).toBe(publicKey.export({ format: 'jwk' }).x);
  });

  it('refuses every truncation of a key', () => {
    for (let end = 0; end < SPEC_VKEY.length; end++)
      expect(() => ed25519Verifier(SPEC_VKEY.slice(0, end))).toThrow(expect.objectContaining({ name: 'NoteFault' }));
  });

  it.each([
    ['a key id that is not that of the key', SPEC_VKEY.replace('530d903a', '530d903b'), 'KEY_ID_MISMATCH'],
    ['a name that is not that of the key id', SPEC_VKEY.replace('foo', 'fop'), 'KEY_ID_MISMATCH'],
    ['an upper-case key id', SPEC_VKEY.replace('530d903a', '530D903A'), 'MALFORMED_KEY'],
    ['a space in the name', SPEC_VKEY.replace('/foo', '/f oo'), 'MALFORMED_KEY'],
    ['url-safe base64', SPEC_VKEY.replace('AekyeRrm', 'Aeky-Rrm'), 'MALFORMED_KEY'],
    ['no name', SPEC_VKEY.replace('example.com/foo', ''), 'MALFORMED_KEY'],
  ])('refuses %s', (_, vkey, expected) => {
    expect(() => parseVerifierKey(vkey)).toThrow(code(expected));
  });

  it('refuses keys of another algorithm and names that no line could carry', () => {
    const { privateKey: ec } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(() => ed25519Signer('a.example', ec)).toThrow(code('UNSUPPORTED_KEY'));
    for (const name of ['', 'a b', 'a+b', 'a\u2003b', 'a\nb'])
      expect(() => signer(1, name)).toThrow(code('MALFORMED_KEY'));
  });
});

describe('signed notes (C2SP signed-note)', () => {
  it('opens the note of the specification', () => {
    const opened = openNote(SPEC_NOTE, [ed25519Verifier(SPEC_VKEY)]);
    expect(opened.text).toBe(SPEC_TEXT);
    expect(opened.signatures.map(({ name, keyId }) => `${name}+${keyId}`)).toEqual(['example.com/foo+530d903a']);
  });

  it('opens what it signed, for any text that a note can carry, empty lines included', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }), { maxLength: 6 }), (lines) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: what the format forbids is left out of valid texts
        const body = `${lines.join('\n').replaceAll(/[\u0000-\u0009\u000b-\u001f]/g, '')}\n`;
        expect(openNote(signNote(body, [log]), [verifier]).text).toBe(body);
      }),
    );
  });

  it('refuses a note after any flipped bit of the text or of a known signature', () => {
    const note = signNote(text, [log]);
    const signature = parseNote(note).signatures[0]!;
    fc.assert(
      fc.property(fc.nat({ max: 511 }), fc.nat({ max: 511 }), (bit, place) => {
        const bytes = Buffer.from(signature.signature);
        bytes[bit >> 3]! ^= 1 << (bit & 7);
        expect(() => openNote(`${text}\n${formatSignature({ ...signature, signature: bytes })}`, [verifier])).toThrow(
          code('BAD_SIGNATURE'),
        );
        const at = place % (text.length - 1);
        const forged = text.slice(0, at) + (text[at] === 'x' ? 'y' : 'x') + text.slice(at + 1);
        expect(() => openNote(note.replace(text, forged), [verifier])).toThrow(code('BAD_SIGNATURE'));
      }),
      { numRuns: 60 },
    );
  });

  it('refuses every truncation of a note', () => {
    const note = signNote(text, [log]);
    for (let end = 0; end < note.length; end++)
      expect(() => openNote(note.slice(0, end), [verifier])).toThrow(expect.objectContaining({ name: 'NoteFault' }));
  });

  it('ignores signatures by unknown keys, even under the same name or the same key id', () => {
    const stranger = signer(2);
    const note = signNote(text, [stranger, log, signer(3, 'witness.example')]);
    expect(openNote(note, [verifier]).signatures).toHaveLength(1);
    const sameId = formatSignature({ name: 'other.example', keyId: verifier.keyId, signature: Buffer.alloc(64) });
    expect(openNote(`${signNote(text, [log])}${sameId}`, [verifier]).signatures).toHaveLength(1);
    expect(() => openNote(signNote(text, [stranger]), [verifier])).toThrow(code('NO_KNOWN_SIGNATURE'));
  });

  it('refuses the whole note when one of several known keys did not sign it', () => {
    const witness = signer(3, 'witness.example');
    const forged = formatSignature({
      name: witness.name,
      keyId: ed25519Verifier(witness.vkey).keyId,
      signature: Buffer.alloc(64),
    });
    const note = `${signNote(text, [log])}${forged}`;
    expect(openNote(note, [verifier]).text).toBe(text);
    expect(() => openNote(note, [verifier, ed25519Verifier(witness.vkey)])).toThrow(code('BAD_SIGNATURE'));
  });

  it('counts a repeated signature once', () => {
    const note = signNote(text, [log, log]);
    expect(openNote(note, [verifier]).signatures).toHaveLength(1);
  });

  it('does not take a signature of another length for a wrong answer of the crypto library', () => {
    const long = formatSignature({ name: log.name, keyId: verifier.keyId, signature: Buffer.alloc(2420) });
    expect(() => openNote(`${text}\n${long}`, [verifier])).toThrow(code('BAD_SIGNATURE'));
  });

  it('accepts 16 signatures of 5 kB each', () => {
    const large = Array.from({ length: 16 }, (_, i) =>
      formatSignature({ name: `w${i}.example`, keyId: '00000000', signature: Buffer.alloc(5000) }),
    );
    expect(openNote(`${signNote(text, [log])}${large.join('')}`, [verifier]).text).toBe(text);
  });

  const line = parseNote(signNote(text, [log])).signatures.map(formatSignature)[0]!;
  it.each([
    ['no blank line', `${text}${line}`, 'MALFORMED_NOTE'],
    ['no signature', `${text}\n`, 'MALFORMED_NOTE'],
    ['a carriage return', `${text.replace('\n', '\r\n')}\n${line}`, 'MALFORMED_NOTE'],
    ['a NUL', `a\u0000\n\n${line}`, 'MALFORMED_NOTE'],
    ['half a surrogate pair', `\ud800\n\n${line}`, 'MALFORMED_NOTE'],
    ['a hyphen for the em dash', `${text}\n${line.replace('\u2014', '-')}`, 'MALFORMED_NOTE'],
    ['a fourth word in a signature line', `${text}\n${line.replace('\n', ' x\n')}`, 'MALFORMED_NOTE'],
    ['base64 without its padding', `${text}\n${line.replace(/=+\n/, '\n')}`, 'MALFORMED_NOTE'],
    ['a signature of four bytes', `${text}\n\u2014 log.example/test AAAAAA==\n`, 'MALFORMED_NOTE'],
    ['101 signatures', `${text}\n${line.repeat(101)}`, 'TOO_LARGE'],
    ['more bytes than the limit', `${'ü'.repeat(NOTE_MAX_BYTES / 2)}\n\n${line}`, 'TOO_LARGE'],
  ])('refuses a note with %s', (_, note, expected) => {
    expect(() => openNote(note, [verifier])).toThrow(code(expected));
  });

  it.each(['', 'no newline at the end', 'tab\tinside\n', '\udc00\n'])('does not sign %j', (body) => {
    expect(() => signNote(body, [log])).toThrow(code('MALFORMED_TEXT'));
  });
});
