import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const supervisor = join(root, 'dist', 'src', 'demo', 'supervisor.js');
const PERSONS = 600;
/** Processes that are in front of no register. */
const OTHERS = ['node', 'intermediary', 'pages', 'identity-provider'];

/** One system of the built output for all end-to-end tests; what they need to reach it is in EINMAL_TEST_SYSTEM, as JSON. */
export default async function setup() {
  if (!existsSync(supervisor))
    throw new Error('the end-to-end tests start the built output: run "npm run build" first');
  const { startSystem } = await import(pathToFileURL(supervisor).href);
  const system = await startSystem({
    dataFolder: join(root, 'data', 'test-e2e'),
    fresh: true,
    personCount: PERSONS,
    pages: true,
    // The tests are refused hundreds of lookups; those of the limit itself start a node of their own.
    environment: { node: { EINMAL_MISIDENTIFICATIONS_PER_HOUR: '100000' } },
  });
  try {
    process.env.EINMAL_TEST_CHROMIUM = await (await import('@sparticuz/chromium')).default.executablePath();
    globalThis.__EINMAL_TEST_SYSTEM__ = system;
    process.env.EINMAL_TEST_SYSTEM = JSON.stringify(describe(system));
  } catch (error) {
    await system.stop();
    throw error;
  }
}

function describe(system) {
  const { dataFolder, endpoints, trust, policyFile, postgres, databases, pki } = system;
  const participants = pki.keys.map(({ participant }) => participant);
  const names = system.processes.map(({ name }) => name);
  const services = participants.filter((it) => existsSync(system.profileFile(it)));
  const registers = names.filter((name) => !OTHERS.includes(name));
  const owning = names.filter((name) => name !== 'identity-provider');
  const by = (keys, value) => Object.fromEntries(keys.map((key) => [key, value(key)]));
  return {
    dataFolder,
    catalogue: join(dataFolder, 'catalogue'),
    endpoints,
    pagesUrl: system.pagesUrl,
    trust,
    policyFile,
    keys: by(participants, (it) => pki.folderOf(it)),
    authority: join(dataFolder, 'keys', 'ca'),
    profiles: by(services, (it) => system.profileFile(it)),
    logs: by(names, (it) => system.process(it).logFile),
    pids: by(names, (it) => system.process(it).pid),
    databases: { superuser: postgres.url, ...by(owning, (it) => databases.ownerUrlOf(it)) },
    logins: { node: databases.urlOf('node'), purge: databases.purgeUrlOf('node') },
    data: by(registers, (it) => databases.dataOf(it).ownerUrl),
  };
}
