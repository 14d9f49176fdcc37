import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../../../src/platform/paths.js';
import { verifyLog } from '../../verifier/second-verifier.js';
import { servedLog } from '../checks/served-log.js';
import type { ChaosSystem } from '../system.js';
import type { Fault } from './fault.js';

const run = promisify(execFile);
/** A tree with so many leaves has a hash in its second row of tiles. */
const TILE_WIDTH = 256;

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
    // Not the first byte of a leaf: that one is its version.
    const bit = random.between(isTile ? 0 : 8, 255);
    const flip = isTile ? flipNode(at, bit) : flipEntry(at, bit);
    await asOwnerOfAll(system, flip);
    try {
      const violations = await named(system, isTile ? { path: /^tile\/1\// } : { leaf: at });
      return { kills: 0, note: isTile ? 'tile' : 'entry', violations };
    } finally {
      await asOwnerOfAll(system, flip);
    }
  },
};

/** The hash goes with the leaf, as whoever wanted to hide it would do it. */
const flipEntry = (index: number, bit: number) =>
  `update log.entry set leaf_hash = sha256('\\x00'::bytea || set_bit(leaf, ${bit}, 1 - get_bit(leaf, ${bit}))),
     leaf = set_bit(leaf, ${bit}, 1 - get_bit(leaf, ${bit})) where index = ${index}`;

const flipNode = (index: number, bit: number) =>
  `update log.node set hash = set_bit(hash, ${bit}, 1 - get_bit(hash, ${bit})) where level = 8 and index = ${index}`;

/** Past the triggers that would refuse it. */
async function asOwnerOfAll({ database }: ChaosSystem, statement: string): Promise<void> {
  const client = await database.connect();
  try {
    await client.query('begin');
    await client.query('set local session_replication_role = replica');
    const { rowCount } = await client.query(statement);
    if (rowCount !== 1) throw new Error('the bit to be changed is not there');
    await client.query('commit');
  } finally {
    client.release();
  }
}

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
