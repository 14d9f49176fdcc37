import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Endpoint, Participant } from '../catalogue/catalogue.js';
import { loadLaw } from '../catalogue/load-catalogue.js';
import { namedWitnesses } from '../catalogue/verifier-keys.js';
import type { NodeProfile } from '../client/node-profile.js';
import { packageRoot } from '../platform/paths.js';
import { readTlsIdentity } from '../platform/tls.js';
import type { Trust } from '../verify/answer.js';
import { trustPolicy } from '../witnesses/trust-policy.js';
import { signedAgreements } from './agreements.js';
import { type DataFolder, takeDataFolder } from './data-folder.js';
import { createDemoDatabases, DEMO_REGISTERS, type DemoDatabases } from './demo-databases.js';
import { demoPages, PAGES } from './demo-pages.js';
import { DemoProcess } from './demo-process.js';
import { loadDemoRegisters, type Population } from './demo-registers.js';
import { demoTrust, logOrigin } from './demo-trust.js';
import { keepCatalogue } from './deployment.js';
import { freePort } from './free-port.js';
import { createPki, type Pki } from './pki.js';
import { type PostgresServer, startPostgres } from './postgres.js';

export const NODE = 'node';
const INTERMEDIARY = 'intermediary';
const HOST = 'localhost';
/** So that the one who looks at the demo need not wait. */
const WITNESS_INTERVAL_S = 1;
/** Who has a process in the demo; the catalogue also describes registers that are not connected. */
const RUNNING: readonly string[] = [NODE, INTERMEDIARY, ...DEMO_REGISTERS.map(({ id }) => id)];
const ASKING: readonly Participant['kind'][] = ['online-service', 'authority', 'pages'];
const CATALOGUE = join(packageRoot, 'catalogue');

export type SystemOptions = Readonly<{
  /** `data/demo` below the package; the next one beside it when a living system works there. */
  dataFolder?: string;
  /** Starts over with new keys, databases and people. */
  fresh?: boolean;
  personCount?: number;
  seed?: number;
  /** Ports of the node; free ones if absent. */
  grpcPort?: number | undefined;
  httpPort?: number | undefined;
  /** Starts the pages too, with a simulated identity provider. */
  pages?: boolean;
  /** Port of the pages; a free one if absent. */
  pagesPort?: number | undefined;
  logLevel?: string;
  /** Further settings of single processes, by participant. */
  environment?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Within which a changed catalogue is read by each; at once if absent. */
  catalogueSpreadSeconds?: number;
  /** Processes to start; all if absent. */
  only?: readonly string[];
  /** Starts, of the registers, those alone that this online service asks. */
  service?: string;
  /** Or those alone that have some of this evidence. */
  evidence?: readonly string[];
  /** Told what happens, for a person to read. */
  log?: (line: string) => void;
}>;

/** A whole system of separate processes on this machine. */
export type RunningSystem = Readonly<{
  dataFolder: string;
  pki: Pki;
  postgres: PostgresServer;
  databases: DemoDatabases;
  processes: readonly DemoProcess[];
  process(name: string): DemoProcess;
  /** What an online service is given to connect. */
  profile(consumer: string): NodeProfile;
  profileFile(consumer: string): string;
  endpoints: Readonly<{ grpc: string; http: string }>;
  /** Where a browser finds the pages, if they were started. */
  pagesUrl: string | undefined;
  trust: Trust;
  /** Trust policy of log and witnesses (C2SP tlog-policy), from where the keys were made. */
  policy: string;
  policyFile: string;
  stop(): Promise<void>;
}>;

/** One step of the start; they are to be run in their order, each once. */
export type StartStep = Readonly<{ title: string; run(report: (text: string) => void): Promise<void> }>;

/** Starts everything, or nothing: a step that fails takes the earlier ones back. */
export async function startSystem(options: SystemOptions = {}): Promise<RunningSystem> {
  const start = new SystemStart(options);
  try {
    for (const { title, run } of start.steps) {
      options.log?.(title);
      await run((text) => options.log?.(text));
    }
    return start.system();
  } catch (error) {
    await start.undo();
    throw error;
  }
}

/** The start in steps, for callers that show its progress. */
export class SystemStart {
  readonly #undo: (() => Promise<void>)[] = [];
  #folder: DataFolder | undefined;
  #pki: Pki | undefined;
  #postgres: PostgresServer | undefined;
  #databases: DemoDatabases | undefined;
  #processes: readonly DemoProcess[] = [];
  #ports: ReadonlyMap<string, number> = new Map();
  #httpPort = 0;
  #witnessPorts: ReadonlyMap<string, number> = new Map();
  #trust: Trust | undefined;
  #policy: string | undefined;
  #pagesUrl: string | undefined;

  constructor(private readonly options: SystemOptions) {}

  readonly steps: readonly StartStep[] = [
    { title: 'Keys, certificates and catalogue', run: (report) => this.prepare(report) },
    { title: 'PostgreSQL 18', run: (report) => this.startDatabase(report) },
    {
      title: 'Synthetic people and companies in seven registers and the directory',
      run: (report) => this.load(report),
    },
    { title: 'Processes', run: (report) => this.startProcesses(report) },
  ];

  system(): RunningSystem {
    const [folder, pki, postgres] = [made(this.#folder), made(this.#pki), made(this.#postgres)];
    const process = (name: string): DemoProcess => {
      const found = this.#processes.find((it) => it.name === name);
      if (found === undefined) throw new Error(`the system has no process ${name}`);
      return found;
    };
    return {
      dataFolder: folder.path,
      pki,
      postgres,
      databases: made(this.#databases),
      processes: this.#processes,
      process,
      profile: (consumer) => this.profile(consumer),
      profileFile: (consumer) => join(folder.path, 'clients', `${consumer}.json`),
      endpoints: { grpc: this.addressOf(NODE), http: this.issuer },
      pagesUrl: this.#pagesUrl,
      trust: made(this.#trust),
      policy: made(this.#policy),
      policyFile: join(folder.path, 'clients', 'log-policy'),
      stop: () => this.undo(),
    };
  }

  /** Ends what was started, in reverse order. */
  async undo(): Promise<void> {
    for (let end = this.#undo.pop(); end !== undefined; end = this.#undo.pop()) await end();
  }

  private async prepare(report: (text: string) => void): Promise<void> {
    const wish = this.options.dataFolder ?? join(packageRoot, 'data', 'demo');
    const folder = await takeDataFolder(wish, { fresh: this.options.fresh ?? false });
    this.#folder = folder;
    this.#undo.push(() => folder.release());
    if (folder.path !== wish) report(`Another one is running: this one works in ${folder.path}`);
    const participants = loadLaw(CATALOGUE).participants.filter(
      ({ id, kind }) => ASKING.includes(kind) || RUNNING.includes(id),
    );
    const pki = await createPki(join(folder.path, 'keys'), participants);
    this.#pki = pki;
    const listening = participants.filter(({ id }) => RUNNING.includes(id));
    const ports = new Map<string, number>();
    for (const { id } of listening)
      ports.set(id, (id === NODE ? this.options.grpcPort : undefined) ?? (await freePort()));
    this.#ports = ports;
    this.#httpPort = this.options.httpPort ?? (await freePort());
    const witnessPorts = new Map<string, number>();
    for (const { id } of DEMO_REGISTERS) witnessPorts.set(id, await freePort());
    this.#witnessPorts = witnessPorts;
    const law = loadLaw(CATALOGUE);
    const deployment = {
      keys: pki.keys,
      administrators: pki.administrators,
      agreements: await signedAgreements(law, pki, NODE),
      endpoints: listening.map(({ id }) => this.endpointOf(id)),
    };
    if (await keepCatalogue(join(folder.path, 'catalogue'), deployment))
      report('Its catalogue was changed, there or in the project: it stays as it is, --fresh takes the new one');
    for (const part of ['clients', 'state']) await mkdir(join(folder.path, part), { recursive: true });
    for (const { id, kind } of participants) {
      if (!ASKING.includes(kind)) continue;
      const profile: NodeProfile = { ...this.profile(id), keys: `../keys/${id}` };
      await writeFile(join(folder.path, 'clients', `${id}.json`), `${JSON.stringify(profile, null, 2)}\n`);
    }
    this.#trust = await demoTrust(
      pki,
      NODE,
      DEMO_REGISTERS.map(({ id }) => id),
    );
    this.#policy = trustPolicy(this.#trust.log, namedWitnesses(deployment));
    await writeFile(join(folder.path, 'clients', 'log-policy'), this.#policy);
  }

  private async startDatabase(report: (text: string) => void): Promise<void> {
    const postgres = await startPostgres({
      folder: join(made(this.#folder).path, 'postgres'),
      onMoved: (moved) => report(`The user of PostgreSQL cannot reach the project: its files are in ${moved}`),
    });
    this.#postgres = postgres;
    this.#undo.push(() => postgres.stop());
    this.#databases = await createDemoDatabases(postgres.url);
  }

  private async load(report: (text: string) => void): Promise<void> {
    const { personCount: count = 10_000, seed = 1 } = this.options;
    const population: Population = { count, seed };
    await loadDemoRegisters(made(this.#databases), population, (register, persons) =>
      report(`${register}: ${persons} of ${count} persons`),
    );
    report(`${count} persons, seed ${seed}`);
  }

  private async startProcesses(report: (text: string) => void): Promise<void> {
    const all = [
      ...DEMO_REGISTERS.map(({ id }) => ({ name: id, entry: 'dist/src/register-edge/main.js' })),
      { name: INTERMEDIARY, entry: 'dist/src/intermediary/main.js' },
      { name: NODE, entry: 'dist/src/main.js' },
    ];
    const { service, evidence = service === undefined ? undefined : evidenceFor(service) } = this.options;
    const unasked = evidence === undefined ? [] : dispensable(evidence);
    const wanted = all.filter(({ name }) => !unasked.includes(name) && (this.options.only?.includes(name) ?? true));
    const pages = this.options.pages ? await this.pages() : [];
    const processes = await Promise.all(wanted.map((it) => this.describe(it.name, it.entry)));
    processes.push(...pages);
    this.#processes = processes;
    this.#undo.push(async () => {
      // The node first: it finishes what it is doing while the others still answer.
      for (const it of [...processes].reverse()) if (it.name === NODE) await it.stop();
      await Promise.all(processes.map((it) => it.stop()));
    });
    await Promise.all(
      processes.map(async (it) => {
        await it.start();
        report(`${it.name} serves${this.#ports.has(it.name) ? ` on ${this.addressOf(it.name)}` : ''}`);
      }),
    );
    report(`${processes.length} processes serve`);
  }

  private async describe(name: string, entry: string): Promise<DemoProcess> {
    const [{ path }, pki, databases] = [made(this.#folder), made(this.#pki), made(this.#databases)];
    const certificates = pki.keys.find(({ participant }) => participant === name)?.certificates ?? [];
    const isRegister = DEMO_REGISTERS.some(({ id }) => id === name);
    return new DemoProcess({
      name,
      entry,
      logFile: join(path, 'log', `${name}.log`),
      health: {
        peer: { address: this.addressOf(name), serverName: HOST, certificates },
        tls: readTlsIdentity(pki.folderOf(NODE)),
      },
      onLost: (lost) => this.tellLost(lost),
      env: {
        EINMAL_MODE: 'development',
        EINMAL_PARTICIPANT: name,
        EINMAL_CATALOGUE: join(path, 'catalogue'),
        EINMAL_KEYS: pki.folderOf(name),
        EINMAL_GRPC_HOST: HOST,
        EINMAL_GRPC_PORT: String(this.#ports.get(name)),
        EINMAL_LOG_LEVEL: this.options.logLevel ?? 'info',
        ...(name === NODE ? {} : { EINMAL_CATALOGUE_SPREAD_SECONDS: String(this.options.catalogueSpreadSeconds ?? 0) }),
        DATABASE_URL: databases.urlOf(name),
        ...(isRegister
          ? {
              EINMAL_REGISTER_CONFIG: join(packageRoot, 'src', 'demo', 'registers', 'config', `${name}.yaml`),
              DATA_URL: databases.dataOf(name).readerUrl,
              EINMAL_WITNESS_PORT: String(this.#witnessPorts.get(name)),
            }
          : {}),
        ...(name === NODE
          ? {
              EINMAL_HTTP_PORT: String(this.#httpPort),
              EINMAL_ISSUER: this.issuer,
              EINMAL_LOG_ORIGIN: await logOrigin(pki.logKeyFile(NODE)),
              EINMAL_CHECKPOINT_FILE: join(path, 'state', 'checkpoint'),
              EINMAL_WITNESS_INTERVAL_SECONDS: String(WITNESS_INTERVAL_S),
              ...(this.#pagesUrl === undefined ? {} : { EINMAL_PAGES_URL: this.#pagesUrl }),
            }
          : {}),
        ...this.options.environment?.[name],
      },
    });
  }

  private async pages(): Promise<readonly DemoProcess[]> {
    const { path: dataFolder } = made(this.#folder);
    const { url, processes } = await demoPages({
      dataFolder,
      keyFolder: made(this.#pki).folderOf(PAGES),
      databaseUrl: made(this.#databases).urlOf(PAGES),
      profileFile: join(dataFolder, 'clients', `${PAGES}.json`),
      logLevel: this.options.logLevel ?? 'info',
      catalogueSpreadSeconds: this.options.catalogueSpreadSeconds ?? 0,
      port: this.options.pagesPort,
      environment: this.options.environment,
      onLost: (lost) => this.tellLost(lost),
    });
    this.#pagesUrl = url;
    return processes;
  }

  private tellLost(name: string): void {
    const { path } = made(this.#folder);
    this.options.log?.(`${name} has ended by itself; see ${join(path, 'log', `${name}.log`)}`);
  }

  private get issuer(): string {
    return `https://${HOST}:${this.#httpPort}`;
  }

  private endpointOf(participant: string): Endpoint {
    const witnessPort = this.#witnessPorts.get(participant);
    return {
      participant,
      address: this.addressOf(participant),
      ...(witnessPort !== undefined && { witness_address: `${HOST}:${witnessPort}` }),
      server_name: HOST,
    };
  }

  private addressOf(participant: string): string {
    return `${HOST}:${this.#ports.get(participant)}`;
  }

  private profile(consumer: string): NodeProfile {
    const pki = made(this.#pki);
    return {
      client: consumer,
      keys: pki.folderOf(consumer),
      node: {
        participant: NODE,
        grpc: this.addressOf(NODE),
        server_name: HOST,
        issuer: this.issuer,
        certificates: pki.keys.find(({ participant }) => participant === NODE)?.certificates ?? [],
      },
    };
  }
}

/** What this online service asks registers for. */
function evidenceFor(service: string): readonly string[] {
  return (
    loadLaw(CATALOGUE)
      .services.find(({ id }) => id === service)
      ?.needs.map((it) => it.evidence_type) ?? []
  );
}

/** Registers that have none of this evidence, as far as the rest is still a majority of the witnesses. */
function dispensable(evidence: readonly string[]): readonly string[] {
  const { registers } = loadLaw(CATALOGUE);
  const isAsked = (id: string) =>
    registers.some((it) => it.participant === id && it.evidence_types.some((type) => evidence.includes(type)));
  const unasked = DEMO_REGISTERS.filter(({ id }) => !isAsked(id)).map(({ id }) => id);
  return unasked.slice(0, Math.ceil(DEMO_REGISTERS.length / 2) - 1);
}

function made<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('an earlier step of the start is missing');
  return value;
}
