import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { loadAll } from 'js-yaml';
import { readNodeConfig } from '../../src/node-config.js';
import { readPagesConfig } from '../../src/pages/pages-config.js';
import { processSettings, readConfig } from '../../src/platform/config.js';
import { DEMANDS, type Demand, PRODUCTION_DEMANDS } from './policy.js';
import { apply, containersOf, type Manifest, type Operation, podsOf, render } from './render.js';
import { shapeFaults } from './shape.js';

const FOLDERS = ['k8s/base', 'k8s/overlays/dev', 'k8s/overlays/production'] as const;
const production = render('k8s/overlays/production');
const idOf = ({ apiVersion, kind, metadata }: Manifest) =>
  `${apiVersion} ${kind} ${metadata.namespace} ${metadata.name}`;
const sorted = (all: readonly Manifest[]) => [...all].sort((a, b) => idOf(a).localeCompare(idOf(b)));
const found = (all: readonly Manifest[], kind: string, name: string): Manifest => {
  const one = all.find((other) => other.kind === kind && other.metadata.name === name);
  if (one === undefined) throw new Error(`there is no ${kind} ${name}`);
  return one;
};

const POD = '/spec/template/spec';
const added = (path: string, value: unknown): Operation => ({ op: 'add', path, value });
const removed = (path: string): Operation => ({ op: 'remove', path });

const hasKubectl = spawnSync('kubectl', ['kustomize', '--help']).status === 0;

describe.each(FOLDERS)('%s', (folder) => {
  const all = render(folder);

  it('names nothing twice', () => {
    expect(new Set(all.map(idOf)).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(80);
  });

  // Where there is no kubectl, the renderer of these tests stands alone; it knows what ours use and refuses the rest.
  (hasKubectl ? it : it.skip)('is what kubectl kustomize makes of it', () => {
    const built = loadAll(execFileSync('kubectl', ['kustomize', folder], { encoding: 'utf8' })) as Manifest[];
    expect(sorted(built)).toEqual(sorted(all));
  });

  it('meets every demand on a deployment', () => {
    const demands = folder.endsWith('production') ? [...DEMANDS, ...PRODUCTION_DEMANDS] : DEMANDS;
    // In the base the image has no tag yet: an overlay says which build it is.
    const due = folder === 'k8s/base' ? demands.filter(({ demand }) => !demand.startsWith('an image')) : demands;
    expect(due.flatMap(({ demand, violators }) => violators(all).map((it) => `${it}: ${demand}`))).toEqual([]);
  });
});

describe('the shape of every object', () => {
  it('is that of its kind, in base and overlays', () => {
    expect(shapeFaults(FOLDERS.flatMap((folder) => render(folder)))).toEqual([]);
  });

  it('is looked at closely enough to find what was planted', () => {
    const inContainer = `${POD}/containers/0`;
    const planted: readonly (readonly [kind: string, name: string, change: Operation, fault: RegExp])[] = [
      ['Deployment', 'node', added(`${inContainer}/imagePulPolicy`, 'Always'), /imagePulPolicy/],
      ['Deployment', 'node', added(`${inContainer}/livenessProbe/httpGet/port`, true), /boolean/],
      ['Deployment', 'node', removed('/spec/selector'), /selector/],
      ['Certificate', 'node', added('/spec/durration', '1h'), /durration/],
      ['Cluster', 'node-db', added('/spec/storrage', { size: '1Gi' }), /storrage/],
      ['Cluster', 'node-db', added('/spec/postgresql/synchronous/method', 'all'), /"all"/],
      ['NetworkPolicy', 'node', added('/spec/ingress/0/ports/0/protocoll', 'TCP'), /protocoll/],
      ['HorizontalPodAutoscaler', 'node', added('/spec/minReplica', 1), /minReplica/],
      ['ExternalSecret', 'node-keys', added('/spec/dataForm', []), /dataForm/],
    ];
    const changed = planted.map(([kind, name, change]) => {
      const copy = structuredClone(found(production, kind, name));
      apply(copy, change);
      return copy;
    });
    const faults = shapeFaults([...changed, { apiVersion: 'v1', kind: 'Secrit', metadata: { name: 'x' } }]);
    for (const [kind, name, , fault] of planted)
      expect(faults.filter((it) => it.startsWith(`${kind} ${name}: `) && fault.test(it))).not.toEqual([]);
    expect(faults.filter((it) => it.startsWith('Secrit'))).not.toEqual([]);
  });
});

describe('each demand', () => {
  type Change = (all: Manifest[]) => void;
  const one =
    (kind: string, name: string, ...operations: readonly Operation[]): Change =>
    (all) => {
      for (const operation of operations) apply(found(all, kind, name), operation);
    };
  const pod = (path: string, value?: unknown) =>
    one('Deployment', 'node', value === undefined ? removed(`${POD}${path}`) : added(`${POD}${path}`, value));
  const container = (path: string, value?: unknown) => pod(`/containers/0${path}`, value);
  const without =
    (kind: string, name: string): Change =>
    (all) =>
      void all.splice(all.indexOf(found(all, kind, name)), 1);
  const violations: readonly (readonly [demand: string, change: Change])[] = [
    ['an image has a tag', container('/image', 'registry.example/einmal:latest')],
    ['an image has a tag', container('/image', 'registry.example/einmal')],
    ['the root file system', container('/securityContext/readOnlyRootFilesystem', false)],
    ['no privilege', container('/securityContext/allowPrivilegeEscalation')],
    ['nothing is privileged', container('/securityContext/privileged', true)],
    ['all capabilities', container('/securityContext/capabilities/add', ['NET_ADMIN'])],
    ['all capabilities', container('/securityContext/capabilities')],
    ['cpu and memory', container('/resources/limits/memory')],
    ['secrets come', container('/env/-', { name: 'DATABASE_URL', value: 'postgres://…' })],
    ['nobody is root', pod('/securityContext/runAsUser', 0)],
    ['nobody is root', pod('/securityContext/runAsNonRoot')],
    ['system calls', pod('/securityContext/seccompProfile')],
    ['nobody gets a token', pod('/automountServiceAccountToken')],
    ['nothing of the host', pod('/hostNetwork', true)],
    ['nothing of the host', pod('/volumes/-', { name: 'x', hostPath: { path: '/' } })],
    ['what serves is asked', container('/livenessProbe')],
    ['a probe asks', container('/readinessProbe/httpGet/port', 'elsewhere')],
    ['a rolling restart', one('Deployment', 'node', added('/spec/strategy/rollingUpdate/maxUnavailable', 1))],
    ['a rolling restart', container('/lifecycle')],
    ['what serves is spread', without('PodDisruptionBudget', 'pages')],
    ['what serves is spread', without('HorizontalPodAutoscaler', 'pages')],
    ['every namespace', without('NetworkPolicy', 'default-deny')],
    [
      'every namespace',
      one('Namespace', 'einmal-node', removed('/metadata/labels/pod-security.kubernetes.io~1enforce')),
    ],
    ['whatever runs', without('NetworkPolicy', 'pages-db')],
    ['no policy is open', one('NetworkPolicy', 'node', added('/spec/egress/-', { ports: [{ port: 443 }] }))],
    [
      'no policy is open',
      one('NetworkPolicy', 'node', added('/spec/ingress/0/from', [{ ipBlock: { cidr: '0.0.0.0/0' } }])),
    ],
    ['a policy selects', one('NetworkPolicy', 'pages', added('/spec/podSelector/matchLabels', { app: 'pages' }))],
    ['what is mounted', without('ExternalSecret', 'pages-keys')],
    ['no process mounts a certificate', one('Certificate', 'pages', added('/spec/secretName', 'pages-tls'))],
    ['what is mounted', container('/envFrom/0/configMapRef/name', 'nod')],
    ['no secret', (all) => void all.push({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x' } })],
    ['a database has three', one('Cluster', 'vault-db', added('/spec/instances', 2))],
    [
      'a database has three',
      one('Cluster', 'node-db', added('/spec/postgresql/synchronous/dataDurability', 'preferred')),
    ],
    ['a database archives', one('Cluster', 'node-db', removed('/spec/plugins'))],
    ['a database archives', one('ObjectStore', 'node-db', added('/spec/retentionPolicy', '90d'))],
    ['every process runs', one('ConfigMap', 'node', added('/data/EINMAL_MODE', 'development'))],
    ['every process runs', one('HorizontalPodAutoscaler', 'node', added('/spec/minReplicas', 1))],
  ];
  const demandOf = (start: string): Demand => {
    const meant = [...DEMANDS, ...PRODUCTION_DEMANDS].filter(({ demand }) => demand.startsWith(start));
    if (meant.length !== 1) throw new Error(`${meant.length} demands begin with "${start}"`);
    return meant[0] as Demand;
  };

  it.each(violations)('%s… finds what does not meet it', (start, change) => {
    const all = structuredClone(production) as Manifest[];
    change(all);
    expect(demandOf(start).violators(all)).not.toEqual([]);
  });

  it('has such a case', () => {
    const tried = violations.map(([start]) => demandOf(start));
    expect([...DEMANDS, ...PRODUCTION_DEMANDS].filter((it) => !tried.includes(it))).toEqual([]);
  });
});

describe('what the processes get', () => {
  const dataOf = (name: string) => found(production, 'ConfigMap', name).data as Record<string, string>;
  const SECRETS = { DATABASE_URL: 'postgres://x', EINMAL_VAULT_DATABASE_URL: 'postgres://y' };

  it('is a configuration that the processes take', () => {
    expect(readNodeConfig({ ...dataOf('node'), ...SECRETS })).toMatchObject({ mode: 'production', healthPort: 8080 });
    for (const name of ['intermediary', 'register-edge'])
      expect(readConfig(processSettings, { ...dataOf(name), ...SECRETS })).toMatchObject({ healthPort: 8080 });
    expect(readPagesConfig({ ...dataOf('pages'), ...SECRETS })).toMatchObject({ mode: 'production', httpPort: 8081 });
  });

  it('is, as variables, on the page of all variables', () => {
    const page = readFileSync('docs/configuration.md', 'utf8');
    const given = production.flatMap((it) => [
      ...(it.kind === 'ConfigMap' ? Object.keys(it.data as object) : []),
      ...containersOf(it).flatMap(({ env }) => ((env ?? []) as { name: string }[]).map(({ name }) => name)),
    ]);
    const foreign = ['PGSSLMODE', 'NODE_EXTRA_CA_CERTS', 'REGISTER_URL'];
    expect([...new Set(given)].filter((name) => !foreign.includes(name) && !page.includes(`\`${name}\``))).toEqual([]);
  });

  it('are commands that einmal has', () => {
    const commands = ['node', 'intermediary', 'register', 'pages', 'migrate', 'audit'];
    const asked = production.flatMap(containersOf).map(({ args }) => (args as string[])[0] ?? '');
    expect(asked.filter((it) => !commands.includes(it))).toEqual([]);
  });
});

describe('key folders', () => {
  it('that seal can be given the key of digests as well, which a second line of seal.key demands (ADR 131)', () => {
    const folders = production.flatMap((it) => keyFoldersOf(it).map((files) => ({ id: idOf(it), files })));
    const sealing = folders.filter(({ files }) => files.has('seal.key'));
    expect(sealing.length).toBeGreaterThanOrEqual(4);
    // Absent as long as the seal has one key: it must not keep a pod from starting.
    for (const { id, files } of sealing)
      expect({ id, digest: files.get('digest.key') }).toEqual({ id, digest: { optional: true } });
  });

  it('hold files of the page of key folders and no others', () => {
    const page = readFileSync('docs/operations.md', 'utf8');
    const table = page.slice(page.indexOf('## Key folders'), page.indexOf('Losing `signing/log.jwk.json`'));
    const known = (file: string) =>
      file.startsWith('signing/')
        ? file.slice('signing/'.length, -'.jwk.json'.length)
        : file.replace(/^encryption\/.*/, 'encryption/<consumer>.jwk.json');
    const files = new Set(production.flatMap(keyFoldersOf).flatMap((folder) => [...folder.keys()]));
    expect(files.size).toBeGreaterThan(8);
    expect([...files].filter((file) => !table.includes(`\`${known(file)}\``))).toEqual([]);
  });
});

type Volume = Readonly<{
  projected?: { sources?: readonly { secret?: { optional?: boolean; items?: readonly { path: string }[] } }[] };
}>;

/** Files of each projected volume of a pod, and whether the secret may lack them. */
function keyFoldersOf(manifest: Manifest): readonly ReadonlyMap<string, Readonly<{ optional: boolean }>>[] {
  const volumes = (podsOf(manifest)?.spec?.volumes ?? []) as readonly Volume[];
  return volumes.map(({ projected }) => {
    const sources = projected?.sources ?? [];
    return new Map(
      sources.flatMap(({ secret }) =>
        (secret?.items ?? []).map(({ path }) => [path, { optional: secret?.optional === true }] as const),
      ),
    );
  });
}

describe('the image', () => {
  const lines = readFileSync('Dockerfile', 'utf8').split('\n');

  it('is made of pinned images, in stages, and runs as nobody', () => {
    const stages = lines.filter((line) => line.startsWith('FROM ')).map((line) => line.split(' '));
    const from = stages.map(([, image = '']) => image).filter((it) => !stages.some(([, , , name]) => name === it));
    expect(from.length).toBeGreaterThan(1);
    expect(from.filter((image) => !/:[\w.-]+$/.test(image) || image.endsWith(':latest'))).toEqual([]);
    expect(from.at(-1)).toMatch(/distroless.*:nonroot$/);
    expect(lines.filter((line) => line.startsWith('USER ')).at(-1)).toMatch(/^USER [1-9]\d*:[1-9]\d*$/);
    expect(lines.filter((line) => /^ADD |curl|wget/.test(line))).toEqual([]);
  });

  it('has compiled what its processes load, as the user and with the flags by which they start', () => {
    const argumentsOf = (instruction: string): string[] =>
      JSON.parse(lines.find((line) => line.startsWith(`${instruction} ["/nodejs`))?.slice(instruction.length) ?? '[]');
    const flagsOf = (all: string[]) => all.slice(1).filter((it) => /^--(max|enable|disable)-/.test(it));
    const compiled = argumentsOf('RUN');
    expect(flagsOf(compiled)).toEqual(flagsOf(argumentsOf('ENTRYPOINT')));
    const loaded = [...(compiled.at(-1) ?? '').matchAll(/'([\w/-]+)'/g)].map(([, name]) => `src/${name}.ts`);
    expect(loaded).toHaveLength(4);
    expect(loaded.filter((file) => !existsSync(file))).toEqual([]);
    const at = (start: string) => lines.findIndex((line) => line.startsWith(start));
    expect(at('USER ')).toBeLessThan(at('RUN ["/nodejs'));
  });

  it('brings nothing to run that the user of its processes can change', () => {
    const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
    const program = lines.slice(lines.findIndex((line) => line.endsWith(' AS program')));
    const brought = program.slice(
      0,
      program.findIndex((line, at) => at > 0 && line.startsWith('FROM ')),
    );
    expect(last[0]).toBe('FROM program');
    expect(last.filter((line) => /^(COPY|RUN) /.test(line))).toEqual([
      'COPY --from=compiled --chown=0:0 --chmod=0555 /app/compiled ./compiled',
    ]);
    expect(brought.filter((line) => /^RUN |--chown/.test(line))).toEqual([]);
  });

  it('is built with the Node that the tests run on', () => {
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(lines.filter((line) => line.startsWith('FROM node:')).length).toBeGreaterThan(0);
    for (const line of lines.filter((it) => it.startsWith('FROM node:')))
      expect(line).toContain(`node:${dependencies.node}-`);
  });
});
