import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const spawner = join(root, 'dist', 'src', 'demo', 'postgres.js');

/** One throw-away PostgreSQL for the whole run; its superuser URL is in EINMAL_TEST_PG. A given one is taken as it is. */
export default async function setup() {
  if (process.env.EINMAL_TEST_PG) return;
  if (!existsSync(spawner)) {
    const swc = join(root, 'node_modules', '@swc', 'cli', 'bin', 'swc.js');
    execFileSync(process.execPath, [swc, 'src', 'libs', '-d', 'dist', '--quiet'], { cwd: root, stdio: 'inherit' });
  }
  const { startPostgres } = await import(pathToFileURL(spawner).href);
  const folder = await mkdtemp(join(tmpdir(), 'einmal-test-'));
  try {
    // PostgreSQL runs as another user where the tests run as root.
    await chmod(folder, 0o711);
    const server = await startPostgres({ folder });
    globalThis.__EINMAL_TEST_PG__ = { server, folders: [folder, server.folder] };
    process.env.EINMAL_TEST_PG = server.url;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
