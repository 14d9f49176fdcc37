import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CatalogueChanges, connectCatalogueChanges } from '../../src/client/catalogue-changes.js';
import { IDENTITY_PROVIDER } from '../../src/demo/demo-pages.js';
import { inheritedEnvironment } from '../../src/demo/inherited-environment.js';
import type { RunningSystem } from '../../src/demo/supervisor.js';
import { packageRoot } from '../../src/platform/paths.js';
import { importSigningKey } from '../../src/tokens/jws.js';
import { eventually } from './eventually.js';

export type Ran = Readonly<{ code: number; out: string; said: string }>;

/** Runs `einmal`, as somebody at a terminal would. */
export async function einmal(...args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, [join(packageRoot, 'dist', 'src', 'cli', 'main.js'), ...args], {
    env: inheritedEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, said] = ['', ''];
  child.stdout.on('data', (text: Buffer) => {
    out += text.toString();
  });
  child.stderr.on('data', (text: Buffer) => {
    said += text.toString();
  });
  const [code] = await once(child, 'close');
  return { code, out, said };
}

/** The same, where it must succeed. @returns the lines that it printed */
export async function done(...args: readonly string[]): Promise<readonly string[]> {
  const { code, out, said } = await einmal(...args);
  if (code !== 0) throw new Error(`einmal ${args.slice(0, 2).join(' ')} ended with ${code}: ${out}${said}`);
  return out.trimEnd().split('\n');
}

/** What the two administrators and the operators of a system do about its catalogue. */
export class Operators {
  private constructor(
    private readonly system: RunningSystem,
    private readonly changes: CatalogueChanges,
  ) {}

  static async of(system: RunningSystem): Promise<Operators> {
    return new Operators(system, await connectCatalogueChanges(system.profile('pages')));
  }

  /** Folder that all processes but the node follow. */
  get catalogue(): string {
    return join(this.system.dataFolder, 'catalogue');
  }

  /** Proposed by one, approved by the other: in force at the node. @returns the version */
  async change(files: Readonly<Record<string, string>>): Promise<string> {
    const [one, other] = await Promise.all(['administrator-1', 'administrator-2'].map((id) => this.acting(id)));
    if (one === undefined || other === undefined) throw new Error('there are no two administrators');
    const { version, faults } = await this.changes.propose(one, { files, version: '' });
    if (faults.length > 0) throw new Error(JSON.stringify(faults));
    await this.changes.decide(other, version, true, 'agreed');
    return version;
  }

  /** Gives the version in force to everybody else, and waits until they work by it. */
  async spread(version: string): Promise<void> {
    await done('policy', 'fetch', '--to', this.catalogue, '--profile', this.system.profileFile('pages'));
    await this.said(`"catalogue":"${version.slice(0, 12)}"`);
  }

  /** All processes but the simulator of sign-ins, which has neither catalogue nor keys of a participant. */
  get following(): readonly string[] {
    return this.system.processes.map(({ name }) => name).filter((name) => name !== IDENTITY_PROVIDER);
  }

  /** Waits until every process has written this to its operational log, this often. */
  async said(text: string, times = 1, names = this.following): Promise<void> {
    const missing = async () =>
      names.filter((name) => readFileSync(this.system.process(name).logFile, 'utf8').split(text).length <= times);
    await eventually(missing, (left) => left.length === 0);
  }

  close(): void {
    this.changes.close();
  }

  private async acting(id: string) {
    const key: unknown = JSON.parse(await readFile(this.system.pki.administratorKeyFile(id), 'utf8'));
    return { id, key: await importSigningKey(key) };
  }
}
