import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { issueLeaf } from '../../src/demo/certificates.js';
import { logOrigin } from '../../src/demo/demo-trust.js';
import { freePort } from '../../src/demo/free-port.js';
import { inheritedEnvironment } from '../../src/demo/inherited-environment.js';
import { packageRoot } from '../../src/platform/paths.js';
import { thumbprintOfPem } from '../../src/platform/tls.js';
import { developmentAuthority, e2eSystem, named } from '../support/e2e-system.js';

let folder: string;
let occupant: Server;
let taken: number;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'einmal-start-'));
  taken = await freePort();
  occupant = createServer().listen(taken, 'localhost');
  await once(occupant, 'listening');
});
afterAll(async () => {
  occupant.close();
  await rm(folder, { recursive: true });
});

/** Runs a built process of this participant beside the one of the system until it ends by itself. */
async function start(participant: string, entry: string, settings: Readonly<Record<string, string>>) {
  const { catalogue, keys, databases } = e2eSystem();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(packageRoot, 'dist', entry)], {
    env: {
      ...inheritedEnvironment(),
      EINMAL_MODE: 'development',
      EINMAL_PARTICIPANT: participant,
      EINMAL_CATALOGUE: catalogue,
      EINMAL_KEYS: named(keys, participant),
      DATABASE_URL: named(databases, participant),
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()));
  const end = setTimeout(() => child.kill('SIGKILL'), 20_000);
  const [code] = await once(child, 'close');
  clearTimeout(end);
  return { code, said };
}

async function isServed(port: number): Promise<boolean> {
  const socket = connect(port, 'localhost');
  const served = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return served;
}

const nodeSettings = async (ports: Readonly<{ grpc: number; http: number }>) => ({
  EINMAL_GRPC_PORT: String(ports.grpc),
  EINMAL_HTTP_PORT: String(ports.http),
  EINMAL_ISSUER: `https://localhost:${ports.http}`,
  EINMAL_LOG_ORIGIN: await logOrigin(join(named(e2eSystem().keys, 'node'), 'signing', 'log.jwk.json')),
  EINMAL_CHECKPOINT_FILE: join(folder, 'checkpoint'),
});

describe('a process whose port is taken', () => {
  it('says which setting, leaves nothing serving and ends by itself: HTTP of the node', async () => {
    const grpc = await freePort();
    const { code, said } = await start('node', 'src/main.js', await nodeSettings({ grpc, http: taken }));
    expect({ code, said }).toMatchObject({
      code: 1,
      said: expect.stringContaining(`- EINMAL_HTTP_PORT: cannot listen on localhost:${taken}`),
    });
    expect(said).not.toContain('"ready"');
    expect(await isServed(grpc)).toBe(false);
  }, 30_000);

  it('says which setting and ends by itself: gRPC of the node', async () => {
    const http = await freePort();
    const { code, said } = await start('node', 'src/main.js', await nodeSettings({ grpc: taken, http }));
    expect({ code, said }).toMatchObject({
      code: 1,
      said: expect.stringContaining(`- EINMAL_GRPC_PORT: cannot listen on localhost:${taken}`),
    });
  }, 30_000);

  it('says which setting and ends by itself: the intermediary', async () => {
    const settings = { EINMAL_GRPC_PORT: String(taken) };
    const { code, said } = await start('intermediary', 'src/intermediary/main.js', settings);
    expect({ code, said }).toMatchObject({
      code: 1,
      said: expect.stringContaining(`- EINMAL_GRPC_PORT: cannot listen on localhost:${taken}`),
    });
  }, 30_000);
});

describe('a process whose certificate was renewed before its own catalogue names it (ADR 81)', () => {
  const grpc = async () => ({ EINMAL_GRPC_PORT: String(await freePort()) });
  const cases: readonly (readonly [string, string, () => Promise<Readonly<Record<string, string>>>])[] = [
    ['node', 'src/main.js', async () => nodeSettings({ grpc: await freePort(), http: await freePort() })],
    ['intermediary', 'src/intermediary/main.js', grpc],
    [
      'pages',
      'src/pages/main.js',
      async () => ({
        EINMAL_HTTP_PORT: String(await freePort()),
        EINMAL_PAGES_URL: 'http://localhost:1',
        EINMAL_NODE_PROFILE: join(folder, 'none'),
        EINMAL_OIDC_ISSUER: 'http://localhost:1',
      }),
    ],
  ];
  it.each(cases)(
    'does not start, and says which: %s',
    async (participant, entry, settings) => {
      const keys = join(folder, participant);
      await cp(named(e2eSystem().keys, participant), keys, { recursive: true });
      const renewed = await issueLeaf(developmentAuthority(), { commonName: participant, participant });
      await writeFile(join(keys, 'tls', 'cert.pem'), renewed.cert);
      await writeFile(join(keys, 'tls', 'key.pem'), renewed.key);
      const { code, said } = await start(participant, entry, { ...(await settings()), EINMAL_KEYS: keys });
      expect({ code, said }).toMatchObject({
        code: 1,
        said: expect.stringContaining(`does not name the certificate "${thumbprintOfPem(renewed.cert)}"`),
      });
      expect(said).not.toContain('"ready"');
    },
    30_000,
  );
});
