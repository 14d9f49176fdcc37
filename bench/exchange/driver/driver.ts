import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Order, Slice, SlicePlan, Target } from './target.js';

const PROGRAM = fileURLToPath(new URL('driver-process.js', import.meta.url));

/** The process that asks. */
export class Driver {
  private constructor(private readonly child: ChildProcess) {}

  static async open(target: Target): Promise<Driver> {
    const driver = new Driver(fork(PROGRAM));
    await driver.order({ kind: 'open', target });
    return driver;
  }

  async tryOut(count: number): Promise<void> {
    await this.order({ kind: 'try-out', count });
  }

  async prepare(count: number, fresh = false): Promise<void> {
    await this.order({ kind: 'prepare', count, fresh });
  }

  /** @throws where an answer was not what was asked for */
  async run(plan: SlicePlan): Promise<Slice> {
    // Its answer is the result of that order.
    const slice = (await this.order({ kind: 'run', plan })) as Slice;
    if (slice.wrong.length > 0)
      throw new Error(`${slice.wrong.length} of ${plan.count} answers are wrong: ${slice.wrong[0]}`);
    return slice;
  }

  close(): void {
    this.child.disconnect();
  }

  private async order(order: Order): Promise<unknown> {
    const answer = once(this.child, 'message');
    this.child.send(order);
    const [{ done, failed }] = (await answer) as [Readonly<{ done?: unknown; failed?: string }>];
    if (failed !== undefined) throw new Error(failed);
    return done;
  }
}
