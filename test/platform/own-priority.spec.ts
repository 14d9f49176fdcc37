import { execFile } from 'node:child_process';
import { getPriority } from 'node:os';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const MODULE = new URL('../../src/platform/own-priority.ts', import.meta.url).href;

/** In a process of its own, since nobody but root takes a step back again. */
const SCRIPT = `
  import { once } from 'node:events';
  import { getPriority } from 'node:os';
  import { Worker } from 'node:worker_threads';
  const inThread = \`
    import { getPriority } from 'node:os';
    import { parentPort } from 'node:worker_threads';
    import { letOthersGoFirst } from ${JSON.stringify(MODULE)};
    letOthersGoFirst();
    parentPort.postMessage(getPriority());\`;
  const [thread] = await once(new Worker(inThread, { eval: true }), 'message');
  console.log(JSON.stringify({ thread, main: getPriority() }));`;

test('a thread that lets others go first stands back by itself, and the answers of its process do not', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', SCRIPT]);
  const own = getPriority();
  const behind = process.platform === 'linux' ? Math.min(19, own + 10) : own;
  expect(JSON.parse(stdout)).toEqual({ thread: behind, main: own });
});
