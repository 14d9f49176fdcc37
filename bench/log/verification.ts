import { spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { leafHash } from '#libs/merkle/hash.js';
import { signCheckpoint } from '#libs/tlog/checkpoint.js';
import { formatEntryBundle } from '#libs/tlog/entry-bundle.js';
import { formatTile } from '#libs/tlog/tile.js';
import { type TileId, tilePath } from '#libs/tlog/tile-path.js';
import { TreeBuilder } from '#libs/tlog/tree-builder.js';
import { packageRoot } from '../../src/platform/paths.js';
import { YOUNG_GENERATION } from '../../src/platform/young-generation.js';
import type { BenchContext, MeasureGroup, Reading } from '../measure.js';
import { median } from '../statistics.js';
import { benchSigner } from './log-cluster.js';

const ENTRIES = 1_000_000;
const BUNDLE = 256;
const ROUNDS = 3;

/** `einmal verify log` as anybody runs it, in a process of its own, over a million entries in a folder. */
export const verification: MeasureGroup = {
  name: 'log',
  measures: [
    { id: 'log.verify_million_s', unit: 's', better: 'lower', target: 60 },
    { id: 'log.verify_rss_mb', unit: 'MB', better: 'lower', target: 300 },
  ],
  run: verifyMillion,
};

async function verifyMillion(context: BenchContext): Promise<Readonly<Record<string, Reading>>> {
  const folder = await mkdtemp(join(tmpdir(), 'einmal-bench-'));
  try {
    context.log(`writing a log of ${ENTRIES} entries as tiles`);
    const vkey = await writeLog(folder);
    const [seconds, megabytes]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      const { took, rssMb } = await verify(folder, vkey);
      seconds.push(took);
      megabytes.push(rssMb);
    }
    return {
      'log.verify_million_s': { value: median(seconds), samples: seconds },
      'log.verify_rss_mb': { value: Math.max(...megabytes), samples: megabytes },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeLog(folder: string): Promise<string> {
  const signer = benchSigner();
  const tree = new TreeBuilder();
  const keep = async (tile: TileId, bytes: Buffer) => {
    const path = join(folder, tilePath(tile));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  };
  for (let first = 0; first < ENTRIES; first += BUNDLE) {
    const width = Math.min(BUNDLE, ENTRIES - first);
    const leaves = Array.from({ length: width }, (_, i) =>
      Buffer.concat([Buffer.of(1), hash('sha256', `synthetic ${first + i}`, 'buffer')]),
    );
    await keep({ level: 'entries', index: first / BUNDLE, width }, formatEntryBundle(leaves));
    for (const { tile, hashes } of tree.add(leaves.map(leafHash))) await keep(tile, formatTile(hashes));
  }
  for (const { tile, hashes } of tree.partialTiles()) await keep(tile, formatTile(hashes));
  const head = { origin: signer.name, size: tree.size, root: tree.root() };
  await writeFile(join(folder, 'checkpoint'), signCheckpoint(head, [signer]));
  return signer.vkey;
}

/** Whole process: start of Node, reading, hashing, printing. Its peak memory as the operating system counted it. */
async function verify(folder: string, vkey: string): Promise<{ took: number; rssMb: number }> {
  const began = performance.now();
  const tellMemory = `data:text/javascript,process.on('exit',()=>process.send(process.resourceUsage().maxRSS))`;
  const cli = join(packageRoot, 'dist', 'src', 'cli', 'main.js');
  // Node with the flag that the first line of the command gives it.
  const flags = [YOUNG_GENERATION, '--import', tellMemory];
  const child = spawn(process.execPath, [...flags, cli, 'verify', 'log', folder, '--vkey', vkey], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let rssMb = Number.NaN;
  child.on('message', (kilobytes) => {
    rssMb = Number(kilobytes) / 1024;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`verification ended with ${code}`);
  return { took: (performance.now() - began) / 1000, rssMb };
}
