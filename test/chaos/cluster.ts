import { execFile } from 'node:child_process';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type PostgresServer, startPostgres } from '../../src/demo/postgres.js';
import { deafen, promote, startStandby } from './standby.js';

const run = promisify(execFile);

/** The PostgreSQL of a run: the same folder and port, however often it was ended. */
export class Cluster {
  #server: PostgresServer;
  #hasEnded = false;
  #standby: PostgresServer | undefined;

  /** `folder`: the wish that the server was started with. */
  constructor(
    server: PostgresServer,
    private readonly folder: string,
  ) {
    this.#server = server;
    this.take(server);
  }

  get port(): number {
    return this.#server.port;
  }

  get pid(): number {
    return this.#server.pid;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Superuser in this database. */
  urlOf(database: string): string {
    const url = new URL(this.#server.url);
    url.pathname = `/${database}`;
    return url.href;
  }

  /** As `pg_ctl stop -m immediate`: no farewell, no checkpoint. */
  async stopImmediately(): Promise<void> {
    if (!this.#hasEnded) process.kill(this.#server.pid, 'SIGQUIT');
    await this.#server.ended;
  }

  /** The server that follows hears nothing any more, as where the network between the two is gone: commits wait for it. */
  async part(): Promise<void> {
    if (this.#standby !== undefined) await deafen(this.#standby);
  }

  async stop(): Promise<void> {
    await this.#server.stop();
  }

  async start(): Promise<void> {
    this.take(await startPostgres({ folder: this.folder, port: this.#server.port }));
  }

  /** Copies the stopped cluster, file by file. */
  async backUp(): Promise<void> {
    await rm(this.backup, { recursive: true, force: true });
    await run('cp', ['-a', this.cluster, this.backup]);
  }

  /** Puts the copy in the place of the stopped cluster. `undo` brings back the one that was there, also stopped. */
  async restoreBackup(): Promise<Readonly<{ undo(): Promise<void> }>> {
    const current = `${this.cluster}.current`;
    await rename(this.cluster, current);
    await run('cp', ['-a', this.backup, this.cluster]);
    return {
      undo: async () => {
        await rm(this.cluster, { recursive: true, force: true });
        await rename(current, this.cluster);
      },
    };
  }

  /** A second server follows from now on, and a commit waits for it. */
  async follow(): Promise<void> {
    this.#standby = await startStandby(this.#server);
  }

  /** The server is torn down, and the one that followed takes its place, with what it has. @returns how long that took */
  async failOver(): Promise<number> {
    const standby = this.#standby;
    if (standby === undefined) throw new Error('nobody follows');
    const began = performance.now();
    await this.stopImmediately();
    await promote(standby);
    // All processes know one address, as they would by a service of Kubernetes.
    await standby.stop();
    await rm(this.cluster, { recursive: true });
    await rename(join(standby.folder, 'cluster'), this.cluster);
    await rm(standby.folder, { recursive: true });
    this.#standby = undefined;
    await this.start();
    return Math.round(performance.now() - began);
  }

  private take(server: PostgresServer): void {
    this.#server = server;
    this.#hasEnded = false;
    void server.ended.then(() => {
      if (this.#server === server) this.#hasEnded = true;
    });
  }

  private get cluster(): string {
    return join(this.#server.folder, 'cluster');
  }

  private get backup(): string {
    return join(this.#server.folder, 'backup');
  }
}
