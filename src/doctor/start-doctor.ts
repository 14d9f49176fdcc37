import { connect } from 'node:net';
import { ed25519Verifier } from '#libs/tlog/signed-note.js';
import { readLogSigner } from '../audit/log-signer.js';
import { PostgresLogStore } from '../audit/log-store.postgres.js';
import type { KeyUse } from '../catalogue/catalogue.js';
import { loadCatalogue } from '../catalogue/load-catalogue.js';
import { CatalogueLookup } from '../catalogue/lookup.js';
import { logKeys, namedWitnesses } from '../catalogue/verifier-keys.js';
import { cutoffMs, isOver, retentionOf } from '../erasure/retention.js';
import { GovernanceStart } from '../governance/start-governance.js';
import { permissionLogMigrations } from '../intermediary/migrations/permission-log-migrations.js';
import { type NodeConfig, readNodeConfig } from '../node-config.js';
import { nodeMigrations } from '../node-migrations.js';
import { SystemClock } from '../platform/clock.js';
import { processSettings, readConfig } from '../platform/config.js';
import { operationalLog } from '../platform/operational-log.js';
import { openPool } from '../platform/pool.js';
import { Opened } from '../platform/run-process.js';
import { readTlsIdentity } from '../platform/tls.js';
import { PostgresLineOutbox } from '../processing-log/line-outbox.postgres.js';
import { readEdgeConfig } from '../register-edge/edge-config.js';
import { edgeMigrations } from '../register-edge/migrations/edge-migrations.js';
import { startVault } from '../vault/start-vault.js';
import { PostgresCosignatureStore } from '../witnesses/cosignature-store.postgres.js';
import { type Diagnosis, examined, failure, ok, warning } from './diagnosis.js';
import {
  examineClock,
  examineMigrations,
  examineRights,
  examineServer,
  type Forbidden,
} from './examine-database.postgres.js';
import { examineCheckpointFolder, examineDisk } from './examine-disk.js';
import { examineCertificate, examineFolder, examineSeal, examineSigningKeys } from './examine-keys.js';
import { examineCheckpoint, examineWitnesses } from './examine-log.js';
import { examinePeer } from './examine-peer.grpc.js';

export type Diagnosed = 'node' | 'intermediary' | 'register';

/** What the directory answers, without which nobody is identified. */
const IDENTITY = 'identity';
const CONNECT_MS = 3000;
const LONGEST_BACKLOG_S = 300;
const CHANGE = ['UPDATE', 'DELETE', 'TRUNCATE'];

type Kind = Readonly<{
  participant: string;
  uses: readonly KeyUse[];
  hasSeal: boolean;
  migrations: () => readonly Readonly<{ name: string }>[];
  forbidden: readonly Forbidden[];
}>;

const KINDS: Readonly<Record<Diagnosed, Kind>> = {
  node: {
    participant: 'node',
    uses: ['access-token', 'trigger', 'receipt', 'notice'],
    hasSeal: true,
    migrations: nodeMigrations,
    forbidden: [
      { schema: 'log', rights: ['INSERT', ...CHANGE] },
      { schema: 'app', table: 'trigger', rights: CHANGE },
    ],
  },
  intermediary: {
    participant: 'intermediary',
    uses: ['permission'],
    hasSeal: false,
    migrations: permissionLogMigrations,
    forbidden: [{ schema: 'log', rights: CHANGE }],
  },
  register: {
    participant: 'register',
    uses: ['evidence'],
    hasSeal: true,
    migrations: edgeMigrations,
    forbidden: [{ schema: 'edge', table: 'log', rights: CHANGE }],
  },
};

type Config = Pick<NodeConfig, 'mode' | 'participant' | 'catalogueFolder' | 'keyFolder' | 'databaseUrl'>;

/** Looks at a deployment as its environment describes it, with the rights of the process itself, and changes nothing. */
export async function diagnose(
  whose: Diagnosed,
  environment?: Readonly<Record<string, string | undefined>>,
): Promise<readonly Diagnosis[]> {
  let config: Config | undefined;
  let node: NodeConfig | undefined;
  const configuration = await examined('configuration', 'docs/configuration.md names every variable', () => {
    if (whose === 'node') config = node = readNodeConfig(environment);
    else if (whose === 'register') config = readEdgeConfig(environment);
    else config = readConfig(processSettings, environment);
    return [ok('configuration')];
  });
  if (config === undefined) return configuration;
  const opened = new Opened();
  try {
    return [...configuration, ...(await examineAll(KINDS[whose], whose, config, node, opened))];
  } finally {
    await opened.close().catch(() => undefined);
  }
}

async function examineAll(
  kind: Kind,
  whose: Diagnosed,
  config: Config,
  node: NodeConfig | undefined,
  opened: Opened,
): Promise<readonly Diagnosis[]> {
  const log = operationalLog('doctor', 'silent');
  const pool = openPool(config.databaseUrl, { max: 4, log });
  opened.onClose(() => pool.end());
  const found: Diagnosis[] = [];
  const look = async (what: string, todo: string, examine: Parameters<typeof examined>[2]): Promise<boolean> => {
    const more = await examined(what, todo, examine);
    found.push(...more);
    return more.every(({ state }) => state !== 'failure');
  };

  const { participant, keyFolder, catalogueFolder } = config;
  const isThere = await look('database', 'look whether it runs, and at DATABASE_URL', async () => {
    await pool.query('select');
    return [ok('database', 'reachable')];
  });
  if (isThere) {
    const todo = 'run the newest migrations as the owner';
    await look('database server', todo, () => examineServer(pool, config.mode === 'production'));
    await look('rights of the login', todo, () => examineRights(pool, kind.forbidden));
    await look('migrations', todo, () =>
      examineMigrations(
        pool,
        whose,
        kind.migrations().map(({ name }) => name),
      ),
    );
    await look('clock', todo, () => examineClock(pool));
  }

  let lookup: CatalogueLookup | undefined;
  await look('catalogue', 'correct the files, or fetch the version in force ("einmal policy fetch")', () => {
    const catalogue = loadCatalogue({ folder: catalogueFolder });
    lookup = new CatalogueLookup(catalogue);
    const actual = lookup.participant(participant)?.kind;
    return [
      ok('catalogue', `version ${catalogue.version.slice(0, 12)}`),
      actual === kind.participant
        ? ok('participant', participant)
        : failure(
            'participant',
            `"${participant}" is ${actual ?? 'nobody'} in the catalogue`,
            `set EINMAL_PARTICIPANT to a ${kind.participant}`,
          ),
    ];
  });
  if (node !== undefined && isThere)
    await look('catalogue in force', 'fetch it into the folder ("einmal policy fetch")', async () => {
      const { current } = await GovernanceStart.read(catalogueFolder, pool, log);
      const isSame = current.catalogue.version === lookup?.catalogue.version;
      lookup = current.lookup;
      const version = current.catalogue.version.slice(0, 12);
      return [
        isSame
          ? ok('catalogue in force', version)
          : warning(
              'catalogue in force',
              `${version}, and the files are another`,
              'fetch it into the folder ("einmal policy fetch"); that in force counts',
            ),
      ];
    });

  await look('key folder', 'set EINMAL_KEYS to the folder of this process', () => examineFolder(keyFolder));
  await look('disk of the key folder', 'make room', () => examineDisk('the key folder', keyFolder));
  if (kind.hasSeal) found.push(...(await examineSeal(keyFolder)));
  const known = lookup;
  if (known === undefined) return found;
  await look('certificate', 'put ca.pem, cert.pem and key.pem into the folder tls', () =>
    examineCertificate(keyFolder, participant, known, Date.now()),
  );
  found.push(...(await examineSigningKeys(keyFolder, participant, kind.uses, known)));
  if (node !== undefined) await examineNode(node, known, { pool, isThere, log }, opened, look);
  return found;
}

/** What only a node has: a log, a vault, witnesses, and others whom it asks. */
async function examineNode(
  node: NodeConfig,
  lookup: CatalogueLookup,
  {
    pool,
    isThere,
    log,
  }: Readonly<{ pool: ReturnType<typeof openPool>; isThere: boolean; log: ReturnType<typeof operationalLog> }>,
  opened: Opened,
  look: (what: string, todo: string, examine: Parameters<typeof examined>[2]) => Promise<boolean>,
): Promise<void> {
  const { keyFolder, logOrigin, checkpointFile, participant } = node;
  const { catalogue } = lookup;
  if (checkpointFile !== undefined)
    await look('folder of the checkpoint', 'it must be there and writable', () =>
      examineCheckpointFolder(checkpointFile),
    );
  const vault = startVault(node, log, opened);
  await look('vault', 'look at EINMAL_VAULT_DATABASE_URL, or at the folder vault of the key folder', async () => {
    const epochs = await vault.keys.epochs();
    const retention = retentionOf(catalogue);
    const over = epochs.filter((it) => isOver(it, cutoffMs(retention, it.retentionClass, Date.now())));
    return [
      ok('vault', `${epochs.length} months of keys`),
      over.length === 0
        ? ok('erasure', 'nothing is past its term')
        : failure(
            'erasure',
            `${over.length} months are past their term`,
            'run "einmal audit purge", every day (IDNrG § 9 Abs. 3)',
          ),
    ];
  });
  await look('key of the log', 'signing/log.jwk.json must be the key that began the log', async () => {
    const signer = await readLogSigner(keyFolder, logOrigin);
    const isNamed = logKeys(catalogue).includes(signer.vkey);
    const named = isNamed
      ? ok('key of the log', logOrigin)
      : warning(
          'key of the log',
          'the catalogue does not name it',
          'name it in keys.yaml: witnesses and verifiers know the log by it',
        );
    if (!isThere) return [named];
    const store = new PostgresLogStore({ pool, signer, vault: vault.keys, clock: new SystemClock() });
    const { size } = await store.head();
    const witnesses = namedWitnesses(catalogue)
      .map((it) => it.participant)
      .filter((it) => it !== participant);
    return [
      named,
      ...(await examineCheckpoint(store, vault.checkpoints, ed25519Verifier(signer.vkey))),
      ...(await examineWitnesses(witnesses, new PostgresCosignatureStore(pool, signer.name), size)),
    ];
  });
  const tls = readTlsIdentity(keyFolder);
  const isDirectory = (it: string) =>
    catalogue.registers.some((known) => known.participant === it && known.evidence_types.includes(IDENTITY));
  const registers = new Set(catalogue.registers.map((it) => it.participant));
  const asked = [
    ...lookup.participantsOfKind('intermediary').map((it) => ({ participant: it.id, isNeeded: true })),
    ...[...registers]
      .filter((it) => lookup.endpoint(it) !== undefined)
      .map((it) => ({ participant: it, isNeeded: isDirectory(it) })),
  ];
  await look('other participants', 'look at endpoints.yaml', () =>
    Promise.all(asked.map((it) => examinePeer(it, lookup, tls))),
  );
  for (const [what, url] of [
    ['collector of spans and metrics', node.otlpUrl],
    ['collector of the processing log', node.processingLogUrl],
  ] as const)
    if (url !== undefined)
      await look(what, 'look whether it runs; the processing log is kept until it does', async () => [
        await examineCollector(what, url),
      ]);
  if (node.processingLogUrl !== undefined && isThere)
    await look('processing log', 'look at its collector', async () => {
      const { entries, ageS } = await new PostgresLineOutbox(pool).backlog();
      const detail = `${entries} entries are not confirmed`;
      const isLate = entries > 0 && ageS > LONGEST_BACKLOG_S;
      return [isLate ? warning('processing log', detail, 'look at its collector') : ok('processing log', detail)];
    });
}

/** Whether somebody listens there; nothing is sent. */
function examineCollector(what: string, url: string): Promise<Diagnosis> {
  const { hostname, port, protocol } = new URL(url);
  const at = Number(port || (protocol === 'https:' ? 443 : 80));
  const host = hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve) => {
    const socket = connect({ host, port: at, timeout: CONNECT_MS });
    const end = (isReached: boolean): void => {
      socket.destroy();
      const away = warning(
        what,
        `nobody listens at ${host}:${at}`,
        'look whether it runs; the processing log is kept until it does',
      );
      resolve(isReached ? ok(what, `${host}:${at}`) : away);
    };
    socket
      .once('connect', () => end(true))
      .once('timeout', () => end(false))
      .once('error', () => end(false));
  });
}
