import type { FastifyInstance } from 'fastify';
import type { Telemetry } from './telemetry.js';

/** Counts requests over HTTP by route, never by the path that was asked for: what nobody serves is one name. */
export function observeHttp(server: Pick<FastifyInstance, 'addHook'>, telemetry: Telemetry): void {
  server.addHook('onResponse', (request, reply, done) => {
    const { url } = request.routeOptions;
    const rpc = url === undefined || request.is404 ? 'unknown route' : `${request.method} ${url}`;
    const code = reply.statusCode < 400 ? 'OK' : String(reply.statusCode);
    telemetry.record('einmal_rpc_server_duration_seconds', reply.elapsedTime / 1000, { rpc, code });
    done();
  });
}
