import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { emptyRoot } from '#libs/merkle/hash.js';
import { verifyTree } from '#libs/tlog/verify-tree.js';
import { naiveLeaf, naiveRoot } from '../merkle/naive-tree.js';
import { damaged, flipped, type ServedLog, serve, syntheticEntries } from './served-log.js';

const SIZE = 66_000;
const entries = syntheticEntries(SIZE);
const log = serve(entries);
const small = serve(entries.slice(0, 700));

const faultsOf = async (served: ServedLog, more: object = {}) =>
  (await verifyTree({ tree: served, fetchResource: served.fetchResource, ...more })).faults;

describe('verification of a whole log from what it serves (C2SP tlog-tiles, RFC 6962 § 2.1)', () => {
  it('holds for an honest log of every shape', async () => {
    for (const size of [0, 1, 2, 255, 256, 257, 511, 512, 700]) {
      const seen: number[] = [];
      const served = serve(entries.slice(0, size));
      const onProgress = (leaves: number) => seen.push(leaves);
      const verdict = await verifyTree({ tree: served, fetchResource: served.fetchResource, onProgress });
      expect(verdict).toEqual({ leaves: size, faults: [] });
      expect(seen.at(-1) ?? 0).toBe(size);
    }
    expect(await faultsOf(log)).toEqual([]);
  });

  it('names the entry that was changed', async () => {
    const path = 'tile/entries/002';
    const at = 2 + entries[512]!.length + 2;
    const changed = damaged(log, path, (bytes) => flipped(bytes, 8 * (at + 3)));
    expect(await faultsOf(changed)).toEqual([
      { kind: 'ENTRY', path, leaf: 513, byte: at, message: 'not the entry that was logged' },
    ]);
  });

  it.each([
    ['tile/0/257.p/208', 40, { leaf: 257 * 256 + 1, byte: 40 }],
    ['tile/1/000', 32 * 7 + 5, { leaf: 7 * 256, byte: 32 * 7 + 5 }],
    ['tile/1/001.p/1', 0, { leaf: 65_536, byte: 0 }],
    ['tile/2/000.p/1', 31, { leaf: 0, byte: 31 }],
  ])('names the byte of the tile that was changed: %s', async (path, byte, expected) => {
    const changed = damaged(log, path, (bytes) => flipped(bytes, 8 * byte));
    expect(await faultsOf(changed)).toEqual([expect.objectContaining({ kind: 'TILE', path, ...expected })]);
  });

  it('finds any flipped bit and names the file it is in', async () => {
    const paths = [...small.files.keys()];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.nat(), async (path, bit) => {
        const changed = damaged(small, path, (bytes) => flipped(bytes, bit % (8 * bytes.length)));
        const faults = await faultsOf(changed);
        expect(faults[0]).toMatchObject({ path, kind: path.includes('entries') ? 'ENTRY' : 'TILE' });
      }),
      { numRuns: 60 },
    );
  });

  it('finds any file that is cut off or longer', async () => {
    for (const path of small.files.keys()) {
      for (const change of [
        (bytes: Buffer) => bytes.subarray(0, -1),
        (bytes: Buffer) => Buffer.concat([bytes, Buffer.of(0)]),
        () => Buffer.alloc(0),
      ])
        expect((await faultsOf(damaged(small, path, change)))[0]).toMatchObject({ path });
    }
  });

  it('cannot tell without a file, and says which', async () => {
    for (const path of small.files.keys())
      expect(await faultsOf(damaged(small, path, () => undefined))).toEqual([
        expect.objectContaining({ kind: 'MISSING', path }),
      ]);
  });

  it('stops where neither entries nor hashes can be read', async () => {
    const first = damaged(small, 'tile/entries/001', () => undefined);
    const both = damaged(first, 'tile/0/001', () => undefined);
    const verdict = await verifyTree({ tree: both, fetchResource: both.fetchResource });
    expect(verdict).toMatchObject({ leaves: 256, faults: [{ kind: 'MISSING' }, { kind: 'MISSING' }] });
  });

  it('does not take another tree for the signed one, however well its parts fit', async () => {
    const other = serve(syntheticEntries(700, 'other '));
    expect(await faultsOf({ ...other, root: small.root })).toEqual([expect.objectContaining({ kind: 'ROOT' })]);
  });

  it('says where entries and tiles part when the signed root fits neither', async () => {
    const changed = damaged(small, 'tile/entries/001', (bytes) => flipped(bytes, 8 * 100));
    const faults = await faultsOf({ ...changed, root: emptyRoot });
    expect(faults.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['DISAGREEMENT', 'ROOT']));
  });

  it('finds an entry that is not as the log says its entries are', async () => {
    const checkEntry = (entry: Buffer) => (entry.includes('entry 300') ? 'not an entry of this log' : undefined);
    expect(await faultsOf(small, { checkEntry })).toEqual([
      expect.objectContaining({
        kind: 'ENTRY',
        leaf: 300,
        path: 'tile/entries/001',
        message: 'not an entry of this log',
      }),
    ]);
  });

  it('holds an earlier tree against the beginning of this one (RFC 6962 § 2.1.2)', async () => {
    for (const size of [0, 1, 255, 256, 300, 700]) {
      const root = naiveRoot(entries.slice(0, size).map(naiveLeaf));
      expect(await faultsOf(small, { earlier: { size, root } })).toEqual([]);
      const other = { size, root: flipped(root, 77) };
      expect(await faultsOf(small, { earlier: other })).toEqual([expect.objectContaining({ kind: 'EARLIER_ROOT' })]);
    }
    await expect(faultsOf(small, { earlier: { size: 701, root: small.root } })).rejects.toThrow(
      expect.objectContaining({ code: 'SIZE_ORDER' }),
    );
  });

  it('hands on what the source of the log suffers', async () => {
    const fetchResource = async (path: string) => {
      if (path === 'tile/0/002.p/188') throw new Error('connection reset');
      return small.files.get(path);
    };
    await expect(verifyTree({ tree: small, fetchResource })).rejects.toThrow('connection reset');
  });
});
