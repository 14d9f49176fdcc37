import { chmod, cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/platform/paths.js';

/** One change of the built code: where the text stands exactly once below the folder, it becomes the other one. */
export type Patch = Readonly<{ below: string; from: string; to: string }>;

/** A copy of the built output with these changes, that runs beside the true one. */
export type MutatedBuild = Readonly<{ folder: string; remove(): Promise<void> }>;

/** Throws where a text does not stand exactly once: a mutation that changes nothing would prove nothing. */
export async function mutatedBuild(patches: readonly Patch[]): Promise<MutatedBuild> {
  const folder = await mkdtemp(join(tmpdir(), 'einmal-mutant-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    // PostgreSQL runs as another user where the tests run as root.
    await chmod(folder, 0o711);
    for (const name of ['dist', 'catalogue', 'proto', 'package.json'])
      await cp(join(packageRoot, name), join(folder, name), { recursive: true });
    for (const name of ['node_modules', 'src']) await symlink(join(packageRoot, name), join(folder, name));
    for (const patch of patches) await apply(join(folder, 'dist'), patch);
    return { folder, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function apply(dist: string, { below, from, to }: Patch): Promise<void> {
  const files = (await readdir(join(dist, below), { recursive: true })).filter((name) => name.endsWith('.js'));
  const found: string[] = [];
  for (const name of files) {
    const path = join(dist, below, name);
    const text = await readFile(path, 'utf8');
    const times = text.split(from).length - 1;
    for (let time = 0; time < times; time++) found.push(name);
    if (times === 1)
      await writeFile(
        path,
        text.replace(from, () => to),
      );
  }
  if (found.length !== 1) throw new Error(`"${from}" stands ${found.length} times below ${below}, not once`);
}
