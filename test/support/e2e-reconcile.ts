import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningSystem } from '../../src/demo/supervisor.js';

export const TOLERANCE_SECONDS = 2;
/** Edges give no lines younger than 12 seconds; with the tolerance twice and a little for the start of the command. */
const SETTLED_MS = 20_000;

/** What the command says: its exit code, and its document where it could tell. */
export type Told = Readonly<{
  code: number;
  stderr: string;
  document: Readonly<{
    retrievals: number;
    lines: number;
    open: number;
    undecided: number;
    differences: number;
    new_differences: number;
    findings: readonly Readonly<{ kind: string; retrieval?: string; register_sequence?: number; ours?: string }>[];
  }>;
}>;

/** Until both logs can be compared about what has happened by now. Returns the end of that period. */
export async function settled(): Promise<Date> {
  const now = new Date();
  await sleep(SETTLED_MS);
  return now;
}

/** `einmal audit reconcile` as an operator runs it beside the node. */
export function reconcile(
  system: RunningSystem,
  register: string,
  period: Readonly<{ from: Date; to: Date }>,
  options: readonly string[] = ['--json'],
): Promise<Told> {
  const { dataFolder, pki, databases, trust } = system;
  const times = ['--from', period.from.toISOString(), '--to', period.to.toISOString()];
  const args = ['dist/src/cli/main.js', 'audit', 'reconcile', '--register', register, ...times, ...options];
  const env = {
    PATH: process.env.PATH,
    EINMAL_PARTICIPANT: 'node',
    EINMAL_CATALOGUE: join(dataFolder, 'catalogue'),
    EINMAL_KEYS: pki.folderOf('node'),
    EINMAL_LOG_ORIGIN: trust.log.split('+')[0],
    EINMAL_CHECKPOINT_FILE: join(dataFolder, 'state', 'checkpoint'),
    EINMAL_RECONCILE_TOLERANCE_SECONDS: String(TOLERANCE_SECONDS),
    DATABASE_URL: databases.urlOf('node'),
  };
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env, timeout: 60_000 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code);
      resolve({ code, stderr, document: stdout.startsWith('{') ? JSON.parse(stdout) : undefined });
    });
  });
}
