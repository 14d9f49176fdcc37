import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEMO_REGISTERS } from '../../../src/demo/demo-databases.js';
import { NODE, type RunningSystem, type SystemOptions, SystemStart } from '../../../src/demo/supervisor.js';
import { packageRoot } from '../../../src/platform/paths.js';
import { POPULATION } from '../../system.js';

const REPLACE = fileURLToPath(new URL('replace.js', import.meta.url));

/**
 * B of the benchmark: the same packages and the same steps, and the parts that cost most written in the obvious way. Each process
 * takes them in the place of ours.
 */
export async function startObvious(log: (line: string) => void): Promise<RunningSystem> {
  const environment: Record<string, Record<string, string>> = Object.fromEntries(
    [NODE, 'intermediary', ...DEMO_REGISTERS.map(({ id }) => id)].map((name) => [
      name,
      { NODE_OPTIONS: `--import=${REPLACE}` },
    ]),
  );
  const options: SystemOptions = {
    dataFolder: join(packageRoot, 'data', 'bench-obvious'),
    fresh: true,
    service: 'kindergeld',
    personCount: POPULATION.count,
    seed: POPULATION.seed,
    environment,
    log,
  };
  const start = new SystemStart(options);
  try {
    for (const { title, run } of start.steps) {
      // The ORM writes the tables itself, which the login of the node may not.
      if (title === 'Processes')
        environment[NODE] = {
          ...environment[NODE],
          DATABASE_URL: start.system().databases.ownerUrlOf(NODE),
          EINMAL_WITNESS_INTERVAL_SECONDS: '10',
          EINMAL_MISIDENTIFICATIONS_PER_HOUR: '1000000',
        };
      await run(log);
    }
    return start.system();
  } catch (error) {
    await start.undo();
    throw error;
  }
}
