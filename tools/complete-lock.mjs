// Adds to package-lock.json the optional packages of other platforms that the registry in use did not serve when the lock
// was made. npm drops those silently, and `npm ci` then refuses the lock. Run by `npm run lock:complete` after a change of
// dependencies; a test checks that nothing is missing.
import { readFileSync, writeFileSync } from 'node:fs';

const SYSTEMS = { windows: 'win32' };
const KNOWN_SYSTEMS = [
  'android',
  'darwin',
  'linux',
  'win32',
  'freebsd',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'aix',
];
const PROCESSORS = { aarch64: 'arm64', armv7: 'arm' };
const KNOWN_PROCESSORS = ['arm64', 'x64', 'arm', 'ia32', 'riscv64', 'ppc64', 's390x', 'loong64', 'wasm32'];

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
let added = 0;
for (const [path, { optionalDependencies = {}, dev }] of Object.entries({ ...lock.packages })) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const key = `node_modules/${name}`;
    if (lock.packages[key] || lock.packages[`${path}/${key}`]) continue;
    lock.packages[key] = { version, ...platformOf(name), ...(dev ? { dev } : {}), optional: true };
    added += 1;
  }
}
const { '': root, ...rest } = lock.packages;
const sorted = Object.entries(rest).sort(([a], [b]) => a.localeCompare(b, 'en'));
lock.packages = { '': root, ...Object.fromEntries(sorted) };
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
process.stderr.write(`${added} optional packages of other platforms added\n`);

/** Platform packages carry their platform in their name: `core-linux-x64-musl`. */
function platformOf(name) {
  const parts = name.split('/').at(-1).split('-');
  const os = parts.map((part) => SYSTEMS[part] ?? part).find((part) => KNOWN_SYSTEMS.includes(part));
  const cpu = parts.map((part) => PROCESSORS[part] ?? part).find((part) => KNOWN_PROCESSORS.includes(part));
  const isMusl = parts.some((part) => part.startsWith('musl'));
  const isGnu = os === 'linux' && parts.some((part) => part.startsWith('gnu'));
  return {
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(isMusl ? { libc: ['musl'] } : isGnu ? { libc: ['glibc'] } : {}),
    ...(os ? { os: [os] } : {}),
  };
}
