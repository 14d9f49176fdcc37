import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServiceError } from '@grpc/grpc-js';
import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { parse } from 'yaml';
import type { KeyUse, Participant } from '../../src/catalogue/catalogue.js';
import { CurrentCatalogue } from '../../src/catalogue/current-catalogue.js';
import { loadCatalogue, loadLaw } from '../../src/catalogue/load-catalogue.js';
import { signedAgreements } from '../../src/demo/agreements.js';
import { writeCatalogue } from '../../src/demo/deployment.js';
import { freePort } from '../../src/demo/free-port.js';
import { people } from '../../src/demo/people/population.js';
import { createPki, type Pki } from '../../src/demo/pki.js';
import { loadRegister } from '../../src/demo/registers/load-register.js';
import type { RegisterKind } from '../../src/demo/registers/register-schema.js';
import { openClient } from '../../src/platform/grpc-client.js';
import { REGISTER_PROTOS } from '../../src/platform/proto.js';
import type { IdentityDirectoryServiceClient } from '../../src/platform/rpc-types/einmal/register/v1/IdentityDirectoryService.js';
import type { RegisterServiceClient } from '../../src/platform/rpc-types/einmal/register/v1/RegisterService.js';
import { readTlsIdentity, type TlsIdentity, thumbprintOfPem } from '../../src/platform/tls.js';
import type { EdgeConfig } from '../../src/register-edge/edge-config.js';
import { edgeMigrations } from '../../src/register-edge/migrations/edge-migrations.js';
import { type RunningEdge, startEdge } from '../../src/register-edge/start-edge.js';
import { importSigningKey, type SigningKey } from '../../src/tokens/jws.js';
import { SilentLog } from '../support/silent-log.js';
import type { Federation } from './federation.js';

const PEOPLE = 300;

/** Two edges over real databases: a register and the identity directory, as the demo configures them. */
export type Deployment = Readonly<{
  federation: Federation;
  pki: Pki;
  log: SilentLog;
  admin: pg.Client;
  /** Connection to a database of the deployment as its owner, as the edge, or as the reader of a register. */
  connect(database: string, as: 'owner' | 'edge' | 'reader'): Promise<pg.Client>;
  environment(register: string): Promise<Record<string, string>>;
  start(config: EdgeConfig): Promise<RunningEdge>;
  registerClient(port: number, tls?: TlsIdentity): RegisterServiceClient;
  directoryClient(port: number, tls?: TlsIdentity): IdentityDirectoryServiceClient;
  end(): Promise<void>;
}>;

const KINDS: Readonly<Record<string, RegisterKind>> = {
  'melderegister-bremen': 'melderegister',
  'identity-directory': 'identity-directory',
};

export async function aDeployment(): Promise<Deployment> {
  const suffix = randomBytes(4).toString('hex');
  const role = { owner: `edge_owner_${suffix}`, edge: `edge_${suffix}`, reader: `edge_reader_${suffix}` };
  const nameOf = (database: string) => `${database.replaceAll('-', '_')}_${suffix}`;
  const urlOf = (database?: string, as?: keyof typeof role): string => {
    const url = new URL(process.env.EINMAL_TEST_PG ?? '');
    if (as !== undefined) [url.username, url.password] = [role[as], suffix];
    if (database !== undefined) url.pathname = `/${nameOf(database)}`;
    return url.href;
  };
  const connect: Deployment['connect'] = async (database, as) => {
    const client = new pg.Client({ connectionString: urlOf(database, as) });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };

  const admin = new pg.Client({ connectionString: urlOf() });
  await admin.connect();
  for (const name of Object.values(role)) await admin.query(`create role ${name} login password '${suffix}'`);
  const registers = Object.keys(KINDS);
  const databases = registers.flatMap((it) => [it, `${it}-edge`]);
  for (const it of databases) await admin.query(`create database ${nameOf(it)} owner ${role.owner}`);
  for (const it of registers) {
    const connection = await connect(it, 'owner');
    const register = KINDS[it] ?? 'melderegister';
    await loadRegister({ connection, register, people: people({ count: PEOPLE, seed: 1 }), reader: role.reader });
    await connection.end();
    await migrate(urlOf(`${it}-edge`, 'owner'), role.edge);
  }

  const folder = await mkdtemp(join(tmpdir(), 'einmal-edge-'));
  await chmod(folder, 0o700);
  const participants: readonly Participant[] = parse(
    await readFile('catalogue/participants.yaml', 'utf8'),
  ).participants;
  const pki = await createPki(join(folder, 'keys'), participants);
  const catalogueFolder = join(folder, 'catalogue');
  const endpoints = participants
    .filter(({ kind }) => kind !== 'online-service')
    .map(({ id }, index) => ({ participant: id, address: `localhost:${50_000 + index}`, server_name: 'localhost' }));
  const agreements = await signedAgreements(loadLaw('catalogue'), pki, 'node');
  await writeCatalogue(catalogueFolder, { keys: pki.keys, endpoints, agreements });
  const federation = await federationOf(pki, new CurrentCatalogue(loadCatalogue({ folder: catalogueFolder })));

  const log = new SilentLog();
  const running: RunningEdge[] = [];
  const clients: { close(): void }[] = [];
  const client = <C extends RegisterServiceClient | IdentityDirectoryServiceClient>(
    service: string,
    port: number,
    tls: TlsIdentity = readTlsIdentity(pki.folderOf('node')),
  ): C => {
    const certificates = pki.keys.flatMap((it) => it.certificates);
    const peer = { address: `localhost:${port}`, serverName: 'localhost', certificates };
    const opened = openClient<C>(REGISTER_PROTOS, `einmal.register.v1.${service}`, peer, tls);
    clients.push(opened);
    return opened;
  };
  return {
    federation,
    pki,
    log,
    admin,
    connect,
    environment: async (register) => ({
      EINMAL_MODE: 'development',
      EINMAL_PARTICIPANT: register,
      EINMAL_CATALOGUE: catalogueFolder,
      EINMAL_KEYS: pki.folderOf(register),
      EINMAL_GRPC_PORT: String(await freePort()),
      EINMAL_REGISTER_CONFIG: `src/demo/registers/config/${register}.yaml`,
      DATABASE_URL: urlOf(`${register}-edge`, 'edge'),
      DATA_URL: urlOf(register, 'reader'),
    }),
    start: async (config) => {
      const edge = await startEdge(config, log);
      running.push(edge);
      return edge;
    },
    registerClient: (port, tls) => client('RegisterService', port, tls),
    directoryClient: (port, tls) => client('IdentityDirectoryService', port, tls),
    end: async () => {
      for (const it of clients) it.close();
      for (const it of running) await it.stop();
      for (const it of databases) await admin.query(`drop database if exists ${nameOf(it)} with (force)`);
      for (const name of Object.values(role)) await admin.query(`drop role if exists ${name}`);
      await admin.end();
      await rm(folder, { recursive: true });
    },
  };
}

async function migrate(clientUrl: string, edgeRole: string): Promise<void> {
  const orm = await MikroORM.init({
    clientUrl,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    migrations: { migrationsList: edgeMigrations(edgeRole), tableName: 'migration', schema: 'ops', snapshot: false },
  });
  await orm.migrator.up();
  await orm.close();
}

async function federationOf(pki: Pki, current: CurrentCatalogue): Promise<Federation> {
  const held = new Map<string, SigningKey>();
  const signing: readonly (readonly [string, KeyUse])[] = [
    ['familienkasse-online', 'attestation'],
    ['elterngeld-online', 'attestation'],
    ['pages', 'attestation'],
    ['intermediary', 'permission'],
    ['node', 'trigger'],
  ];
  for (const [participant, use] of signing) {
    const file = join(pki.folderOf(participant), 'signing', `${use}.jwk.json`);
    held.set(`${participant} ${use}`, await importSigningKey(JSON.parse(await readFile(file, 'utf8'))));
  }
  return {
    current,
    nodeCertificate: thumbprintOfPem(readTlsIdentity(pki.folderOf('node')).cert),
    key: (participant, use) => {
      const key = held.get(`${participant} ${use}`);
      if (key === undefined) throw new Error('the deployment holds no such key');
      return key;
    },
  };
}

type Start<R> = (done: (error: ServiceError | null, value?: R) => void) => unknown;

/** The answer, or the refusal exactly as it came over the wire. */
export function call<R>(start: Start<R>): Promise<{ value: R } | { refused: ServiceError }> {
  return new Promise((resolve, reject) => {
    start((error, value) => {
      if (error !== null) resolve({ refused: error });
      else if (value === undefined) reject(new Error('neither answer nor refusal'));
      else resolve({ value });
    });
  });
}
