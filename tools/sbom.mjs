// Bill of materials of what production installs, from the lock file: CycloneDX 1.6 on standard output, the same bytes for the same
// lock. `npm sbom` leaves out packages that development needs as well.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const bytes = readFileSync(new URL('../package-lock.json', import.meta.url));
const { packages } = JSON.parse(bytes);
const { licenceByFile } = JSON.parse(readFileSync(new URL('supply-chain.json', import.meta.url), 'utf8'));
const ROOT = '';
const isPartOfProduction = ([path, { dev }]) => path !== ROOT && !dev;

const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 13);
const refOf = (path) =>
  path === ROOT
    ? `${packages[ROOT].name}@${packages[ROOT].version}`
    : `pkg:npm/${nameOf(path).replace('@', '%40')}@${packages[path].version}`;

/** Where Node finds a package from another one. */
function found(from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(at.lastIndexOf('/node_modules/'), 0))) {
    const path = at === ROOT ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (packages[path] !== undefined) return path;
    if (at === ROOT) return undefined;
  }
}

function component([path, { version, license = licenceByFile[nameOf(path)], integrity, optional }]) {
  const [group, name] = nameOf(path).startsWith('@') ? nameOf(path).split('/') : [undefined, nameOf(path)];
  const digest = integrity?.startsWith('sha512-') && Buffer.from(integrity.slice(7), 'base64').toString('hex');
  return {
    type: 'library',
    'bom-ref': refOf(path),
    ...(group && { group }),
    name,
    version,
    scope: optional ? 'optional' : 'required',
    ...(license && {
      licenses: / (OR|AND) /.test(license) ? [{ expression: license }] : [{ license: { id: license } }],
    }),
    ...(digest && { hashes: [{ alg: 'SHA-512', content: digest }] }),
    purl: refOf(path),
  };
}

const production = Object.entries(packages).filter(isPartOfProduction);
const [{ version, license }, once] = [packages[ROOT], new Map(production.map((it) => [refOf(it[0]), it]))];
const digest = createHash('sha256').update(bytes).digest('hex');
const bill = {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  // Version 8 of RFC 9562: its bits are ours.
  serialNumber: `urn:uuid:${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`,
  version: 1,
  metadata: {
    component: {
      type: 'application',
      'bom-ref': refOf(ROOT),
      name: packages[ROOT].name,
      version,
      licenses: [{ license: { id: license } }],
    },
  },
  components: [...once.values()].map(component),
  dependencies: [[ROOT, packages[ROOT]], ...once.values()].map(
    ([path, { dependencies, optionalDependencies, peerDependencies }]) => ({
      ref: refOf(path),
      dependsOn: [
        ...new Set(
          Object.keys({ ...peerDependencies, ...optionalDependencies, ...dependencies })
            .map((name) => found(path, name))
            .filter((it) => it !== undefined && !packages[it].dev)
            .map(refOf),
        ),
      ],
    }),
  ),
};
process.stdout.write(`${JSON.stringify(bill, null, 2)}\n`);
