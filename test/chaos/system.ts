import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { CatalogueLookup } from '../../src/catalogue/lookup.js';
import { takeDataFolder } from '../../src/demo/data-folder.js';
import { withClient } from '../../src/demo/database.js';
import { DEMO_REGISTERS } from '../../src/demo/demo-databases.js';
import { logOrigin } from '../../src/demo/demo-trust.js';
import { freePort } from '../../src/demo/free-port.js';
import { randomStream } from '../../src/demo/people/random.js';
import { postgresFolder } from '../../src/demo/postgres.js';
import { NODE, type RunningSystem, SystemStart } from '../../src/demo/supervisor.js';
import { packageRoot } from '../../src/platform/paths.js';
import { Cluster } from './cluster.js';
import { type Disk, diskFor } from './disk.js';
import { LogWriter } from './load/log-writers.js';
import { ChaosNode } from './load/node.js';
import { OnlineService } from './load/online-service.js';
import { LaneProxy } from './proxy.js';
import { Seen } from './seen.js';

/** That of the log. */
export const DATABASE = 'einmal_node';

const CONSUMER = 'familienkasse-online';
const WRITERS = 3;
const PERSONS = 500;
const FORMS_AT_ONCE = 2;
const SETTLED_MS = 90_000;
const POOL_END_MS = 5000;

/** A process that appends to the log. */
export type Appender = LogWriter | ChaosNode;

/** Ends what was begun, the last first. */
class Undo {
  readonly #steps: (() => Promise<unknown>)[] = [];

  push(step: () => Promise<unknown>): void {
    this.#steps.push(step);
  }

  /** What fails does not keep the rest from being ended. Throws the first failure. */
  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop())
      await step().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }
}

export type Load = Readonly<{ seed: number; kind: 'both' | 'log' }>;

/** The system of a run under load, with all that a fault needs to hurt it. */
export class ChaosSystem {
  readonly seen = new Seen();
  /** Between processes and database. */
  readonly proxy = new LaneProxy();
  /** Superuser in the database of the log, past the proxy. */
  readonly database: pg.Pool;
  readonly writers: LogWriter[] = [];
  #node: ChaosNode | undefined;
  #service: OnlineService | undefined;

  constructor(
    readonly running: RunningSystem,
    readonly cluster: Cluster,
    readonly disk: Disk,
    private readonly origin: string,
    private readonly load: Load,
    private readonly undo: Undo,
    /** Between the node and those that it asks, and the name of each lane; none where they do not run. */
    readonly peers: Readonly<{ proxy: LaneProxy; lanes: readonly string[] }> | undefined,
  ) {
    this.database = new pg.Pool({ connectionString: cluster.urlOf(DATABASE), max: 4 });
    this.database.on('error', () => undefined);
  }

  /** Starts everything and waits until everybody got an answer; or nothing. */
  static async start(load: Load, log: (line: string) => void): Promise<ChaosSystem> {
    const undo = new Undo();
    try {
      const system = await begin(load, undo, log);
      await system.startLoad();
      return system;
    } catch (error) {
      await undo.run().catch(() => undefined);
      throw error;
    }
  }

  /** The node that serves online services; only where whole exchanges are part of the load. */
  get node(): ChaosNode {
    if (this.#node === undefined) throw new Error('this load has no node');
    return this.#node;
  }

  get appenders(): readonly Appender[] {
    return this.#node === undefined ? this.writers : [...this.writers, this.#node];
  }

  appender(name: string): Appender | undefined {
    return this.appenders.find((it) => it.name === name);
  }

  get vkey(): string {
    return this.running.trust.log;
  }

  get vaultFolder(): string {
    return join(this.running.pki.folderOf(NODE), 'vault');
  }

  /** Where registers and directory keep their own logs, by id; none where they do not run. */
  get registerLogs(): ReadonlyMap<string, string> {
    const { databases } = this.running;
    return new Map(this.load.kind === 'log' ? [] : DEMO_REGISTERS.map(({ id }) => [id, databases.ownerUrlOf(id)]));
  }

  /** A node over the same log, with the same keys and a checkpoint file of its own. */
  async describeNode(name: string): Promise<ChaosNode> {
    return ChaosNode.describe(this.running, {
      name,
      databaseUrl: await this.databaseUrl(name),
      checkpointFile: checkpointName(name),
    });
  }

  /** Somebody who has forms filled by this node, and how it is ended. */
  serve(node: ChaosNode, stream: number): OnlineService {
    const service = new OnlineService(node.name, node.profile(CONSUMER), this.seen);
    service.start(FORMS_AT_ONCE, randomStream(this.load.seed, stream));
    return service;
  }

  /** Decisions that the node has taken, and for each how the form is asked for that they allow. */
  decided(forms: number): Promise<readonly (() => Promise<void>)[]> {
    if (this.#service === undefined) throw new Error('this load has no exchanges');
    return this.#service.decided(forms);
  }

  /** Starts again whatever does not run. Throws where one does not start. */
  async restartAll(): Promise<void> {
    const dead = this.appenders.filter(({ pid }) => pid === undefined);
    const reasons = (await Promise.all(dead.map((it) => it.start()))).filter((it) => it !== undefined);
    if (reasons.length > 0) throw new Error(reasons.join('; '));
  }

  async killAll(): Promise<number> {
    const living = this.appenders.filter(({ pid }) => pid !== undefined);
    await Promise.all(living.map((it) => it.kill()));
    return living.length;
  }

  /** Tells at any moment who has given no answer since the call. */
  silentFromNow(): () => readonly string[] {
    const before = this.appenders.map(({ name }) => ({ name, count: this.seen.answersOf(name) }));
    return () => before.filter(({ name, count }) => this.seen.answersOf(name) === count).map(({ name }) => name);
  }

  /** Waits until every process has given an answer again. Names those that did not. */
  async settled(): Promise<readonly string[]> {
    const silent = this.silentFromNow();
    for (const until = performance.now() + SETTLED_MS; performance.now() < until; await sleep(20))
      if (silent().length === 0) return [];
    return silent();
  }

  /**
   * No more load: writers are killed, forms finished. What was left open passes its expiry, and a sweeper runs until
   * nothing is open. Says how many had to be closed.
   */
  async finish(): Promise<number> {
    await this.#service?.stop();
    await Promise.all(this.writers.map((it) => it.kill()));
    const { rowCount } = await withClient(this.database.options.connectionString ?? '', async (client) => {
      await client.query('set session_replication_role = replica');
      return client.query('update log.retrieval_state set expires_at = clock_timestamp() where closed_index is null');
    });
    const sweeper = await this.describeWriter('sweeper', true);
    const why = await sweeper.start();
    if (why !== undefined) throw new Error(why);
    this.undo.push(() => sweeper.kill());
    for (const until = performance.now() + SETTLED_MS; performance.now() < until; await sleep(100)) {
      const { rows } = await this.database.query('select from log.retrieval_state where closed_index is null limit 1');
      if (rows.length === 0) break;
    }
    return rowCount ?? 0;
  }

  async stop(): Promise<void> {
    await this.undo.run();
  }

  private async startLoad(): Promise<void> {
    const { undo, load } = this;
    // A connection that a fault did not give back must not keep the end waiting.
    undo.push(() => Promise.race([this.database.end(), sleep(POOL_END_MS)]));
    undo.push(() => this.proxy.close());
    for (let number = 1; number <= WRITERS; number++) this.writers.push(await this.describeWriter(`writer-${number}`));
    if (load.kind === 'both') this.#node = await this.describeNode('node-a');
    undo.push(() => this.killAll());
    await this.restartAll();
    if (this.#node !== undefined) {
      this.#service = this.serve(this.#node, 0);
      undo.push(async () => this.#service?.stop());
    }
    const silent = await this.settled();
    if (silent.length > 0) throw new Error(`${silent.join(', ')} gave no answer`);
  }

  private async describeWriter(name: string, sweepsOnly = false): Promise<LogWriter> {
    const { running, origin } = this;
    const settings = {
      name,
      databaseUrl: await this.databaseUrl(name),
      keyFolder: running.pki.folderOf(NODE),
      origin,
      checkpointFile: this.checkpointFile(name),
      seed: this.load.seed + this.writers.length,
      sweepsOnly,
    };
    return new LogWriter(settings, this.seen, join(running.dataFolder, 'log'));
  }

  private databaseUrl(name: string): Promise<string> {
    return this.proxy.urlFor(name, this.running.databases.urlOf(NODE));
  }

  checkpointFile(name: string): string {
    return join(this.running.dataFolder, 'state', checkpointName(name));
  }
}

function checkpointName(name: string): string {
  return `${name}.checkpoint`;
}

async function begin(load: Load, undo: Undo, log: (line: string) => void): Promise<ChaosSystem> {
  const folder = await takeDataFolder(join(packageRoot, 'data', 'chaos'));
  const system = join(folder.path, 'system');
  const postgres = postgresFolder(join(system, 'postgres'));
  const empty = async () => {
    await rm(system, { recursive: true, force: true });
    await rm(postgres, { recursive: true, force: true });
  };
  undo.push(async () => {
    await empty();
    await folder.release();
    await rm(folder.path, { recursive: true, force: true });
  });
  await empty();
  const disk = await diskFor(postgres, join(folder.path, 'disk.image'));
  undo.push(() => disk.close());
  const asked = [...DEMO_REGISTERS.map(({ id }) => id), 'intermediary'];
  const ports = new Map<string, number>();
  for (const name of asked) ports.set(name, await freePort());
  const start = new SystemStart({
    dataFolder: system,
    personCount: PERSONS,
    only: asked,
    environment: Object.fromEntries([...ports].map(([name, port]) => [name, { EINMAL_GRPC_PORT: String(port) }])),
  });
  let peers: ChaosSystem['peers'];
  let cluster: Cluster | undefined;
  undo.push(async () => cluster?.stopImmediately());
  undo.push(() => start.undo());
  for (const { title, run } of load.kind === 'both' ? start.steps : start.steps.slice(0, 2)) {
    log(title);
    await run(() => undefined);
    if (load.kind === 'both' && peers === undefined) {
      const proxy = new LaneProxy();
      undo.push(() => proxy.close());
      peers = { proxy, lanes: asked };
      // The catalogue that the first step has written says where each is looked for.
      const lookup = new CatalogueLookup(loadCatalogue({ folder: join(system, 'catalogue') }));
      for (const [name, to] of ports) {
        const at = Number(lookup.endpoint(name)?.address.split(':')[1]);
        await proxy.open(name, at, to);
      }
    }
  }
  const running = start.system();
  cluster = new Cluster(running.postgres, join(system, 'postgres'));
  await withClient(running.postgres.url, async (client) => {
    // Small, so that a disk is full soon.
    for (const setting of [`max_wal_size = '96MB'`, `min_wal_size = '32MB'`])
      await client.query(`alter system set ${setting}`);
    await client.query('select pg_reload_conf()');
  });
  return new ChaosSystem(running, cluster, disk, await logOrigin(running.pki.logKeyFile(NODE)), load, undo, peers);
}
