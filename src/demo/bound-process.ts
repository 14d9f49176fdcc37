import { type ChildProcess, type StdioOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** A process that ends when this one does, however this one ends. */
export type BoundProcess = Readonly<{ child: ChildProcess; pid: number; ended: Promise<void> }>;

/** Another user of the operating system, by number. */
export type OsUser = Readonly<{ uid: number; gid: number }>;

export type BoundProcessOptions = Readonly<{
  command: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  stdio: StdioOptions;
  /** What the process gets when this one has died: its own way to end in order. */
  farewell: 'SIGTERM' | 'SIGINT';
  user?: OsUser | undefined;
}>;

const WATCHDOG = `process.stdin.resume().on('error', () => {}).on('close', () => {
  try { process.kill(Number(process.argv[1]), process.argv[2]); } catch {}
});`;

/**
 * Starts a process in a group of its own, so that Ctrl-C in the terminal reaches this process alone, and ties it to
 * this process: by the kernel (Linux, `PR_SET_PDEATHSIG`), elsewhere by a small watchdog. SIGKILL of this process
 * leaves nothing behind either way.
 */
export function spawnBound(options: BoundProcessOptions): BoundProcess {
  const { command, args, env, stdio, farewell, user } = options;
  const tie = canTie() ? ['setpriv', `--pdeathsig=${farewell.slice(3)}`, ...asUser(user), '--'] : [];
  const [program = command, ...rest] = [...tie, command, ...args];
  const child = spawn(program, rest, {
    env,
    stdio,
    detached: process.platform !== 'win32',
    windowsHide: true,
    ...(tie.length === 0 && user !== undefined ? user : {}),
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} cannot be started`);
  if (tie.length === 0) watch(pid, farewell);
  const ended = once(child, 'exit').then(
    () => undefined,
    () => undefined,
  );
  return { child, pid, ended };
}

function asUser(user: OsUser | undefined): readonly string[] {
  return user === undefined ? [] : [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'];
}

let tieable: boolean | undefined;

/** Whether util-linux is here; the setpriv of BusyBox knows no `--pdeathsig`. */
function canTie(): boolean {
  tieable ??=
    process.platform === 'linux' &&
    spawnSync('setpriv', ['--pdeathsig=TERM', '--', 'true'], { timeout: 5000 }).status === 0;
  return tieable;
}

function watch(pid: number, farewell: string): void {
  const watchdog = spawn(process.execPath, ['-e', WATCHDOG, String(pid), farewell], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    windowsHide: true,
  });
  watchdog.on('error', () => undefined);
  watchdog.unref();
  // A socket that is not unreferenced would keep this process alive.
  if (watchdog.stdin !== null && 'unref' in watchdog.stdin) (watchdog.stdin as { unref(): void }).unref();
}
