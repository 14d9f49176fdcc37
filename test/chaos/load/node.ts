import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeProfile } from '../../../src/client/node-profile.js';
import type { DemoProcess } from '../../../src/demo/demo-process.js';
import { freePort } from '../../../src/demo/free-port.js';
import { nodeProcess } from '../../../src/demo/node-process.js';
import type { RunningSystem } from '../../../src/demo/supervisor.js';
import { clockEnvironment } from './log-writers.js';

const HOST = 'localhost';

export type NodePlace = Readonly<{
  name: string;
  databaseUrl: string;
  /** Of the state folder. */
  checkpointFile: string;
}>;

/** One node over the log of the system; several of them share keys and database. */
export class ChaosNode {
  private constructor(
    readonly process: DemoProcess,
    readonly httpUrl: string,
    private readonly grpc: string,
    private readonly system: RunningSystem,
    private readonly clockFile: string,
  ) {}

  static async describe(system: RunningSystem, place: NodePlace): Promise<ChaosNode> {
    const [grpcPort, httpPort] = [await freePort(), await freePort()];
    const issuer = `https://${HOST}:${httpPort}`;
    const clockFile = join(system.dataFolder, 'log', `${place.name}.clock`);
    const env = clockEnvironment(clockFile);
    const process = await nodeProcess(system, { ...place, grpcPort, httpPort, issuer, env });
    return new ChaosNode(process, issuer, `${HOST}:${grpcPort}`, system, clockFile);
  }

  get name(): string {
    return this.process.name;
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  /** What an online service is given to connect to this very node. */
  profile(consumer: string): NodeProfile {
    const profile = this.system.profile(consumer);
    return { ...profile, node: { ...profile.node, grpc: this.grpc, issuer: this.httpUrl } };
  }

  setClock(shiftMs: number): void {
    writeFileSync(this.clockFile, String(shiftMs));
  }

  /** `undefined` once it serves, else why it does not. */
  async start(): Promise<string | undefined> {
    try {
      await this.process.start();
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  async kill(): Promise<void> {
    await this.process.kill();
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    if (this.pid !== undefined) process.kill(this.pid, signal);
  }
}
