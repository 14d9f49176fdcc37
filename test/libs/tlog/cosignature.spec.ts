import { createPrivateKey, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { signCheckpoint } from '#libs/tlog/checkpoint.js';
import {
  addCosignatures,
  cosign,
  cosignatureTime,
  cosignatureVerifier,
  openCosignatures,
} from '#libs/tlog/cosignature.js';
import { ed25519Verifier, formatSignature, openNote, parseNote, signNote } from '#libs/tlog/signed-note.js';
import { parseVerifierKey } from '#libs/tlog/verifier-key.js';
import { cosigner, signer } from './keys.js';
import { REMORA_VKEY, SPEC_COSIGNED, SPEC_COSIGNED_TIME } from './vectors/cosignature.js';

const fault = (code: string) => expect.objectContaining({ name: 'NoteFault', code });
const log = signer(1);
const witness = cosigner(2);
const TIME = 1_795_000_000;
const note = signCheckpoint({ origin: log.name, size: 10, root: Buffer.alloc(32, 7) }, [log]);

describe('cosignatures (C2SP tlog-cosignature)', () => {
  it('reads a published key of type 0x04 and the time of the published example', () => {
    expect(parseVerifierKey(REMORA_VKEY)).toMatchObject({ name: 'remora.n621.de', type: 0x04 });
    expect(cosignatureVerifier(REMORA_VKEY)).toMatchObject({ keyId: 'da77ade7' });
    const [own, other] = parseNote(SPEC_COSIGNED).signatures;
    expect(cosignatureTime(other!.signature)).toBe(SPEC_COSIGNED_TIME);
    expect(() => cosignatureTime(own!.signature)).toThrow(fault('MALFORMED_COSIGNATURE'));
  });

  it('signs header line, time line and the text without signatures (Ed25519 signed message)', () => {
    const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 2)]);
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    const text = `log.example/test\n10\n${Buffer.alloc(32, 7).toString('base64')}\n`;
    const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${TIME}\n${text}`), key);
    const bytes = Buffer.from(/w2 (.*)\n/.exec(cosign(note, witness, TIME))![1]!, 'base64');
    expect(bytes.subarray(0, 4).toString('hex')).toBe(parseVerifierKey(witness.vkey).keyId);
    expect(bytes.readBigUInt64BE(4)).toBe(BigInt(TIME));
    expect(bytes.subarray(12)).toEqual(signature);
  });

  it('verifies beside the signature of the log, which the same key could not give', () => {
    const cosigned = note + cosign(note, witness, TIME);
    const opened = openNote(cosigned, [ed25519Verifier(log.vkey), cosignatureVerifier(witness.vkey)]);
    expect(opened.signatures.map(({ name }) => name)).toEqual([log.name, witness.name]);
    expect(() => cosignatureVerifier(log.vkey)).toThrow(fault('UNSUPPORTED_KEY'));
    expect(() => ed25519Verifier(witness.vkey)).toThrow(fault('UNSUPPORTED_KEY'));
  });

  it('refuses any flipped bit of time or signature, and another text', () => {
    const verifier = cosignatureVerifier(witness.vkey);
    const { text } = parseNote(note);
    const signature = witness.sign(text, TIME);
    expect(verifier.verify(text, signature)).toBe(true);
    expect(verifier.verify(`${text}extension\n`, signature)).toBe(false);
    expect(verifier.verify(text, signature.subarray(1))).toBe(false);
    fc.assert(
      fc.property(fc.nat({ max: signature.length * 8 - 1 }), (bit) => {
        const other = Buffer.from(signature);
        other[bit >> 3] = other[bit >> 3]! ^ (1 << (bit & 7));
        expect(verifier.verify(text, other)).toBe(false);
      }),
    );
  });

  it('cosigns checkpoints only, at times that can be', () => {
    expect(() => cosign(signNote('something else\n', [log]), witness, TIME)).toThrow(fault('MALFORMED_CHECKPOINT'));
    for (const time of [-1, 0.5, 2 ** 53])
      expect(() => cosign(note, witness, time)).toThrow(fault('MALFORMED_COSIGNATURE'));
  });

  it('adds what a witness answers, newest last, and nothing of strangers (C2SP tlog-witness, add-checkpoint)', () => {
    const known = cosignatureVerifier(witness.vkey);
    const once = addCosignatures(note, cosign(note, witness, TIME), [known]);
    const twice = addCosignatures(once, cosign(note, cosigner(3), TIME) + cosign(note, witness, TIME + 5), [known]);
    const { signatures } = parseNote(twice);
    expect(signatures.map(({ name }) => name)).toEqual([log.name, witness.name]);
    expect(cosignatureTime(signatures[1]!.signature)).toBe(TIME + 5);
    expect(() => addCosignatures(note, cosign(note, cosigner(3), TIME), [known])).toThrow(fault('NO_KNOWN_SIGNATURE'));
    const otherNote = signCheckpoint({ origin: log.name, size: 11, root: Buffer.alloc(32, 7) }, [log]);
    expect(() => addCosignatures(note, cosign(otherNote, witness, TIME), [known])).toThrow(fault('BAD_SIGNATURE'));
    expect(() => addCosignatures(note, 'not a line\n', [known])).toThrow(fault('MALFORMED_NOTE'));
  });

  it('are refused over a longer text, and where the note would have too many', () => {
    const known = cosignatureVerifier(witness.vkey);
    const { name, keyId } = parseVerifierKey(witness.vkey);
    const { text, signatures } = parseNote(note);
    for (const between of ['x\n\n', '\n', `${formatSignature(signatures[0]!)}\n`]) {
      const signature = witness.sign(`${text}\n${between.slice(0, -1)}`, TIME);
      const lines = between + formatSignature({ name, keyId, signature });
      expect(() => openCosignatures(text, lines, [known])).toThrow(fault('MALFORMED_NOTE'));
      expect(() => addCosignatures(note, lines, [known])).toThrow(fault('MALFORMED_NOTE'));
    }
    const own = cosign(note, witness, TIME);
    expect(openCosignatures(text, own, [known])).toHaveLength(1);
    const others = Array.from({ length: 99 }, (_, seed) => cosign(note, cosigner(seed + 100), TIME)).join('');
    expect(() => addCosignatures(note + others, own, [known])).toThrow(fault('TOO_LARGE'));
  });
});
