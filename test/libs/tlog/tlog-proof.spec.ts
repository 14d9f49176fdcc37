import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { appendAll, emptyRange, root } from '#libs/merkle/compact-range.js';
import { leafHash } from '#libs/merkle/hash.js';
import { inclusionProof } from '#libs/merkle/proof.js';
import { formatCheckpoint, openCheckpoint, parseCheckpoint, signCheckpoint } from '#libs/tlog/checkpoint.js';
import { ed25519Verifier, signNote } from '#libs/tlog/signed-note.js';
import { formatTlogProof, parseTlogProof, verifyTlogProof } from '#libs/tlog/tlog-proof.js';
import { signer } from './keys.js';

const fault = (code: string) => expect.objectContaining({ name: 'NoteFault', code });
const log = signer(1);
const verifier = ed25519Verifier(log.vkey);
const hash32 = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));

describe('checkpoints (C2SP tlog-checkpoint)', () => {
  const root32 = Buffer.alloc(32, 7);

  it('writes origin, size and root on three lines', () => {
    expect(formatCheckpoint({ origin: 'log.example/test', size: 20852163, root: root32 })).toBe(
      'log.example/test\n20852163\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n',
    );
  });

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: Number.MAX_SAFE_INTEGER }),
        hash32,
        fc.array(fc.constantFrom('a', 'extension 1'), { minLength: 1, maxLength: 2 }),
        (size, root, extensions) => {
          expect(parseCheckpoint(formatCheckpoint({ origin: 'a.example', size, root }))).toEqual({
            origin: 'a.example',
            size,
            root,
          });
          expect(parseCheckpoint(formatCheckpoint({ origin: 'a.example', size, root, extensions }))).toEqual({
            origin: 'a.example',
            size,
            root,
            extensions,
          });
        },
      ),
    );
  });

  const good = formatCheckpoint({ origin: 'log.example/test', size: 10, root: root32 });
  it.each([
    ['no origin', good.replace('log.example/test', '')],
    ['a leading zero in the size', good.replace('\n10\n', '\n010\n')],
    ['a sign before the size', good.replace('\n10\n', '\n+10\n')],
    ['a size beyond 2^53 − 1', good.replace('\n10\n', '\n9007199254740992\n')],
    ['a root of 31 bytes', good.replace(root32.toString('base64'), Buffer.alloc(31).toString('base64'))],
    ['two roots in one line', good.replace('=\n', '= =\n')],
    ['an empty extension line', `${good}\n`],
    ['no newline at the end', good.trimEnd()],
    ['two lines only', good.split('\n').slice(0, 2).join('\n')],
  ])('refuses a text with %s', (_, text) => {
    expect(() => parseCheckpoint(text)).toThrow(fault('MALFORMED_CHECKPOINT'));
  });

  it('opens only what the log with that origin signed', () => {
    const note = signCheckpoint({ origin: log.name, size: 10, root: root32 }, [log]);
    expect(openCheckpoint(note, verifier)).toEqual({ origin: log.name, size: 10, root: root32 });
    expect(() =>
      openCheckpoint(signCheckpoint({ origin: 'other.example', size: 10, root: root32 }, [log]), verifier),
    ).toThrow(fault('WRONG_ORIGIN'));
    expect(() =>
      openCheckpoint(signCheckpoint({ origin: log.name, size: 10, root: root32 }, [signer(2)]), verifier),
    ).toThrow(fault('NO_KNOWN_SIGNATURE'));
    expect(() => openCheckpoint(signNote('something else\n', [log]), verifier)).toThrow(fault('MALFORMED_CHECKPOINT'));
  });

  it.each([
    { size: -1 },
    { size: 0.5 },
    { root: Buffer.alloc(31) },
    { origin: '' },
    { origin: 'a\nb' },
    { extensions: [''] },
  ])('does not write %j', (deviation) => {
    expect(() => formatCheckpoint({ origin: 'a.example', size: 1, root: root32, ...deviation })).toThrow(
      fault('MALFORMED_CHECKPOINT'),
    );
  });
});

describe('proof files (C2SP tlog-proof)', () => {
  const entries = Array.from({ length: 11 }, (_, i) => Buffer.from(`entry ${i}`));
  const { range, newNodes } = appendAll(emptyRange, entries.map(leafHash));
  const stored = new Map(newNodes.map((node) => [`${node.level}/${node.index}`, node.hash]));
  const checkpoint = signCheckpoint({ origin: log.name, size: range.size, root: root(range) }, [log]);
  const proofOf = (index: number) =>
    inclusionProof(index, range.size, async (ids) => ids.map((id) => stored.get(`${id.level}/${id.index}`)!));
  const fileOf = async (index: number, extra?: Buffer) =>
    formatTlogProof({ index, proof: await proofOf(index), checkpoint, ...(extra && { extra }) });

  it('puts header, extra, index, hashes, a blank line and the checkpoint verbatim in that order', async () => {
    const lines = (await fileOf(10, Buffer.from('x'))).split('\n');
    expect(lines.slice(0, 3)).toEqual(['c2sp.org/tlog-proof@v1', 'extra eA==', 'index 10']);
    expect(lines.slice(lines.indexOf('') + 1).join('\n')).toBe(checkpoint);
  });

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: Number.MAX_SAFE_INTEGER }),
        fc.array(hash32, { maxLength: 5 }),
        fc.uint8Array({ maxLength: 40 }),
        (index, proof, bytes) => {
          const extra = Buffer.from(bytes);
          expect(parseTlogProof(formatTlogProof({ index, proof, checkpoint, extra }))).toEqual({
            index,
            proof,
            checkpoint,
            extra,
          });
          expect(parseTlogProof(formatTlogProof({ index, proof, checkpoint }))).toEqual({ index, proof, checkpoint });
        },
      ),
    );
  });

  it('verifies for every entry, with the log key alone', async () => {
    for (const [index, entry] of entries.entries()) {
      expect(verifyTlogProof(await fileOf(index), entry, log.vkey)).toMatchObject({ index, checkpoint: { size: 11 } });
    }
  });

  it('does not verify for another entry, another index, another log or another size', async () => {
    const file = await fileOf(3);
    expect(() => verifyTlogProof(file, Buffer.from('entry 4'), log.vkey)).toThrow(
      expect.objectContaining({ name: 'ProofFault', code: 'ROOT_MISMATCH' }),
    );
    expect(() => verifyTlogProof(file.replace('index 3', 'index 2'), entries[3]!, log.vkey)).toThrow(
      expect.objectContaining({ code: 'ROOT_MISMATCH' }),
    );
    expect(() => verifyTlogProof(file.replace('index 3', 'index 11'), entries[3]!, log.vkey)).toThrow(
      expect.objectContaining({ code: 'INDEX_BEYOND_TREE' }),
    );
    expect(() => verifyTlogProof(file, entries[3]!, signer(2).vkey)).toThrow(fault('NO_KNOWN_SIGNATURE'));
    expect(() => verifyTlogProof(file.replace('\n11\n', '\n12\n'), entries[3]!, log.vkey)).toThrow(
      fault('BAD_SIGNATURE'),
    );
  });

  it('refuses every truncation of a file', async () => {
    const file = await fileOf(5);
    for (let end = 0; end < file.length; end++)
      expect(() => verifyTlogProof(file.slice(0, end), entries[5]!, log.vkey)).toThrow();
  });

  it('refuses a proof with a hash more than the tree is high', async () => {
    const file = (await fileOf(5)).replace('\n\n', `\n${Buffer.alloc(32).toString('base64')}\n\n`);
    expect(() => verifyTlogProof(file, entries[5]!, log.vkey)).toThrow(
      expect.objectContaining({ code: 'WRONG_LENGTH' }),
    );
  });

  it.each([
    ['another version', (file: string) => file.replace('@v1', '@v2'), 'MALFORMED_PROOF'],
    ['no index', (file: string) => file.replace('index 5\n', ''), 'MALFORMED_PROOF'],
    ['a leading zero in the index', (file: string) => file.replace('index 5', 'index 05'), 'MALFORMED_PROOF'],
    ['extra data after the index', (file: string) => file.replace('index 5', 'index 5\nextra eA=='), 'MALFORMED_PROOF'],
    ['extra data that is not base64', (file: string) => file.replace('index 5', 'extra e\nindex 5'), 'MALFORMED_PROOF'],
    [
      'a hash of 31 bytes',
      (file: string) => file.replace('index 5', `index 5\n${Buffer.alloc(31).toString('base64')}`),
      'MALFORMED_PROOF',
    ],
    ['carriage returns', (file: string) => file.replaceAll('\n', '\r\n'), 'MALFORMED_PROOF'],
    ['a million bytes', (file: string) => file + 'x'.repeat(1_000_000), 'TOO_LARGE'],
  ])('refuses a file with %s', async (_, change, code) => {
    const file = await fileOf(5);
    expect(() => parseTlogProof(change(file))).toThrow(fault(code));
  });
});
