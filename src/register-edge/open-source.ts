import { fileURLToPath } from 'node:url';
import type { Clock } from '../platform/clock.js';
import { ConfigFault } from '../platform/config.js';
import { germanDay } from '../platform/german-day.js';
import type { Peer } from '../platform/grpc-client.js';
import { HttpsPeer } from '../platform/https-peer.js';
import type { OperationalLog } from '../platform/operational-log.js';
import type { TlsIdentity } from '../platform/tls.js';
import type { TypesInForce } from './evidence-mapping.js';
import { FilesEvidenceSource } from './evidence-source.files.js';
import { GrpcEvidenceSource } from './evidence-source.grpc.js';
import type { EvidenceSource } from './evidence-source.js';
import { RestEvidenceSource } from './evidence-source.rest.js';
import { SqlEvidenceSource } from './evidence-source.sql.js';
import { XRoadEvidenceSource } from './evidence-source.xroad.js';
import type { Finding } from './finding.js';
import { JsonEndpoint } from './json-endpoint.https.js';
import type { NamedConnection } from './named-connection.js';
import type { PersonDirectory } from './person-directory.js';
import { PostgresPersonDirectory } from './person-directory.postgres.js';
import { RecordEndpoint } from './record-endpoint.grpc.js';
import { RecordFolder } from './record-folder.js';
import {
  type DirectoryConfig,
  type GrpcConfig,
  isGrpc,
  isRest,
  isXNachweis,
  isXRoad,
  type RegisterConfig,
  type RestConfig,
  type SqlSource,
  type TableConfig,
  type XNachweisConfig,
  type XRoadConfig,
} from './register-config.js';
import { SourcePool } from './source-pool.js';
import { DEFAULT_STATEMENT_TIMEOUT_MS, type SqlDatabase } from './sql-database.js';
import { PostgresDatabase } from './sql-database.postgres.js';
import { SqliteDatabase } from './sql-database.sqlite.js';
import { checkViews, directoryViews, evidenceViews } from './view-check.js';
import { sampleViews } from './view-sample.js';

export type Opening = Readonly<{
  /** What the variable `data_source.url_env` holds. */
  url: string;
  /** Of an interface: bearer token, and PEM of the authorities to trust. */
  token?: string | undefined;
  authorities?: string | undefined;
  /** Certificate and key of the edge for a system that knows it by them, and the authority to trust. */
  identity?: TlsIdentity | undefined;
  types: TypesInForce;
  log: OperationalLog;
  clock: Clock;
}>;

/** A register's own data, opened. */
export type OpenedSource = Readonly<{
  source: EvidenceSource;
  /** Whether everything is there as configured; the edge does not start otherwise. */
  check(): Promise<readonly Finding[]>;
  /** What some records say, and how long one takes to find: before a register joins. Tells nothing of whom they are about. */
  sample(): Promise<readonly Finding[]>;
  close(): Promise<void>;
}>;

/** The one place that chooses an adapter; libraries that few need are loaded for those. @throws ConfigFault */
export async function openSource(
  config: Exclude<RegisterConfig, DirectoryConfig>,
  opening: Opening,
): Promise<OpenedSource> {
  if (isRest(config)) return openRest(config, opening);
  if (isGrpc(config)) return openGrpc(config, opening);
  if (isXRoad(config)) return openXRoad(config, opening);
  if (isXNachweis(config)) return openXNachweis(config, opening);
  const { data_source } = config;
  if (data_source.kind === 'files') return openFiles(config, data_source.delimiter, opening);
  return openSql(config, await openDatabase(data_source, opening), opening);
}

/** The same for the identity directory. */
export function openDirectory(
  { data_source, directory: views }: DirectoryConfig,
  { url, log }: Opening,
): Readonly<{ directory: PersonDirectory }> & Omit<OpenedSource, 'source' | 'sample'> {
  const pool = new SourcePool(
    url,
    log,
    'statement_timeout_ms' in data_source ? data_source.statement_timeout_ms : undefined,
  );
  const database = new PostgresDatabase(pool);
  return {
    directory: new PostgresPersonDirectory(pool, views),
    check: () => checkViews(database, directoryViews(views)),
    close: () => database.close(),
  };
}

function openSql(config: TableConfig, database: SqlDatabase, { types, clock }: Opening): OpenedSource {
  return {
    source: new SqlEvidenceSource(database, config, types, clock),
    check: () => checkViews(database, evidenceViews(config)),
    sample: () => sampleViews(database, config, types(), germanDay(clock.now())),
    close: () => database.close(),
  };
}

async function openDatabase(
  { kind = 'postgres', statement_timeout_ms: timeoutMs }: SqlSource,
  { url, log }: Opening,
): Promise<SqlDatabase> {
  switch (kind) {
    case 'postgres':
      return new PostgresDatabase(new SourcePool(url, log, timeoutMs));
    case 'sqlite':
      return new SqliteDatabase(pathOf(url), timeoutMs);
    case 'mysql': {
      const { MysqlDatabase } = await import('./sql-database.mysql.js');
      return new MysqlDatabase(url, timeoutMs);
    }
  }
}

function openFiles(config: TableConfig, delimiter = ',', { url, types, log, clock }: Opening): OpenedSource {
  const folder = new RecordFolder(pathOf(url), delimiter);
  const source = new FilesEvidenceSource(folder, config, types, log, clock);
  return { source, check: () => source.check(), sample: async () => source.sample(), close: () => source.close() };
}

function openRest(
  { data_source, evidence }: RestConfig,
  { url, token, authorities, types, clock }: Opening,
): OpenedSource {
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:')
    throw new ConfigFault([`${data_source.url_env} must be an https: URL`]);
  const timeoutMs = data_source.timeout_ms ?? DEFAULT_STATEMENT_TIMEOUT_MS;
  const endpoint = new JsonEndpoint({ url: new URL(url), timeoutMs, token, authorities });
  const source = new RestEvidenceSource(endpoint, evidence, types, clock);
  return { source, check: () => source.check(), sample: () => source.sample(), close: async () => endpoint.close() };
}

function openGrpc({ data_source, evidence }: GrpcConfig, opening: Opening): OpenedSource {
  const { peer, identity } = namedPeer(data_source, opening);
  const endpoint = new RecordEndpoint(peer, identity, data_source);
  const source = new GrpcEvidenceSource(endpoint, evidence, opening.types, opening.clock);
  return { source, check: () => source.check(), sample: () => source.sample(), close: async () => endpoint.close() };
}

function openXRoad({ data_source, evidence }: XRoadConfig, opening: Opening): OpenedSource {
  const peer = httpsPeer(data_source, opening);
  const source = new XRoadEvidenceSource(peer, data_source, evidence, opening.types, opening.clock);
  return { source, check: () => source.check(), sample: () => source.sample(), close: async () => peer.close() };
}

async function openXNachweis(
  { data_source, evidence, simulator }: XNachweisConfig,
  opening: Opening,
): Promise<OpenedSource> {
  const { XNachweisEvidenceSource } = await import('./evidence-source.xnachweis.js');
  const { types, clock } = opening;
  const peer = httpsPeer(data_source, opening);
  const source = new XNachweisEvidenceSource(peer, data_source, evidence, { types, clock, isTest: simulator });
  return { source, check: () => source.check(), sample: async () => [], close: async () => peer.close() };
}

/** Over mutual TLS, and to one of the certificates that the configuration names. @throws ConfigFault */
function namedPeer(
  { url_env, server_certificates: certificates }: NamedConnection,
  { url, identity }: Opening,
): Readonly<{ peer: Peer; identity: TlsIdentity }> {
  const { protocol, host, hostname, pathname } = URL.canParse(url) ? new URL(url) : new URL('none:');
  if (protocol !== 'https:' || pathname !== '/') throw new ConfigFault([`${url_env} must be https://host:port`]);
  if (identity === undefined) throw new ConfigFault(['the data source needs a certificate of the edge']);
  return { peer: { address: host, serverName: hostname, certificates }, identity };
}

/** @throws ConfigFault */
function httpsPeer(source: NamedConnection, opening: Opening): HttpsPeer {
  const { peer, identity } = namedPeer(source, opening);
  return new HttpsPeer(peer, identity);
}

/** Of a `file:` URL, or as it is written. @throws ConfigFault */
function pathOf(url: string): string {
  if (!url.startsWith('file:')) return url;
  try {
    return fileURLToPath(url);
  } catch {
    throw new ConfigFault(['the URL of the data source is not that of a local file']);
  }
}
