import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { postgresBinaries } from '../src/demo/postgres-binaries.js';

/** What the figures depend on. */
export type Machine = Readonly<{ cores: number; node: string; postgres: string }>;

export async function machine(): Promise<Machine> {
  const { postgres } = await postgresBinaries();
  const { stdout } = await promisify(execFile)(postgres, ['--version']);
  return { cores: availableParallelism(), node: process.version, postgres: stdout.trim().replace(/^.* /, '') };
}
