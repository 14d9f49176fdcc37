import { createServer } from 'node:http';
import { listenOn } from './listen.js';
import type { Opened } from './run-process.js';

type HealthConfig = Readonly<{ healthHost: string; healthPort: number }>;

/**
 * Plain HTTP, since kubelets can show no client certificate to gRPC; it tells a state and nothing else. `/livez` says that the
 * process still gets to answer, `/readyz` whether it takes calls. Neither asks the database: a process whose database is down
 * still says so, with a reason, to everybody who calls.
 */
export async function openHealthEndpoint(
  { healthHost: host, healthPort: port }: HealthConfig,
  isServing: () => boolean,
  opened: Opened,
): Promise<void> {
  if (port === 0) return;
  const server = createServer(
    { headersTimeout: 5000, requestTimeout: 5000, maxHeaderSize: 4096 },
    (request, response) => {
      const known: Readonly<Record<string, boolean>> = { '/livez': true, '/readyz': isServing() };
      const isWell = request.method === 'GET' ? known[request.url ?? ''] : undefined;
      response.writeHead(isWell === undefined ? 404 : isWell ? 200 : 503, {
        connection: 'close',
        'cache-control': 'no-store',
      });
      response.end();
    },
  );
  server.maxConnections = 32;
  opened.onClose(() => new Promise((resolve) => server.close(resolve)));
  await listenOn(
    'EINMAL_HEALTH_PORT',
    host,
    port,
    () => new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve)),
  );
}
