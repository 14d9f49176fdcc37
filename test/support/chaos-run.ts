import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { inheritedEnvironment } from '../../src/demo/inherited-environment.js';

const MOST_MS = 420_000;

/** What of the report the tests read. */
export type ChaosReport = Readonly<{
  kills: number;
  faults: readonly Readonly<{
    name: string;
    injected: number;
    answers: number;
    lost: number;
    notes: string[];
    violations: string[];
  }>[];
  log: Readonly<{ entries: number; acknowledged: number; checkpoints: number; unknown: number }>;
  violations: readonly string[];
}>;

/** The harness as a process, from the build in this folder. `said` is its standard error. */
export async function chaosRun(folder: string, args: readonly string[]) {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(folder, 'dist/test/chaos/main.js'), '--json', ...args],
    {
      cwd: folder,
      env: inheritedEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: MOST_MS,
      killSignal: 'SIGKILL',
    },
  );
  let [printed, said] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said, report: printed === '' ? undefined : (JSON.parse(printed) as ChaosReport) };
}
