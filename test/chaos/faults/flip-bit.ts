import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../../../src/platform/paths.js';
import { verifyLog } from '../../verifier/second-verifier.js';
import { servedLog } from '../checks/served-log.js';
import type { ChaosSystem } from '../system.js';
import type { Fault } from './fault.js';
import { changeRow, flipLeaf, flipNode } from './flipped-row.js';

const run = promisify(execFile);
/** A tree with so many leaves has a hash in its second row of tiles. */
const TILE_WIDTH = 256;
const TILE_HEIGHT = 8;

/** Somebody with all rights over the database changes one bit of the tree: whoever verifies the log finds where. */
export const flipBit: Fault = {
  name: 'flip-bit',
  what: 'one bit of an entry or a tile changed by the superuser; `einmal verify` and the second verifier name it',
  needs: 'exchanges',
  share: 1,
  async inject(system, random) {
    const { rows } = await system.database.query<{ size: string }>('select size from log.head');
    const size = Number(rows[0]?.size);
    const isTile = size >= TILE_WIDTH && random.chance(0.5);
    const at = random.below(isTile ? Math.floor(size / TILE_WIDTH) : size);
    const bit = random.between(0, 255);
    const flip = isTile ? flipNode(TILE_HEIGHT, at, bit) : flipLeaf(at, bit);
    await changeRow(system.database, flip);
    try {
      const violations = await named(system, isTile ? { path: /^tile\/1\// } : { leaf: at });
      return { kills: 0, note: isTile ? 'tile' : 'entry', violations };
    } finally {
      await changeRow(system.database, flip);
    }
  },
};

type Place = Readonly<{ leaf?: number; path?: RegExp }>;
type Verdict = Readonly<{ checks: readonly Readonly<{ state: string; leaf?: number; path?: string }>[] }>;

async function named(system: ChaosSystem, place: Place): Promise<readonly string[]> {
  const { node, vkey, running } = system;
  const { code, verdict } = await einmalVerify(`${node.httpUrl}/log`, vkey, running.pki.caFile);
  const isNamed = verdict.checks.some(
    ({ state, leaf, path }) =>
      state === 'fails' && (place.leaf === undefined ? place.path?.test(path ?? '') : leaf === place.leaf),
  );
  const { faults } = await verifyLog(await servedLog(`${node.httpUrl}/log`, running.pki.caFile), vkey);
  return [
    ...(code === 1 && isNamed ? [] : [`"einmal verify log" did not name the changed bit: ${JSON.stringify(verdict)}`]),
    ...(faults.length > 0 ? [] : ['the second verifier did not find the changed bit']),
  ];
}

async function einmalVerify(url: string, vkey: string, ca: string) {
  const cli = join(packageRoot, 'dist', 'src', 'cli', 'main.js');
  const args = [cli, 'verify', 'log', url, '--vkey', vkey, '--ca', ca, '--json'];
  const { stdout, code } = await run(process.execPath, args, { maxBuffer: 64 * 1024 * 1024 }).then(
    ({ stdout }) => ({ stdout, code: 0 }),
    (error: Readonly<{ code: number; stdout: string }>) => error,
  );
  return { code, verdict: JSON.parse(stdout) as Verdict };
}
