// What comes in with packages, held against supply-chain.json and package.json: licences, versions below which something is known,
// digests, install scripts. Offline, from the lock file; part of `npm run check`. With --advisories it asks the registry as well
// (`npm run check:advisories`): one that serves none is said to.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { root: { type: 'string', default: '.' }, advisories: { type: 'boolean', default: false } },
});
const read = (name) => JSON.parse(readFileSync(join(values.root, name), 'utf8'));
const { licences, licencesOfTools, licenceByFile, floors, reviewed } = read('tools/supply-chain.json');
const { packages } = read('package-lock.json');
const manifest = read('package.json');

const installed = Object.entries(packages)
  .filter(([path]) => path !== '')
  .map(([path, entry]) => ({ path, name: path.slice(path.lastIndexOf('node_modules/') + 13), ...entry }));
// Optional packages of other platforms that the registry in use did not serve when the lock was made: see complete-lock.mjs.
const known = installed.filter(({ optional, resolved }) => !(optional && resolved === undefined));

/** SPDX: one of OR is enough, all of AND are needed. */
function isAllowed(expression, allowed) {
  return expression
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((part) => allowed.includes(part.trim())));
}

function isBelow(version, floor) {
  const [one, other] = [version, floor].map((it) => it.split('-')[0].split('.').map(Number));
  for (let i = 0; i < 3; i += 1) if (one[i] !== other[i]) return one[i] < other[i];
  return false;
}

const faults = [
  // Where the manifest of a package names none, somebody has read its LICENSE.
  ...known
    .map((it) => ({ ...it, license: it.license ?? licenceByFile[it.name] ?? 'none' }))
    .filter(({ license, dev }) => !isAllowed(license, dev ? [...licences, ...licencesOfTools] : licences))
    .map(({ path, license }) => `${path}: licence ${license} is not on the list`),
  ...floors.flatMap((floor) => {
    const found = installed.filter(({ name }) => name === floor.package);
    if (found.length === 0) return [`${floor.package} has a floor and is not installed`];
    return found
      .filter(({ version }) => isBelow(version, floor.atLeast))
      .map(({ path, version }) => `${path} ${version} is below its floor ${floor.atLeast}: ${floor.why}`);
  }),
  ...known
    .filter(({ integrity = '', link }) => !link && !integrity.startsWith('sha512-'))
    .map(({ path }) => `${path} has no digest`),
  ...known
    .filter(
      ({ name, hasInstallScript, cpu, os }) =>
        hasInstallScript && isForThis({ cpu, os }) && manifest.allowScripts?.[name] !== true,
    )
    .map(({ path }) => `${path} has install scripts that package.json does not allow`),
  ...Object.keys(manifest.allowScripts ?? {})
    .filter((name) => !installed.some((it) => it.name === name && it.hasInstallScript))
    .map((name) => `${name} is allowed install scripts and has none`),
  ...Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.-]+)?$/.test(version))
    .map(([name, version]) => `${name}: ${version} is no exact version`),
  ...(values.advisories ? advisories() : []),
];

/** On linux x64, what tests and image run on. */
function isForThis({ cpu = ['x64'], os = ['linux'] }) {
  return cpu.includes('x64') && os.includes('linux');
}

/** Those of production that nobody has reviewed; a review ends on its day. */
function advisories() {
  const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { cwd: values.root, encoding: 'utf8' });
  const { vulnerabilities } = JSON.parse(stdout || '{}');
  if (vulnerabilities === undefined) {
    process.stderr.write('the registry serves no advisories: what is known is in tools/supply-chain.json\n');
    return [];
  }
  const isReviewed = (url) => reviewed.some((it) => url.endsWith(it.advisory) && new Date(it.until) > new Date());
  return Object.values(vulnerabilities)
    .flatMap(({ via }) => via.filter((it) => typeof it === 'object'))
    .filter(({ url }) => !isReviewed(url))
    .map(({ name, severity, url }) => `${name}: ${severity}, ${url}`);
}

for (const fault of new Set(faults)) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
