import 'reflect-metadata';
import { operationalLog } from '../platform/operational-log.js';
import { runProcess } from '../platform/run-process.js';
import { readEdgeConfig } from './edge-config.js';
import { startEdge } from './start-edge.js';

/** One register, or the identity directory, as a process of its own: own key, own database, a role that reads views. */
await runProcess('register edge', async () => {
  const config = readEdgeConfig();
  return startEdge(config, operationalLog(config.participant, config.logLevel));
});
