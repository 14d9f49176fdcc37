import { join } from 'node:path';
import { type RunningSystem, startSystem } from '../src/demo/supervisor.js';
import { packageRoot } from '../src/platform/paths.js';

/** The same on every machine, so that figures can be compared. */
export const POPULATION = { count: 10_000, seed: 1 } as const;

/** At most one system for a whole run, started when the first measure asks for it. */
export class SharedSystem {
  #started: Promise<RunningSystem> | undefined;

  constructor(private readonly log: (line: string) => void) {}

  readonly get = (): Promise<RunningSystem> => {
    this.#started ??= startSystem({
      dataFolder: join(packageRoot, 'data', 'bench'),
      fresh: true,
      service: 'kindergeld',
      personCount: POPULATION.count,
      seed: POPULATION.seed,
      // As in production: the demo does not spread what it reads, and asks its witnesses more often.
      catalogueSpreadSeconds: 20,
      environment: {
        // Refusals are measured by the thousand.
        node: { EINMAL_WITNESS_INTERVAL_SECONDS: '10', EINMAL_MISIDENTIFICATIONS_PER_HOUR: '1000000' },
      },
      log: this.log,
    });
    return this.#started;
  };

  async stop(): Promise<void> {
    const started = this.#started;
    this.#started = undefined;
    const system = await started?.catch(() => undefined);
    await system?.stop();
  }
}
