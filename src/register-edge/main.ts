import 'reflect-metadata';
import { CatalogueFault } from '../catalogue/catalogue-fault.js';
import { ConfigFault } from '../platform/config.js';
import { describeError, operationalLog } from '../platform/operational-log.js';
import { readEdgeConfig } from './edge-config.js';
import { startEdge } from './start-edge.js';

/** One register, or the identity directory, as a process of its own: own key, own database, a role that reads views. */
async function main(): Promise<void> {
  const config = readEdgeConfig();
  const edge = await startEdge(config, operationalLog(config.participant, config.logLevel));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void edge.stop());
}

try {
  await main();
} catch (error) {
  // Faults of configuration name settings and files; any other message might quote a value.
  const isFault = error instanceof ConfigFault || error instanceof CatalogueFault;
  const sentence = isFault ? error.message : JSON.stringify(describeError(error));
  process.stderr.write(`register edge not started: ${sentence}\n`);
  process.exitCode = 1;
}
