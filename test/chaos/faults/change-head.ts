import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../../src/demo/people/random.js';
import type { Appender, ChaosSystem } from '../system.js';
import type { Fault } from './fault.js';

/** docs/operations.md, The checkpoint file. */
const REFUSAL = /the head of the database .*; run "einmal audit recover"/;
const QUIET_MS = 800;

const PARTS = ['root', 'frontier', 'checkpoint'] as const;
type Part = (typeof PARTS)[number];
type Head = Readonly<{ size: string; root: Buffer; frontier: Buffer[]; checkpoint: string }>;

/**
 * One bit of the head is changed by the superuser: of the root, of the frontier or of a signature. Who runs appends nothing,
 * and nobody starts over it.
 */
export const changeHead: Fault = {
  name: 'change-head',
  what: 'one bit of the head changed by the superuser: nothing is appended, and nobody starts',
  needs: 'log',
  share: 1,
  async inject(system, random) {
    const isRunning = random.chance(0.5);
    const part = PARTS[random.below(PARTS.length)] ?? 'root';
    const kills = isRunning ? 0 : await system.killAll();
    const [before, after] = await replaceHead(system, (head) => changed(head, part, random));
    try {
      const violations = isRunning ? await appendsNothing(system, after) : await startsNothing(system);
      return { kills, note: `${part}, ${isRunning ? 'beneath running processes' : 'before a start'}`, violations };
    } finally {
      await replaceHead(system, (head) => (isSame(head, after) ? before : head));
      if (!isRunning) {
        await system.killAll();
        await system.restartAll();
      }
    }
  },
};

function changed(head: Head, part: Part, random: Random): Head {
  if (part === 'root') return { ...head, root: flipped(head.root, random) };
  if (part === 'frontier') {
    const at = random.below(head.frontier.length);
    return { ...head, frontier: head.frontier.map((hash, i) => (i === at ? flipped(hash, random) : hash)) };
  }
  // Within the signature, behind the four bytes that name the key.
  const start = head.checkpoint.lastIndexOf(' ') + 1;
  const signature = Buffer.from(head.checkpoint.slice(start), 'base64');
  const other = Buffer.concat([signature.subarray(0, 4), flipped(signature.subarray(4), random)]);
  return { ...head, checkpoint: `${head.checkpoint.slice(0, start)}${other.toString('base64')}\n` };
}

function flipped(bytes: Buffer, random: Random): Buffer {
  const copy = Buffer.from(bytes);
  const bit = random.below(copy.length * 8);
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
}

const isSame = (a: Head, b: Head) =>
  a.size === b.size &&
  a.root.equals(b.root) &&
  a.checkpoint === b.checkpoint &&
  Buffer.concat(a.frontier).equals(Buffer.concat(b.frontier));

/** Under the lock of the head, past the triggers that would refuse it. Gives the head before and after. */
async function replaceHead({ database }: ChaosSystem, change: (head: Head) => Head): Promise<readonly [Head, Head]> {
  const client = await database.connect();
  try {
    await client.query(`begin; set local session_replication_role = replica`);
    const { rows } = await client.query<Head>('select size, root, frontier, checkpoint from log.head for update');
    const [before] = rows;
    if (before === undefined) throw new Error('the log has no head');
    const after = change(before);
    await client.query('update log.head set root = $1, frontier = $2, checkpoint = $3', [
      after.root,
      after.frontier,
      after.checkpoint,
    ]);
    await client.query('commit');
    return [before, after];
  } finally {
    client.release();
  }
}

async function appendsNothing({ database }: ChaosSystem, head: Head): Promise<readonly string[]> {
  await sleep(QUIET_MS);
  const { rows } = await database.query<Head>('select size, root, frontier, checkpoint from log.head');
  const [now] = rows;
  return now !== undefined && isSame(now, head) ? [] : ['something was appended to a head that the log did not sign'];
}

async function startsNothing({ appenders }: ChaosSystem): Promise<readonly string[]> {
  const refuses = async (appender: Appender) => {
    const why = await appender.start();
    if (why === undefined) return [`${appender.name} serves over a changed head`];
    return REFUSAL.test(why) ? [] : [`${appender.name} does not say that the head was changed: ${why}`];
  };
  return (await Promise.all(appenders.map(refuses))).flat();
}
