import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { logOrigin } from '../../src/demo/demo-trust.js';
import { writeCatalogue } from '../../src/demo/deployment.js';
import { freePort } from '../../src/demo/free-port.js';
import { inheritedEnvironment } from '../../src/demo/inherited-environment.js';
import { createPki, type Pki } from '../../src/demo/pki.js';
import { packageRoot } from '../../src/platform/paths.js';

const RUN_MS = 120_000;

type Settings = Readonly<Record<string, string>>;

/** What a process wrote, and how it ended. */
export type Ran = Readonly<{ code: number | null; out: string; said: string }>;

/** A node of its own, with folder, keys and catalogue, for tests that stop it, restore it and start it again. */
export class OwnNode {
  private running: ChildProcess | undefined;

  private constructor(
    /** Everybody may pass through it: PostgreSQL runs as another user where the tests run as root. */
    readonly folder: string,
    readonly pki: Pki,
    private readonly settings: Settings,
  ) {}

  static async create(): Promise<OwnNode> {
    const folder = await mkdtemp(join(tmpdir(), 'einmal-node-'));
    await chmod(folder, 0o711);
    const bare = loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' });
    const pki = await createPki(join(folder, 'keys'), bare.participants);
    await writeCatalogue(join(folder, 'catalogue'), { ...pki, endpoints: bare.endpoints });
    const [grpc, http] = [await freePort(), await freePort()];
    return new OwnNode(folder, pki, {
      EINMAL_MODE: 'production',
      EINMAL_PARTICIPANT: 'node',
      EINMAL_CATALOGUE: join(folder, 'catalogue'),
      EINMAL_KEYS: pki.folderOf('node'),
      EINMAL_GRPC_PORT: String(grpc),
      EINMAL_HTTP_PORT: String(http),
      EINMAL_ISSUER: `https://localhost:${http}`,
      EINMAL_LOG_ORIGIN: await logOrigin(pki.logKeyFile('node')),
    });
  }

  get origin(): string {
    return this.settings.EINMAL_LOG_ORIGIN ?? '';
  }

  /** Starts it and waits until it serves, or has ended by itself. */
  async start(settings: Settings): Promise<Readonly<{ serves: boolean; said: string }>> {
    const child = this.spawn(['src/main.js'], settings);
    let said = '';
    const ready = new Promise<boolean>((resolve) => {
      child.stderr?.on('data', (text: Buffer) => {
        said += text.toString();
        if (said.includes('"msg":"ready"')) resolve(true);
      });
      child.once('close', () => resolve(false));
    });
    const serves = await ready;
    if (serves) this.running = child;
    return { serves, said };
  }

  async stop(): Promise<void> {
    const child = this.running;
    this.running = undefined;
    if (child === undefined) return;
    child.kill('SIGTERM');
    await once(child, 'close');
  }

  /** Runs `einmal` with the environment of this node. */
  async einmal(args: readonly string[], settings: Settings): Promise<Ran> {
    const child = this.spawn(['src/cli/main.js', ...args], settings);
    let [out, said] = ['', ''];
    child.stdout?.on('data', (text: Buffer) => {
      out += text.toString();
    });
    child.stderr?.on('data', (text: Buffer) => {
      said += text.toString();
    });
    const [code] = await once(child, 'close');
    return { code, out, said };
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  private spawn([entry = '', ...args]: readonly string[], settings: Settings): ChildProcess {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(packageRoot, 'dist', entry), ...args],
      { env: { ...inheritedEnvironment(), ...this.settings, ...settings }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const late = setTimeout(() => child.kill('SIGKILL'), RUN_MS);
    child.once('close', () => clearTimeout(late));
    return child;
  }
}
