import { Driver } from '../driver/driver.js';
import type { SlicePlan } from '../driver/target.js';
import { type Taken, taken } from '../load-slice.js';
import { BareFanOut } from './bare-fan-out.js';

const LOOKUPS = 2;

/** A of the benchmark under load. */
export class BareLoad {
  private constructor(
    private readonly servers: BareFanOut,
    private readonly driver: Driver,
  ) {}

  /** @param pieceBytes of the evidence that Einmal answered */
  static async start(pieceBytes: readonly number[]): Promise<BareLoad> {
    const servers = await BareFanOut.start(LOOKUPS, pieceBytes);
    return new BareLoad(servers, await Driver.open({ kind: 'bare', address: servers.address }));
  }

  async tryOut(count: number): Promise<void> {
    await this.driver.tryOut(count);
  }

  /** @throws where the servers did not answer as many as the driver counted */
  async slice(plan: SlicePlan): Promise<Taken> {
    await this.driver.prepare(plan.count);
    const before = await this.answered();
    const made = await taken(this.servers.accounted, () => this.driver.run(plan));
    const after = await this.answered();
    const counted = after.map((count, at) => count - (before[at] ?? 0));
    const expected = [1, LOOKUPS, 1, 1].map((each) => each * made.slice.correct);
    if (counted.join() !== expected.join()) throw new Error(`the servers count ${counted}, the driver ${expected}`);
    return made;
  }

  stop(): void {
    this.driver.close();
    this.servers.stop();
  }

  private async answered(): Promise<readonly number[]> {
    const counts: number[] = [];
    for (const name of ['fan-out', 'directory', 'register 1', 'register 2'] as const)
      counts.push(await this.servers.answered(name));
    return counts;
  }
}
