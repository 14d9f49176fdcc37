import { describeError } from './operational-log.js';

/** Why a process does not start, for its operator to read: says what to do and quotes no value of a person. */
export class StartFault extends Error {}

export type RunningProcess = Readonly<{ stop(): Promise<void> }>;

/** Starts a process, ends it in order on SIGTERM and SIGINT, and says in one line why it did not start. */
export async function runProcess(name: string, start: () => Promise<RunningProcess>): Promise<void> {
  try {
    const running = await start();
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void running.stop());
  } catch (error) {
    // Any other message might quote a value.
    const why = error instanceof StartFault ? error.message : JSON.stringify(describeError(error));
    process.stderr.write(`${name} not started: ${why}\n`);
    process.exitCode = 1;
  }
}
