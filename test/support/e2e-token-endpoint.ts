import { request } from 'node:https';
import type { TlsIdentity } from '../../src/platform/tls.js';
import { e2eSystem } from './e2e-system.js';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

export type TokenAnswer = Readonly<{ status: number; error: unknown; token: unknown; description: unknown }>;

/** Asks for an access token with any TLS identity, or none, and any form. */
export function askForToken(
  tls: Partial<TlsIdentity> & Readonly<{ ca: string }>,
  form: Readonly<Record<string, string>>,
  issuer = e2eSystem().endpoints.http,
): Promise<TokenAnswer> {
  const body = new URLSearchParams(form).toString();
  return new Promise((resolve, reject) => {
    const sent = request(
      `${issuer}/oauth2/token`,
      {
        ...tls,
        method: 'POST',
        agent: false,
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) },
      },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk: string) => {
          text += chunk;
        });
        answer.on('end', () => {
          const {
            error,
            access_token: token,
            error_description: description,
          }: Record<string, unknown> = JSON.parse(text);
          resolve({ status: answer.statusCode ?? 0, error, token, description });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

export function tokenForm(assertion: string): Readonly<Record<string, string>> {
  return {
    grant_type: 'client_credentials',
    client_assertion_type: ASSERTION_TYPE,
    client_assertion: assertion,
  };
}
