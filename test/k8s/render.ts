import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load, loadAll } from 'js-yaml';

/** An object of Kubernetes as it stands in a file: what is known of all of them. */
export type Manifest = {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; [key: string]: unknown };
  [key: string]: unknown;
};

type Target = Partial<Record<'group' | 'version' | 'kind' | 'name' | 'namespace', string>>;
export type Operation = Readonly<{ op: 'add' | 'replace' | 'remove'; path: string; value?: unknown }>;
type Kustomization = Readonly<{
  apiVersion: string;
  kind: string;
  resources?: readonly string[];
  images?: readonly Readonly<{ name: string; newName: string; newTag: string }>[];
  patches?: readonly Readonly<{ target: Target; patch: string }>[];
}>;

const KNOWN: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'resources', 'images', 'patches']);

/** What `kustomize build` makes of a folder, for the few things that ours use; another key is a fault. */
export function render(folder: string): readonly Manifest[] {
  const path = join(folder, 'kustomization.yaml');
  const kustomization = load(readFileSync(path, 'utf8')) as Kustomization;
  const unknown = Object.keys(kustomization).filter((key) => !KNOWN.has(key));
  if (unknown.length > 0) throw new Error(`${path}: ${unknown.join(', ')} is not understood`);
  const manifests = (kustomization.resources ?? []).flatMap((it) => resource(join(folder, it)));
  for (const { target, patch } of kustomization.patches ?? []) {
    const hit = manifests.filter((it) => isMeant(it, target));
    if (hit.length === 0) throw new Error(`${path}: a patch hits nothing: ${JSON.stringify(target)}`);
    for (const manifest of hit) for (const operation of load(patch) as readonly Operation[]) apply(manifest, operation);
  }
  for (const { name, newName, newTag } of kustomization.images ?? [])
    for (const container of manifests.flatMap(containersOf))
      if (container.image === name) container.image = `${newName}:${newTag}`;
  return manifests;
}

function resource(path: string): readonly Manifest[] {
  if (existsSync(join(path, 'kustomization.yaml'))) return render(path);
  return loadAll(readFileSync(path, 'utf8')) as Manifest[];
}

function isMeant({ apiVersion, kind, metadata }: Manifest, target: Target): boolean {
  const [version, group = ''] = apiVersion.split('/').reverse();
  const own: Target = { group, version: version ?? '', kind, name: metadata.name, namespace: metadata.namespace ?? '' };
  return Object.entries(target).every(([key, value]) => own[key as keyof Target] === value);
}

/** RFC 6902, the operations that our patches use. @throws on a path that is not there */
export function apply(manifest: Manifest, { op, path, value }: Operation): void {
  const steps = path
    .slice(1)
    .split('/')
    .map((it) => it.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = steps.pop() ?? '';
  let at: unknown = manifest;
  for (const step of steps) at = Object(at)[step];
  if (typeof at !== 'object' || at === null || (op !== 'add' && !(last in at)))
    throw new Error(`${manifest.kind} ${manifest.metadata.name}: there is no ${path}`);
  const parent = at as Record<string, unknown>;
  if (op === 'remove') delete parent[last];
  else if (Array.isArray(at) && last === '-') at.push(structuredClone(value));
  else parent[last] = structuredClone(value);
}

export type Container = { image: string; [key: string]: unknown };
export type PodSpec = Record<string, unknown> & { containers: Container[]; volumes?: Record<string, unknown>[] };
export type PodTemplate = Readonly<{ labels: Readonly<Record<string, string>>; spec: PodSpec }>;

/** Template of the pods that an object makes, if it makes any. */
export function podsOf(manifest: Manifest): PodTemplate | undefined {
  const spec = Object(manifest.spec);
  const template = manifest.kind === 'CronJob' ? spec.jobTemplate?.spec?.template : spec.template;
  if (!['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'].includes(manifest.kind)) return undefined;
  return { labels: template.metadata.labels, spec: template.spec };
}

export function containersOf(manifest: Manifest): readonly Container[] {
  const spec = podsOf(manifest)?.spec;
  return spec === undefined ? [] : [...spec.containers, ...((spec.initContainers as Container[] | undefined) ?? [])];
}
