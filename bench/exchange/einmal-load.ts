import type { NodeProfile } from '../../src/client/node-profile.js';
import type { DemoProcess } from '../../src/demo/demo-process.js';
import type { RunningSystem } from '../../src/demo/supervisor.js';
import type { Accounted } from './accounting.js';
import { Driver } from './driver/driver.js';
import type { Slice, SlicePlan } from './driver/target.js';
import { EinmalCounts } from './einmal-counts.js';
import { type Taken, taken } from './load-slice.js';

export const CONSUMER = 'familienkasse-online';

/** C of the benchmark under load. */
export class EinmalLoad {
  private constructor(
    private readonly system: RunningSystem,
    private readonly more: readonly DemoProcess[],
    private readonly drivers: readonly Driver[],
    private readonly counts: EinmalCounts,
  ) {}

  /**
   * @param others further nodes, each asked as often as the first
   * @param first whether the first is asked at all
   */
  static async open(
    system: RunningSystem,
    others: readonly Readonly<{ process: DemoProcess; profile: NodeProfile }>[] = [],
    first = true,
  ): Promise<EinmalLoad> {
    const { trust } = system;
    const profiles = [...(first ? [system.profile(CONSUMER)] : []), ...others.map(({ profile }) => profile)];
    const drivers = await Promise.all(profiles.map((profile) => Driver.open({ kind: 'einmal', profile, trust })));
    const processes = others.map(({ process }) => process);
    return new EinmalLoad(system, processes, drivers, await EinmalCounts.open(system));
  }

  async tryOut(count: number): Promise<void> {
    for (const driver of this.drivers) await driver.tryOut(count);
  }

  /** @throws where what the system has on record is not what the driver counted */
  async slice(plan: SlicePlan, fresh = false): Promise<Taken> {
    for (const driver of this.drivers) await driver.prepare(plan.count, fresh);
    const before = await this.counts.read();
    const made = await taken(this.accounted, async () =>
      together(await Promise.all(this.drivers.map((driver) => driver.run(plan)))),
    );
    this.counts.demand(before, await this.counts.read(), made.slice.correct);
    return made;
  }

  /** More than it can take, at one node: what is refused does not fail it. */
  async flood(plan: SlicePlan): Promise<Slice> {
    const [driver] = this.drivers;
    if (driver === undefined) throw new Error('there is no driver');
    await driver.prepare(plan.count);
    return driver.run(plan);
  }

  demandLog(): Promise<void> {
    return this.counts.demandLog();
  }

  async close(): Promise<void> {
    for (const driver of this.drivers) driver.close();
    await this.counts.close();
  }

  private get accounted(): Accounted {
    const all = [...this.system.processes, ...this.more.map((it, at) => ({ name: `node ${at + 2}`, pid: it.pid }))];
    return {
      processes: new Map(all.flatMap(({ name, pid }) => (pid === undefined ? [] : [[name, pid] as const]))),
      postgres: this.system.postgres.pid,
    };
  }
}

function together(slices: readonly Slice[]): Slice {
  const [first] = slices;
  return {
    correct: slices.reduce((sum, { correct }) => sum + correct, 0),
    latencies: slices.flatMap(({ latencies }) => latencies),
    refused: slices.flatMap(({ refused }) => refused),
    wrong: slices.flatMap(({ wrong }) => wrong),
    elapsedMs: Math.max(...slices.map(({ elapsedMs }) => elapsedMs)),
    pieceBytes: first?.pieceBytes ?? [],
  };
}
