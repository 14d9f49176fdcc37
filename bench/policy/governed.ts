import { readFileSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ActingAdministrator,
  type CatalogueChanges,
  connectCatalogueChanges,
} from '../../src/client/catalogue-changes.js';
import type { RunningSystem } from '../../src/demo/supervisor.js';
import { importSigningKey } from '../../src/tokens/jws.js';

const FILE = 'rules.yaml';
const LOOK_EVERY_MS = 200;
const LONGEST_MS = 60_000;

/** Two administrators who change the rules of a running system, as they do in earnest, and the operators of its other processes. */
export class Governed {
  private constructor(
    private readonly system: RunningSystem,
    private readonly changes: CatalogueChanges,
    private readonly persons: readonly [ActingAdministrator, ActingAdministrator],
    private readonly first: string,
    /** The rules that were in force at the beginning. */
    readonly rules: string,
  ) {}

  static async open(system: RunningSystem): Promise<Governed> {
    const changes = await connectCatalogueChanges(system.profile('pages'));
    const person = async (id: string): Promise<ActingAdministrator> => {
      const file = join(system.dataFolder, 'keys', 'administrators', `${id}.jwk.json`);
      return { id, key: await importSigningKey(JSON.parse(await readFile(file, 'utf8'))) };
    };
    const persons = [await person('administrator-1'), await person('administrator-2')] as const;
    const { version, files } = await changes.files();
    return new Governed(system, changes, persons, version, files[FILE] ?? '');
  }

  /** Proposes, approves, gives every other process its copy, and resolves once each decides by it. */
  async activate(rules: string): Promise<void> {
    await this.change({ files: { [FILE]: rules }, version: '' }, rules);
  }

  /** As it was. */
  async takeBack(): Promise<void> {
    if ((await this.changes.files()).version === this.first) return;
    await this.change({ files: {}, version: this.first }, this.rules);
  }

  close(): void {
    this.changes.close();
  }

  private async change(proposal: Readonly<{ files: Record<string, string>; version: string }>, rules: string) {
    const [one, other] = this.persons;
    const { version, faults } = await this.changes.propose(one, proposal);
    if (faults.length > 0) throw new Error(`the version has ${faults.length} faults`);
    await this.changes.decide(other, version, true, 'Messung');
    const file = join(this.system.dataFolder, 'catalogue', FILE);
    await writeFile(`${file}.next`, rules);
    await rename(`${file}.next`, file);
    const endsAt = performance.now() + LONGEST_MS;
    for (const { name, logFile } of this.system.processes)
      while (!isInForce(logFile, version)) {
        if (performance.now() > endsAt) throw new Error(`the version does not come into force at ${name}`);
        await sleep(LOOK_EVERY_MS);
      }
  }
}

/** As each process says of itself. */
function isInForce(logFile: string, version: string): boolean {
  const lines = readFileSync(logFile, 'utf8').split('\n');
  return lines.some((it) => it.includes('"catalogue in force"') && it.includes(version.slice(0, 12)));
}
