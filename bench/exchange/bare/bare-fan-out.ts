import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Accounted } from '../accounting.js';
import type { BareTask } from './bare-process.js';

const PROGRAM = fileURLToPath(new URL('bare-process.js', import.meta.url));
const REGISTERS = ['register 1', 'register 2'];

/** A of the benchmark: as many processes that ask and answer the same, over plain gRPC, and nothing else. */
export class BareFanOut {
  private constructor(
    readonly address: string,
    private readonly processes: ReadonlyMap<string, ChildProcess>,
  ) {}

  /** @param answerBytes of what each register answers */
  static async start(lookups: number, answerBytes: readonly number[]): Promise<BareFanOut> {
    const processes = new Map<string, ChildProcess>();
    const start = async (name: string, task: BareTask): Promise<string> => {
      const child = fork(PROGRAM);
      processes.set(name, child);
      const { port } = await heard<{ port: number }>(child, task);
      return `127.0.0.1:${port}`;
    };
    const directory = await start('directory', { role: 'register', answerBytes: 0 });
    const registers = await Promise.all(
      REGISTERS.map((name, at) => start(name, { role: 'register', answerBytes: answerBytes[at] ?? 0 })),
    );
    const address = await start('fan-out', { role: 'fan-out', directory, lookups, registers });
    return new BareFanOut(address, processes);
  }

  get accounted(): Accounted {
    return { processes: new Map([...this.processes].map(([name, { pid = 0 }]) => [name, pid])) };
  }

  /** How many each process has answered since it was started. */
  async answered(name: 'fan-out' | 'directory' | 'register 1' | 'register 2'): Promise<number> {
    const child = this.processes.get(name);
    if (child === undefined) throw new Error(`there is no process ${name}`);
    return (await heard<{ answered: number }>(child, {})).answered;
  }

  stop(): void {
    for (const child of this.processes.values()) child.disconnect();
  }
}

async function heard<T>(child: ChildProcess, message: object): Promise<T> {
  const answer = once(child, 'message');
  child.send(message);
  return ((await answer) as [T])[0];
}
