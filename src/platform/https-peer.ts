import { Agent, request } from 'node:https';
import type { Peer } from './grpc-client.js';
import { type TlsIdentity, thumbprint } from './tls.js';

/** Nobody answered: not reachable, not the expected participant, too slow, or too much. */
export class PeerUnreachable extends Error {
  override readonly name = 'PeerUnreachable';
}

export type HttpsAnswer = Readonly<{ status: number; type: string; text: string }>;

type Asked = Readonly<{ path: string; timeoutMs: number; body?: string; type?: string }>;

const MAX_ANSWER_BYTES = 1_000_000;

/** HTTPS to one participant over mutual TLS 1.3; nothing is followed or repeated. */
export class HttpsPeer {
  readonly #agent: Agent;

  constructor(
    private readonly peer: Peer,
    identity: TlsIdentity,
  ) {
    this.#agent = new Agent({
      ...identity,
      keepAlive: true,
      minVersion: 'TLSv1.3',
      // A resumed session would not be checked again.
      maxCachedSessions: 0,
      servername: peer.serverName,
      // As for gRPC: a certificate of the same authority for another participant is not enough.
      checkServerIdentity: (_host, cert) =>
        peer.certificates.includes(thumbprint(cert.raw))
          ? undefined
          : new Error('the server is not the expected participant'),
    });
  }

  /** GET, or POST where there is a body. @throws PeerUnreachable */
  ask({ path, timeoutMs, body, type = 'text/plain; charset=utf-8' }: Asked): Promise<HttpsAnswer> {
    const signal = AbortSignal.timeout(timeoutMs);
    const { promise, resolve, reject } = Promise.withResolvers<HttpsAnswer>();
    const fail = (cause: unknown) => reject(new PeerUnreachable('no answer', { cause }));
    const sent = request(`https://${this.peer.address}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      agent: this.#agent,
      signal,
      headers: body === undefined ? {} : { 'content-type': type },
    });
    sent.on('error', fail);
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > MAX_ANSWER_BYTES) sent.destroy(new Error('the answer is too large'));
        else chunks.push(chunk);
      });
      response.on('error', fail);
      response.on('end', () => {
        const type = response.headers['content-type'] ?? '';
        resolve({ status: response.statusCode ?? 0, type, text: Buffer.concat(chunks).toString('utf8') });
      });
    });
    sent.end(body);
    return promise;
  }

  close(): void {
    this.#agent.destroy();
  }
}
