import type { IncomingHttpHeaders } from 'node:http';
import { Agent, request } from 'node:https';
import type { Peer } from './grpc-client.js';
import { type TlsIdentity, thumbprint } from './tls.js';

/** Nobody answered: not reachable, not the expected participant, too slow, or too much. */
export class PeerUnreachable extends Error {
  override readonly name = 'PeerUnreachable';
}

/** Something was answered, and more than is taken. */
export class AnswerTooLarge extends PeerUnreachable {}

export type HttpsAnswer = Readonly<{ status: number; type: string; text: string }>;

export type HttpsMessage = Readonly<{ status: number; headers: IncomingHttpHeaders; body: Buffer }>;

type Asked = Readonly<{ path: string; timeoutMs: number; body?: string; type?: string }>;
type Sent = Omit<Asked, 'type'> &
  Readonly<{
    headers: Readonly<Record<string, string>>;
    maxAnswerBytes: number;
    /** Aborts when nobody waits any more. */
    signal?: AbortSignal;
  }>;

const MAX_ANSWER_BYTES = 1_000_000;
/** Many at once share these: a peer is not to be stormed with handshakes. */
const MAX_CONNECTIONS = 8;

/** HTTPS to one peer over mutual TLS 1.3; nothing is followed or repeated. */
export class HttpsPeer {
  #connected: Readonly<{ agent: Agent; peer: Peer }> | undefined;
  #isClosed = false;

  readonly #current: () => Peer;

  /** @param peer where it is reached and by which certificates it is known; as a function, at any moment */
  constructor(
    peer: Peer | (() => Peer),
    private identity: TlsIdentity,
  ) {
    this.#current = typeof peer === 'function' ? peer : () => peer;
  }

  /** Another certificate to show from the next question on. */
  rotate(identity: TlsIdentity): void {
    this.identity = identity;
    this.#connected?.agent.destroy();
    this.#connected = undefined;
  }

  /** A connection to a certificate that is not named any more is not used again. */
  private connected(): Readonly<{ agent: Agent; peer: Peer }> {
    const peer = this.#current();
    if (this.#isClosed) throw new PeerUnreachable('closed');
    if (this.#connected !== undefined && JSON.stringify(this.#connected.peer) === JSON.stringify(peer))
      return this.#connected;
    this.#connected?.agent.destroy();
    const agent = new Agent({
      ...this.identity,
      keepAlive: true,
      maxSockets: MAX_CONNECTIONS,
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
    this.#connected = { agent, peer };
    return this.#connected;
  }

  /** GET, or POST where there is a body. @throws PeerUnreachable */
  async ask({ type = 'text/plain; charset=utf-8', ...asked }: Asked): Promise<HttpsAnswer> {
    const headers: Record<string, string> = asked.body === undefined ? {} : { 'content-type': type };
    const {
      status,
      headers: answered,
      body,
    } = await this.send({ ...asked, headers, maxAnswerBytes: MAX_ANSWER_BYTES });
    return { status, type: answered['content-type'] ?? '', text: body.toString('utf8') };
  }

  /** With these headers, in this order. The time is for the whole answer, however slowly it comes. @throws PeerUnreachable */
  async send({ path, timeoutMs, body, headers, maxAnswerBytes, signal }: Sent): Promise<HttpsMessage> {
    const { agent, peer } = this.connected();
    const { promise, resolve, reject } = Promise.withResolvers<HttpsMessage>();
    const fail = (cause: unknown) =>
      reject(cause instanceof AnswerTooLarge ? cause : new PeerUnreachable('no answer', { cause }));
    const sent = request(`https://${peer.address}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      agent,
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal === undefined ? [] : [signal])]),
      headers,
    });
    sent.on('error', fail);
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > maxAnswerBytes) sent.destroy(new AnswerTooLarge('the answer is too large'));
        else chunks.push(chunk);
      });
      response.on('error', fail);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    sent.end(body);
    return promise;
  }

  close(): void {
    this.#isClosed = true;
    this.#connected?.agent.destroy();
  }
}
