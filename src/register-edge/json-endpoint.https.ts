import { Agent, request } from 'node:https';
import { AnswerFault, EndpointFault } from './answer-fault.js';
import { readJson } from './json-answer.js';

const MAX_ANSWER_BYTES = 1_000_000;

export type EndpointOptions = Readonly<{
  /** `https:` with the path that all others begin with. */
  url: URL;
  timeoutMs: number;
  /** Bearer token (RFC 6750). */
  token?: string | undefined;
  /** PEM of the authorities to trust instead of the public ones. */
  authorities?: string | undefined;
}>;

/** JSON over HTTPS with TLS 1.3. Nothing is followed, nothing repeated, and an answer has an end in time and size. */
export class JsonEndpoint {
  readonly #agent: Agent;

  constructor(private readonly options: EndpointOptions) {
    const { authorities } = options;
    this.#agent = new Agent({
      keepAlive: true,
      minVersion: 'TLSv1.3',
      ...(authorities === undefined ? {} : { ca: authorities }),
    });
  }

  /** @throws EndpointFault, AnswerFault */
  post(path: string, document: object, signal?: AbortSignal): Promise<unknown> {
    const { url, timeoutMs, token } = this.options;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const fail = (error: unknown) => reject(isNamed(error) ? error : new EndpointFault(codeOf(error), error));
    const sent = request(`${url.origin}${url.pathname.replace(/\/$/, '')}${path}`, {
      method: 'POST',
      agent: this.#agent,
      // Of the whole exchange: an answer byte by byte ends as well.
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal === undefined ? [] : [signal])]),
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
    });
    sent.on('error', fail);
    sent.on('response', (response) => {
      const type = response.headers['content-type'] ?? '';
      if (response.statusCode !== 200) return sent.destroy(new EndpointFault(`HTTP_${response.statusCode}`));
      if (!/^application\/json\s*(;|$)/i.test(type)) return sent.destroy(new EndpointFault('NOT_JSON'));
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > MAX_ANSWER_BYTES) sent.destroy(new AnswerFault('ANSWER_TOO_LARGE'));
        else chunks.push(chunk);
      });
      response.on('error', fail);
      response.on('end', () => {
        try {
          resolve(readJson(Buffer.concat(chunks)));
        } catch (error) {
          fail(error);
        }
      });
    });
    sent.end(JSON.stringify(document));
    return promise;
  }

  close(): void {
    this.#agent.destroy();
  }
}

function isNamed(error: unknown): boolean {
  return error instanceof EndpointFault || error instanceof AnswerFault;
}

function codeOf(error: unknown): string {
  const { name, code = name } = (error ?? {}) as Readonly<{ name?: string; code?: string }>;
  return name === 'AbortError' || name === 'TimeoutError' ? 'TIMEOUT' : (code ?? 'UNKNOWN');
}
