import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { readConfig, text, whole } from '../../platform/config.js';
import { listenOn } from '../../platform/listen.js';
import { runProcess } from '../../platform/run-process.js';
import { type Clients, identityProvider } from './provider.js';

const HOST = 'localhost';

/** A simulator of an identity provider, and nothing else: whoever opens it may be anybody of the demo. */
await runProcess('identity provider (simulator)', async () => {
  const { port, file } = readConfig({
    port: whole('EINMAL_SIMULATOR_PORT', { min: 1, max: 65535 }),
    file: text('EINMAL_SIMULATION_FILE'),
  });
  const clients: Clients = JSON.parse(await readFile(file, 'utf8'));
  const server = createServer(await identityProvider(`http://${HOST}:${port}`, clients));
  await listenOn(
    'EINMAL_SIMULATOR_PORT',
    HOST,
    port,
    () =>
      new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, HOST, resolve);
      }),
  );
  return {
    stop: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
});
