import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { familyOf } from './family.js';

const run = promisify(execFile);

/** Whether processes can be kept from a processor here: Linux, `taskset` (util-linux), more than one to begin with. */
export function mayTakeProcessors(): boolean {
  return (
    process.platform === 'linux' &&
    spawnSync('taskset', ['--version']).status === 0 &&
    /[,-]/.test(processorsOf(process.pid))
  );
}

/** On which processors a process may run, as the kernel lists them: `0-1`, `0,2`. */
export function processorsOf(pid: number): string {
  const allowed = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (allowed === undefined) throw new Error(`the kernel does not say where process ${pid} may run`);
  return allowed;
}

/** Lets these processes and all that descend from them, with every thread, run on these processors only. */
export async function keepTo(processors: string, roots: readonly number[]): Promise<void> {
  // Who is started meanwhile may have the old ones still; whoever that starts does not.
  for (let round = 0; round < 2; round++)
    for (const pid of familyOf(roots)) {
      // Nothing to do for a process that has ended since.
      await run('taskset', ['-a', '-c', '-p', processors, String(pid)]).catch(() => undefined);
    }
}
