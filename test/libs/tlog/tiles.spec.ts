import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HASH_BYTES, nodeHash } from '#libs/merkle/hash.js';
import { consistencyProof, inclusionProof } from '#libs/merkle/proof.js';
import { verifyConsistency, verifyInclusion } from '#libs/merkle/verify.js';
import { formatEntryBundle, parseEntryBundle } from '#libs/tlog/entry-bundle.js';
import { formatTile, parseTile, subtreeHash } from '#libs/tlog/tile.js';
import { isInTree, parseTilePath, type TileId, tileOfTree, tilePath, tilesOf } from '#libs/tlog/tile-path.js';
import { nodesFromTiles, type TileReader, tileReader } from '#libs/tlog/tile-reader.js';
import { TreeBuilder } from '#libs/tlog/tree-builder.js';
import { naiveConsistency, naiveLeaf, naivePath, naiveRoot } from '../merkle/naive-tree.js';
import { serve, syntheticEntries } from './served-log.js';

const fault = (code: string, more: object = {}) => expect.objectContaining({ name: 'TileFault', code, ...more });
const anyTile: fc.Arbitrary<TileId> = fc.record({
  level: fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant('entries' as const)),
  index: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
  width: fc.integer({ min: 1, max: 256 }),
});

describe('paths of tiles and bundles (C2SP tlog-tiles, Merkle Tree)', () => {
  it.each([
    ['tile/0/x001/x234/067', { level: 0, index: 1234067, width: 256 }],
    ['tile/0/000', { level: 0, index: 0, width: 256 }],
    ['tile/1/999.p/17', { level: 1, index: 999, width: 17 }],
    ['tile/63/x001/000.p/255', { level: 63, index: 1000, width: 255 }],
    ['tile/entries/x001/x234/067.p/1', { level: 'entries', index: 1234067, width: 1 }],
  ] as const)('writes and reads %s', (path, tile) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  it('reads back every path that it writes', () => {
    fc.assert(fc.property(anyTile, (tile) => expect(parseTilePath(tilePath(tile))).toEqual(tile)));
  });

  it.each([
    'tile/00/000',
    'tile/64/000',
    'tile/-1/000',
    'tile/0/0',
    'tile/0/0000',
    'tile/0/x000/001',
    'tile/0/001/002',
    'tile/0/x001',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/000.p/',
    'tile/data/000',
    'tile/0/000/',
    '/tile/0/000',
    'tile/0/../../etc/passwd',
    'tile/0/x999/x999/x999/x999/x999/999',
    'checkpoint',
    '',
  ])('refuses %s', (path) => {
    expect(() => parseTilePath(path)).toThrow(fault('MALFORMED_PATH'));
  });

  it('knows the tiles of the tree of 70,000 leaves (C2SP tlog-tiles, Partial Tiles)', () => {
    const tiles = [...tilesOf(0, 70_000)].filter(({ level }) => level !== 'entries');
    const summary = [0, 1, 2].map((level) => ({
      full: tiles.filter((tile) => tile.level === level && tile.width === 256).length,
      partial: tiles.filter((tile) => tile.level === level && tile.width < 256).map(({ width }) => width),
    }));
    expect(summary).toEqual([
      { full: 273, partial: [112] },
      { full: 1, partial: [17] },
      { full: 0, partial: [1] },
    ]);
    expect(tiles).toHaveLength(274 + 2 + 1);
  });

  it('gives a tree of 256 leaves a full tile and a partial one above it (C2SP tlog-tiles, Partial Tiles)', () => {
    expect([...tilesOf(0, 256)].map(tilePath)).toEqual(['tile/entries/000', 'tile/0/000', 'tile/1/000.p/1']);
  });

  it('names exactly what a growing log has to publish', () => {
    expect([...tilesOf(255, 257)].map(tilePath)).toEqual([
      'tile/entries/000',
      'tile/entries/001.p/1',
      'tile/0/000',
      'tile/0/001.p/1',
      'tile/1/000.p/1',
    ]);
    expect([...tilesOf(7, 7)]).toEqual([]);
    expect([...tilesOf(9, 7)]).toEqual([]);
    fc.assert(
      fc.property(fc.nat({ max: 200_000 }), fc.nat({ max: 2_000 }), (oldSize, growth) => {
        const before = new Set([...tilesOf(0, oldSize)].map(tilePath));
        const added = [...tilesOf(0, oldSize + growth)].map(tilePath).filter((path) => !before.has(path));
        expect([...tilesOf(oldSize, oldSize + growth)].map(tilePath)).toEqual(added);
      }),
      { numRuns: 30 },
    );
  });

  it('has tiles of trees that are not larger, and of no larger ones', () => {
    expect(isInTree({ level: 0, index: 1, width: 44 }, 300)).toBe(true);
    expect(isInTree({ level: 0, index: 1, width: 10 }, 300)).toBe(true);
    expect(isInTree({ level: 0, index: 1, width: 45 }, 300)).toBe(false);
    expect(isInTree({ level: 2, index: 0, width: 1 }, 65_535)).toBe(false);
    expect(tileOfTree('entries', 1, 300)).toEqual({ level: 'entries', index: 1, width: 44 });
    expect(() => tileOfTree(0, 2, 300)).toThrow(fault('NOT_IN_TREE'));
    expect(() => tileOfTree(0, -1, 300)).toThrow(expect.objectContaining({ code: 'SIZE_INVALID' }));
  });
});

describe('bytes of tiles and bundles (C2SP tlog-tiles)', () => {
  const hashes = Array.from({ length: 256 }, (_, i) => Buffer.alloc(HASH_BYTES, i));

  it('puts 256 hashes into 8,192 bytes (C2SP tlog-tiles, Merkle Tree)', () => {
    expect(formatTile(hashes)).toHaveLength(8192);
    expect(parseTile(formatTile(hashes), 256)).toEqual(hashes);
  });

  it('refuses a tile that is cut off, too long, or of no hashes', () => {
    const bytes = formatTile(hashes.slice(0, 3));
    for (const [wrong, byte] of [
      [bytes.subarray(0, 95), 95],
      [bytes.subarray(0, 64), 64],
      [Buffer.concat([bytes, Buffer.of(0)]), 96],
    ] as const)
      expect(() => parseTile(wrong, 3)).toThrow(fault('MALFORMED_TILE', { byte }));
    expect(() => formatTile([])).toThrow(fault('MALFORMED_TILE'));
    expect(() => formatTile([...hashes, hashes[0]!])).toThrow(fault('MALFORMED_TILE'));
    expect(() => formatTile([Buffer.alloc(31)])).toThrow(expect.objectContaining({ code: 'HASH_LENGTH' }));
  });

  it('writes lengths as big-endian uint16 (C2SP tlog-tiles, Log entries)', () => {
    expect(formatEntryBundle([Buffer.from('ab'), Buffer.alloc(0), Buffer.alloc(258, 1)])).toEqual(
      Buffer.concat([
        Buffer.from('00026162', 'hex'),
        Buffer.from('0000', 'hex'),
        Buffer.from('0102', 'hex'),
        Buffer.alloc(258, 1),
      ]),
    );
  });

  it('reads back every bundle that it writes, and no piece of it', () => {
    const entries = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 256 });
    fc.assert(
      fc.property(entries, fc.nat(), (some, cut) => {
        const bytes = formatEntryBundle(some);
        expect(parseEntryBundle(bytes, some.length)).toEqual(some.map((entry) => Buffer.from(entry)));
        const piece = bytes.subarray(0, cut % bytes.length);
        expect(() => parseEntryBundle(piece, some.length)).toThrow(fault('MALFORMED_BUNDLE'));
        expect(() => parseEntryBundle(bytes, some.length + 1)).toThrow(
          fault('MALFORMED_BUNDLE', { byte: bytes.length }),
        );
      }),
    );
  });

  it('says at which byte a bundle breaks off', () => {
    const bytes = formatEntryBundle([Buffer.from('abc'), Buffer.from('de')]);
    expect(() => parseEntryBundle(bytes.subarray(0, 8), 2)).toThrow(fault('MALFORMED_BUNDLE', { byte: 5 }));
    expect(() => parseEntryBundle(Buffer.concat([bytes, bytes]), 2)).toThrow(fault('MALFORMED_BUNDLE', { byte: 9 }));
  });

  it('refuses an entry that no uint16 can measure', () => {
    expect(formatEntryBundle([Buffer.alloc(65_535)])).toHaveLength(65_537);
    expect(() => formatEntryBundle([Buffer.alloc(65_536)])).toThrow(fault('ENTRY_TOO_LARGE'));
    expect(() => formatEntryBundle([])).toThrow(fault('MALFORMED_BUNDLE'));
  });

  it('hashes what lies between the levels of tiles', () => {
    expect(subtreeHash(hashes, 0, 7)).toEqual(hashes[7]);
    expect(subtreeHash(hashes, 1, 3)).toEqual(nodeHash(hashes[6]!, hashes[7]!));
    expect(subtreeHash(hashes, 8, 0)).toEqual(naiveRoot(hashes));
    expect(() => subtreeHash(hashes.slice(0, 5), 1, 2)).toThrow(fault('NOT_IN_TREE'));
  });
});

describe('reading a tree from its tiles (C2SP tlog-tiles)', () => {
  it('gives the proofs that the leaves give (RFC 6962 § 2.1.1, § 2.1.2)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1200 }), fc.nat(), fc.nat(), async (size, a, b) => {
        const entries = syntheticEntries(size);
        const leaves = entries.map(naiveLeaf);
        const readNodes = nodesFromTiles(tileReader(serve(entries).fetchResource), size);
        const [index, oldSize] = [a % size, (b % size) + 1];
        expect(await inclusionProof(index, size, readNodes)).toEqual(naivePath(index, leaves));
        expect(await consistencyProof(oldSize, size, readNodes)).toEqual(naiveConsistency(oldSize, leaves));
      }),
      { numRuns: 25 },
    );
  });

  it('finds its way in trees of up to 2^40 leaves', async () => {
    // All leaves are the same, so a hash depends on its level alone and no tree has to be stored.
    const rows = [naiveLeaf(Buffer.of(1))];
    for (let level = 1; level <= 53; level++) rows.push(nodeHash(rows[level - 1]!, rows[level - 1]!));
    const reader: TileReader = {
      hashes: async ({ level, width }) => Array<Buffer>(width).fill(rows[Number(level) * 8]!),
      entries: async () => [],
    };
    const rootOf = (size: number): Buffer => {
      const level = Math.floor(Math.log2(size));
      return size === 2 ** level ? rows[level]! : nodeHash(rows[level]!, rootOf(size - 2 ** level));
    };
    const size40 = fc.integer({ min: 1, max: 2 ** 40 });
    await fc.assert(
      fc.asyncProperty(size40, size40, fc.nat({ max: 2 ** 31 }), async (a, b, at) => {
        const [oldSize, newSize] = [Math.min(a, b), Math.max(a, b)];
        const readNodes = nodesFromTiles(reader, newSize);
        const [oldRoot, newRoot] = [rootOf(oldSize), rootOf(newSize)];
        verifyConsistency({
          oldSize,
          newSize,
          oldRoot,
          newRoot,
          proof: await consistencyProof(oldSize, newSize, readNodes),
        });
        const index = at % newSize;
        const proof = await inclusionProof(index, newSize, readNodes);
        verifyInclusion({ index, size: newSize, leafHash: rows[0]!, proof, root: newRoot });
      }),
      { numRuns: 100 },
    );
  });

  it('takes a partial tile from the full one when it is gone (C2SP tlog-tiles, Partial Tiles)', async () => {
    const entries = syntheticEntries(600);
    const log = serve(entries);
    const reader = tileReader(log.fetchResource);
    expect(await reader.hashes({ level: 0, index: 1, width: 3 })).toEqual(entries.slice(256, 259).map(naiveLeaf));
    expect(await reader.entries({ level: 'entries', index: 1, width: 3 })).toEqual(entries.slice(256, 259));
  });

  it('says what is missing, cut off or too long', async () => {
    const { files } = serve(syntheticEntries(600));
    const broken = new Map(files);
    broken.set('tile/0/000', files.get('tile/0/000')!.subarray(0, 8191));
    broken.set('tile/0/001', Buffer.concat([files.get('tile/0/001')!, Buffer.of(0)]));
    broken.delete('tile/0/002.p/88');
    const reader = tileReader(async (path) => broken.get(path));
    await expect(reader.hashes({ level: 0, index: 0, width: 256 })).rejects.toThrow(fault('MALFORMED_TILE'));
    await expect(reader.hashes({ level: 0, index: 1, width: 256 })).rejects.toThrow(fault('MALFORMED_TILE'));
    await expect(reader.hashes({ level: 0, index: 2, width: 88 })).rejects.toThrow(fault('TILE_MISSING'));
  });

  it('asks for a tile once, keeps few, and forgets failures', async () => {
    const { files } = serve(syntheticEntries(1024));
    const asked: string[] = [];
    let isDown = false;
    const reader = tileReader(
      async (path) => {
        asked.push(path);
        if (isDown) throw new Error('down');
        return files.get(path);
      },
      { cachedTiles: 2 },
    );
    const tile = (index: number): TileId => ({ level: 0, index, width: 256 });
    await Promise.all([reader.hashes(tile(0)), reader.hashes(tile(0)), reader.hashes(tile(1))]);
    expect(asked).toEqual(['tile/0/000', 'tile/0/001']);
    await reader.hashes(tile(2));
    await reader.hashes(tile(1));
    expect(asked).toHaveLength(3);
    await reader.hashes(tile(0));
    expect(asked).toHaveLength(4);
    isDown = true;
    await expect(reader.hashes(tile(3))).rejects.toThrow('down');
    isDown = false;
    expect(await reader.hashes(tile(3))).toHaveLength(256);
  });

  it('builds all tiles and the root from leaf hashes alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 70_000 }), fc.integer({ min: 1, max: 700 }), (size, step) => {
        const entries = syntheticEntries(size);
        const leaves = entries.map(naiveLeaf);
        const builder = new TreeBuilder();
        const built = [];
        for (let at = 0; at < size; at += step) built.push(...builder.add(leaves.slice(at, at + step)));
        const served = serve(entries);
        const tiles = [...built, ...builder.partialTiles()];
        expect(builder.root()).toEqual(served.root);
        for (const { tile, hashes } of tiles)
          expect(formatTile(hashes).equals(served.files.get(tilePath(tile))!)).toBe(true);
        expect(tiles).toHaveLength([...tilesOf(0, size)].filter(({ level }) => level !== 'entries').length);
      }),
      { numRuns: 6 },
    );
  });
});
