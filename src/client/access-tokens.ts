import { request } from 'node:https';
import { status as rpc } from '@grpc/grpc-js';
import { RpcFailure } from '../platform/grpc-client.js';
import { type TlsIdentity, thumbprint } from '../platform/tls.js';
import { signClientAssertion } from '../tokens/access-token.js';
import type { SigningKey } from '../tokens/jws.js';
import type { NodeProfile } from './node-profile.js';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const TIMEOUT_MS = 5000;
const MAX_ANSWER_BYTES = 65_536;
/** Renewed this long before it ends, so that it does not end on its way. */
const EARLY_MS = 30_000;

/** The node gives no access token. `error` is the code of RFC 6749 § 5.2; `lock` names the lock where the caller is locked. */
export class AccessRefused extends Error {
  override readonly name = 'AccessRefused';
  constructor(
    readonly status: number,
    readonly error: string,
    readonly lock?: string,
  ) {
    super(`no access token: ${status} ${error}${lock === undefined ? '' : `, locked: ${lock}`}`);
  }
}

type Token = Readonly<{ value: string; endsAt: number }>;

/** Access tokens of one client, bound to its certificate (RFC 8705 § 3); fetched when needed and kept until they end. */
export class AccessTokens {
  #token: Promise<Token> | undefined;

  constructor(
    private readonly profile: NodeProfile,
    private readonly tls: TlsIdentity,
    private readonly key: SigningKey,
  ) {}

  /** @throws AccessRefused; RpcFailure where the token endpoint is not reachable or does not answer */
  async current(): Promise<string> {
    const held = await this.#token?.catch(() => undefined);
    if (held !== undefined && held.endsAt > Date.now()) return held.value;
    this.#token = this.fetch();
    return (await this.#token).value;
  }

  /** The next one is fetched anew. */
  forget(): void {
    this.#token = undefined;
  }

  /**
   * Ends a lock by what an administrator of the node signed about it (`einmal access unlock`).
   * @throws AccessRefused
   */
  async unlock(statement: string): Promise<void> {
    this.#token = this.fetch({ unlock: statement });
    await this.#token;
  }

  private async fetch(more: Readonly<Record<string, string>> = {}): Promise<Token> {
    const { client, node } = this.profile;
    const once = async () => {
      // Each attempt an assertion of its own: one that has arrived is used up.
      const client_assertion = await signClientAssertion({
        client,
        issuer: node.issuer,
        key: this.key,
        nowMs: Date.now(),
      });
      const stated = { grant_type: 'client_credentials', client_assertion_type: ASSERTION_TYPE, client_assertion };
      return this.post(`${node.issuer}/oauth2/token`, new URLSearchParams({ ...stated, ...more }).toString());
    };
    const { status, body } = await once()
      .catch((error: unknown) => {
        if (!isConnectionBroken(error)) throw error;
        return once();
      })
      .catch((error: unknown) => {
        throw isUnreachable(error) ? new RpcFailure(rpc.UNAVAILABLE, undefined, undefined) : error;
      });
    const { access_token, expires_in, error, lock } = parsed(body);
    if (status !== 200 || typeof access_token !== 'string' || typeof expires_in !== 'number')
      throw new AccessRefused(
        status,
        typeof error === 'string' ? error : 'no_token',
        typeof lock === 'string' ? lock : undefined,
      );
    return { value: access_token, endsAt: Date.now() + expires_in * 1000 - EARLY_MS };
  }

  /** Mutual TLS 1.3; the server's certificate must be one that the profile names. */
  private post(url: string, body: string): Promise<{ status: number; body: string }> {
    const { node } = this.profile;
    return new Promise((resolve, reject) => {
      const sent = request(
        url,
        {
          ...this.tls,
          method: 'POST',
          minVersion: 'TLSv1.3',
          servername: node.server_name,
          agent: false,
          timeout: TIMEOUT_MS,
          headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) },
          checkServerIdentity: (_host, certificate) =>
            node.certificates.includes(thumbprint(certificate.raw)) ? undefined : new Error('not the expected node'),
        },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8');
          answer.on('data', (chunk: string) => {
            text += chunk;
            if (text.length > MAX_ANSWER_BYTES) sent.destroy(new Error('the answer is too large'));
          });
          answer.on('error', reject);
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: text }));
        },
      );
      sent.on('timeout', () => sent.destroy(new RpcFailure(rpc.DEADLINE_EXCEEDED, undefined, undefined)));
      sent.on('error', reject);
      sent.end(body);
    });
  }
}

/** As where a node is restarted. Not where its certificate is another one, or nothing is heard. */
function isConnectionBroken(error: unknown): boolean {
  return ['ECONNRESET', 'ECONNREFUSED', 'EPIPE'].includes(codeOf(error));
}

/** As the operating system tells it: of TLS and of Node itself codes are others. */
function isUnreachable(error: unknown): boolean {
  return /^E(?!RR_)/.test(codeOf(error));
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

function parsed(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
