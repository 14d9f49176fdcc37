import 'reflect-metadata';
import { readNodeConfig } from './node-config.js';
import { operationalLog } from './platform/operational-log.js';
import { runProcess } from './platform/run-process.js';
import { startNode } from './start-node.js';

await runProcess('node', async () => {
  const config = readNodeConfig();
  return startNode(config, operationalLog(config.participant, config.logLevel));
});
