import 'reflect-metadata';
import { operationalLog } from '../platform/operational-log.js';
import { runProcess } from '../platform/run-process.js';
import { readPagesConfig } from './pages-config.js';
import { startPages } from './start-pages.js';

await runProcess('pages', async () => {
  const config = readPagesConfig();
  return startPages(config, operationalLog(config.participant, config.logLevel));
});
