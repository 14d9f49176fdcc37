import { enterOwnMounts } from './disk.js';
import { type ChaosOptions, readChaosOptions, USAGE } from './options.js';
import { readable } from './report.js';
import { runChaos } from './run.js';
import { ChaosSystem } from './system.js';

/** How long start, last fault and end may take together, seconds. */
const LATE_S = 900;

const log = (line: string) => void process.stderr.write(`${line}\n`);

/** 0: no violation. 1: a violation, or a run that could not be brought to its end. */
async function chaos(options: ChaosOptions): Promise<number> {
  log(`seed ${options.seed}`);
  // Whatever hangs: what was started ends with this process.
  const late = setTimeout(() => process.exit(1), (options.seconds + LATE_S) * 1000).unref();
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => interrupted.abort());
  let system: ChaosSystem | undefined;
  try {
    system = await ChaosSystem.start({ seed: options.seed, kind: options.load }, log);
    const report = await runChaos(system, options, { log, interrupted: interrupted.signal });
    process.stderr.write(`\n${readable(report)}`);
    const text = options.json ? `${JSON.stringify(report)}\n` : '';
    // It must be through the pipe before this process may end.
    await new Promise((resolve) => process.stdout.write(text, resolve));
    return report.violations.length === 0 ? 0 : 1;
  } catch (error) {
    log(`not brought to its end: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  } finally {
    await system?.stop();
    clearTimeout(late);
  }
}

let options: ChaosOptions | undefined;
try {
  options = readChaosOptions(process.argv.slice(2));
} catch (error) {
  log(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  process.exitCode = 2;
}
if (options !== undefined) {
  enterOwnMounts();
  // Not at the end of all work: Node 24 waits for ever for a connection that was reset while it was being made.
  process.exit(await chaos(options));
}
