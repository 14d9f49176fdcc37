import 'reflect-metadata';
import { RollbackDetected } from './audit/checkpoint-guard.js';
import { CatalogueFault } from './catalogue/catalogue-fault.js';
import { readNodeConfig } from './node-config.js';
import { ConfigFault } from './platform/config.js';
import { describeError, operationalLog } from './platform/operational-log.js';
import { startNode } from './start-node.js';

async function main(): Promise<void> {
  const config = readNodeConfig();
  const node = await startNode(config, operationalLog(config.participant, config.logLevel));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void node.stop());
}

try {
  await main();
} catch (error) {
  // These say what to do and hold no value of a person; any other message might quote one.
  const isFault = error instanceof ConfigFault || error instanceof CatalogueFault || error instanceof RollbackDetected;
  process.stderr.write(`node not started: ${isFault ? error.message : JSON.stringify(describeError(error))}\n`);
  process.exitCode = 1;
}
