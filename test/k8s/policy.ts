import { type Container, containersOf, type Manifest, podsOf } from './render.js';

/** A demand on all objects of a deployment together, and whoever does not meet it. */
export type Demand = Readonly<{ demand: string; violators: (all: readonly Manifest[]) => readonly string[] }>;

const nameOf = ({ kind, metadata }: Manifest) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
const named = (all: readonly Manifest[], isWrong: (it: Manifest) => boolean) => all.filter(isWrong).map(nameOf);
const running = (all: readonly Manifest[]) => all.filter((it) => podsOf(it) !== undefined);
const deep = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((at, step) => Object(at)[step], value);

function eachContainer(demand: string, isWrong: (container: Container, of: Manifest) => boolean): Demand {
  return {
    demand,
    violators: (all) => named(all, (it) => containersOf(it).some((container) => isWrong(container, it))),
  };
}

function eachPod(demand: string, isWrong: (spec: Record<string, unknown>) => boolean): Demand {
  return { demand, violators: (all) => named(running(all), (it) => isWrong(podsOf(it)?.spec ?? {})) };
}

type Selector = Readonly<{
  matchLabels?: Readonly<Record<string, string>>;
  matchExpressions?: readonly Readonly<{ key: string; operator: string; values: readonly string[] }>[];
}>;

function selects({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Readonly<Record<string, string>>) {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values }) => operator === 'In' && values.includes(labels[key] ?? ''))
  );
}

/** Labels of the pods of an object, also of those that an operator makes for it. */
function labelsOf(it: Manifest): Readonly<Record<string, string>> | undefined {
  if (it.kind === 'Cluster') return { 'cnpg.io/cluster': it.metadata.name };
  return podsOf(it)?.labels;
}

/** Policies of the namespace that name the pods of this object, not all of them. */
function ownPolicies(all: readonly Manifest[], it: Manifest): readonly Manifest[] {
  const labels = labelsOf(it);
  return all.filter(
    (policy) =>
      policy.kind === 'NetworkPolicy' &&
      policy.metadata.namespace === it.metadata.namespace &&
      labels !== undefined &&
      Object.keys(Object(deep(policy, 'spec', 'podSelector'))).length > 0 &&
      selects(Object(deep(policy, 'spec', 'podSelector')), labels),
  );
}

const peersOf = (policy: Manifest): readonly (readonly unknown[])[] =>
  (['ingress', 'egress'] as const).flatMap((way) =>
    ((deep(policy, 'spec', way) ?? []) as readonly Record<string, unknown>[]).map(
      (rule) => (rule[way === 'ingress' ? 'from' : 'to'] ?? []) as readonly unknown[],
    ),
  );

export const DEMANDS: readonly Demand[] = [
  eachContainer(
    'an image has a tag, and not "latest"',
    ({ image }) => !/:(?!latest$)[\w.-]+$|@sha256:[0-9a-f]{64}$/.test(image),
  ),
  eachContainer(
    'the root file system is read-only',
    (it) => deep(it, 'securityContext', 'readOnlyRootFilesystem') !== true,
  ),
  eachContainer('no privilege is gained', (it) => deep(it, 'securityContext', 'allowPrivilegeEscalation') !== false),
  eachContainer('nothing is privileged', (it) => Boolean(deep(it, 'securityContext', 'privileged'))),
  eachContainer(
    'all capabilities are dropped, none added',
    (it) =>
      String(deep(it, 'securityContext', 'capabilities', 'drop')) !== 'ALL' ||
      deep(it, 'securityContext', 'capabilities', 'add') !== undefined,
  ),
  eachContainer('cpu and memory have requests and limits', (it) =>
    ['requests', 'limits'].some((kind) =>
      ['cpu', 'memory'].some((what) => deep(it, 'resources', kind, what) === undefined),
    ),
  ),
  eachContainer('secrets come from secrets, not as text', (it) =>
    ((it.env ?? []) as readonly Record<string, unknown>[]).some(
      ({ name, value }) => value !== undefined && /URL|PASSWORD|TOKEN|SECRET/.test(String(name)),
    ),
  ),
  eachPod('nobody is root', (spec) => {
    const given = Object(spec.securityContext);
    return given.runAsNonRoot !== true || !(given.runAsUser > 0);
  }),
  eachPod(
    'system calls are filtered',
    (spec) => deep(spec, 'securityContext', 'seccompProfile', 'type') !== 'RuntimeDefault',
  ),
  eachPod('nobody gets a token of Kubernetes', (spec) => spec.automountServiceAccountToken !== false),
  eachPod('nothing of the host is shared', (spec) =>
    Boolean(
      spec.hostNetwork ||
        spec.hostPID ||
        spec.hostIPC ||
        ((spec.volumes ?? []) as readonly object[]).some((volume) => 'hostPath' in volume),
    ),
  ),
  eachContainer(
    'what serves is asked whether it started, serves and lives',
    (it, { kind }) => kind === 'Deployment' && !(it.startupProbe && it.readinessProbe && it.livenessProbe),
  ),
  eachContainer('a probe asks a port that is there', (it) => {
    const ports = ((it.ports ?? []) as readonly { name: string }[]).map(({ name }) => name);
    return ['startupProbe', 'readinessProbe', 'livenessProbe'].some((probe) => {
      const asked = deep(it, probe, 'httpGet', 'port');
      return it[probe] !== undefined && !ports.includes(String(asked));
    });
  }),
  {
    demand: 'a rolling restart takes nobody away before another is there, and leaves time to finish',
    violators: (all) =>
      named(
        all,
        (it) =>
          it.kind === 'Deployment' &&
          (deep(it, 'spec', 'strategy', 'rollingUpdate', 'maxUnavailable') !== 0 ||
            !(Number(deep(it, 'spec', 'template', 'spec', 'terminationGracePeriodSeconds')) >= 30) ||
            containersOf(it).some((container) => deep(container, 'lifecycle', 'preStop') === undefined)),
      ),
  },
  {
    demand: 'what serves is spread over zones and machines, scaled, and not evicted all at once',
    violators: (all) =>
      named(all, (it) => {
        if (it.kind !== 'Deployment') return false;
        const spread = (deep(it, 'spec', 'template', 'spec', 'topologySpreadConstraints') ?? []) as readonly object[];
        const has = (kind: string, isOf: (other: Manifest) => boolean) =>
          all.some((other) => other.kind === kind && other.metadata.namespace === it.metadata.namespace && isOf(other));
        return (
          spread.length < 2 ||
          !has('HorizontalPodAutoscaler', (hpa) => deep(hpa, 'spec', 'scaleTargetRef', 'name') === it.metadata.name) ||
          !has('PodDisruptionBudget', (pdb) => selects(Object(deep(pdb, 'spec', 'selector')), podsOf(it)?.labels ?? {}))
        );
      }),
  },
  {
    demand: 'every namespace denies what no policy allows, and lets no privileged pod in',
    violators: (all) =>
      named(all, (it) => {
        if (it.kind !== 'Namespace') return false;
        const deniesAll = (policy: Manifest) =>
          policy.kind === 'NetworkPolicy' &&
          policy.metadata.namespace === it.metadata.name &&
          Object.keys(Object(deep(policy, 'spec', 'podSelector'))).length === 0 &&
          String(deep(policy, 'spec', 'policyTypes')) === 'Ingress,Egress' &&
          deep(policy, 'spec', 'ingress') === undefined &&
          deep(policy, 'spec', 'egress') === undefined;
        return (
          deep(it, 'metadata', 'labels', 'pod-security.kubernetes.io/enforce') !== 'restricted' || !all.some(deniesAll)
        );
      }),
  },
  {
    demand: 'whatever runs has a policy of its own for the network',
    violators: (all) => named(all, (it) => labelsOf(it) !== undefined && ownPolicies(all, it).length === 0),
  },
  {
    demand: 'no policy is open to the whole network',
    violators: (all) =>
      named(
        all,
        (it) =>
          it.kind === 'NetworkPolicy' &&
          peersOf(it).some(
            (peers) =>
              peers.length === 0 ||
              peers.some(
                (peer) =>
                  /\/0$/.test(String(deep(peer, 'ipBlock', 'cidr') ?? '')) || Object.keys(Object(peer)).length === 0,
              ),
          ),
      ),
  },
  {
    demand: 'a policy selects pods that are there',
    violators: (all) =>
      named(
        all,
        (policy) =>
          policy.kind === 'NetworkPolicy' &&
          Object.keys(Object(deep(policy, 'spec', 'podSelector'))).length > 0 &&
          !all.some((it) => ownPolicies([policy], it).length > 0),
      ),
  },
  {
    demand: 'what is mounted or read is made by somebody, or is listed as brought by the operator',
    violators: (all) => {
      const made = new Set([...BROUGHT, ...all.flatMap(makes)]);
      return running(all).flatMap((it) =>
        uses(it)
          .filter((name) => !made.has(name))
          .map((name) => `${nameOf(it)}: ${name}`),
      );
    },
  },
  {
    demand: 'no process mounts a certificate that cert-manager renews by itself: nobody may name it yet',
    violators: (all) => {
      const renewed = all.flatMap((it) => (it.kind === 'Certificate' ? makes(it) : []));
      return running(all).flatMap((it) =>
        uses(it)
          .filter((name) => renewed.includes(name))
          .map((name) => `${nameOf(it)}: ${name}`),
      );
    },
  },
  {
    demand: 'no secret stands in a file',
    violators: (all) => named(all, (it) => it.kind === 'Secret'),
  },
];

/** On production alone: a second copy of everything before anything is acknowledged. */
export const PRODUCTION_DEMANDS: readonly Demand[] = [
  {
    demand: 'a database has three servers, and a commit waits for a second one',
    violators: (all) =>
      named(
        all,
        (it) =>
          it.kind === 'Cluster' &&
          (!(Number(deep(it, 'spec', 'instances')) >= 3) ||
            deep(it, 'spec', 'postgresql', 'synchronous', 'dataDurability') !== 'required' ||
            deep(it, 'spec', 'affinity', 'podAntiAffinityType') !== 'required'),
      ),
  },
  {
    demand: 'a database archives its WAL and is backed up every day, no longer than 31 days',
    violators: (all) =>
      named(all, (it) => {
        if (it.kind !== 'Cluster') return false;
        const of = (kind: string) =>
          all.find(
            (other) => other.kind === kind && nameOf(other).endsWith(`${it.metadata.namespace}/${it.metadata.name}`),
          );
        const [plugin] = (deep(it, 'spec', 'plugins') ?? []) as readonly { isWALArchiver?: boolean }[];
        const days = /^(\d+)d$/.exec(String(deep(of('ObjectStore'), 'spec', 'retentionPolicy')))?.[1];
        return plugin?.isWALArchiver !== true || of('ScheduledBackup') === undefined || !(Number(days) <= 31);
      }),
  },
  {
    demand: 'every process runs in production mode, at least twice',
    violators: (all) =>
      named(
        all,
        (it) =>
          (it.kind === 'ConfigMap' && deep(it, 'data', 'EINMAL_MODE') !== 'production') ||
          (it.kind === 'HorizontalPodAutoscaler' && !(Number(deep(it, 'spec', 'minReplicas')) >= 2)),
      ),
  },
];

/** By namespace and name: the catalogue of the deployment, the register's file, the profile of the pages, certificates that are named. */
const BROUGHT: readonly string[] = [
  'einmal-node/configMap/catalogue',
  'einmal-intermediary/configMap/catalogue',
  'einmal-register/configMap/catalogue',
  'einmal-register/configMap/register',
  'einmal-pages/configMap/catalogue',
  'einmal-pages/configMap/node-profile',
  // Copied from what cert-manager keeps at `…-tls-next`, once the catalogues name it (docs/kubernetes.md).
  'einmal-node/secret/node-tls',
  'einmal-intermediary/secret/intermediary-tls',
  'einmal-register/secret/register-edge-tls',
  'einmal-pages/secret/pages-tls',
];

function makes(it: Manifest): readonly string[] {
  const at = (kind: string, name: unknown) => `${it.metadata.namespace}/${kind}/${String(name)}`;
  if (it.kind === 'ConfigMap') return [at('configMap', it.metadata.name)];
  if (it.kind === 'ExternalSecret') return [at('secret', deep(it, 'spec', 'target', 'name'))];
  if (it.kind === 'Certificate') return [at('secret', deep(it, 'spec', 'secretName'))];
  // CloudNativePG: the authority of the cluster, and the login of the owner.
  if (it.kind === 'Cluster') return ['ca', 'app'].map((what) => at('secret', `${it.metadata.name}-${what}`));
  if (it.kind === 'ServiceAccount') return [at('account', it.metadata.name)];
  return [];
}

function uses(it: Manifest): readonly string[] {
  const at = (kind: string, name: unknown) =>
    name === undefined ? [] : [`${it.metadata.namespace}/${kind}/${String(name)}`];
  const spec = podsOf(it)?.spec;
  const volumes = (spec?.volumes ?? []) as readonly Record<string, unknown>[];
  const sources = volumes.flatMap((volume) => [
    volume,
    ...((deep(volume, 'projected', 'sources') ?? []) as readonly Record<string, unknown>[]),
  ]);
  return [
    ...at('account', spec?.serviceAccountName),
    ...sources.flatMap((source) => [
      ...at('secret', deep(source, 'secret', 'secretName') ?? deep(source, 'secret', 'name')),
      ...at('configMap', deep(source, 'configMap', 'name')),
    ]),
    ...containersOf(it).flatMap((container) => [
      ...((container.env ?? []) as readonly unknown[]).flatMap((env) =>
        at('secret', deep(env, 'valueFrom', 'secretKeyRef', 'name')),
      ),
      ...((container.envFrom ?? []) as readonly unknown[]).flatMap((env) =>
        at('configMap', deep(env, 'configMapRef', 'name')),
      ),
    ]),
  ];
}
