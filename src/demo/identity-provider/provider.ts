import { randomBytes } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { exportJWK, generateKeyPair } from 'jose';
import Provider, { type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { loginPage } from './login-page.js';
import { LEVELS, LOGINS, type Login } from './logins.js';

export type Clients = readonly Readonly<{ client_id: string; client_secret: string; redirect_uris: string[] }>[];

const INTERACTION = /^\/interaction\/([\w-]{1,64})$/;
const SECOND = 1;
const MINUTE = 60 * SECOND;

/** OpenID Connect as BundID would be reached through a gateway; keys and sessions live as long as the process. */
export async function identityProvider(issuer: string, clients: Clients): Promise<RequestListener> {
  const provider = new Provider(issuer, await configuration(clients));
  const serve = provider.callback();
  return (request, response) => {
    const uid = INTERACTION.exec(request.url ?? '')?.[1];
    if (uid === undefined) return void serve(request, response);
    interact(provider, uid, request, response).catch(() => {
      response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' }).end('Die Anmeldung gilt nicht mehr.\n');
    });
  };
}

async function interact(provider: Provider, uid: string, request: IncomingMessage, response: ServerResponse) {
  await provider.interactionDetails(request, response);
  if (request.method !== 'POST') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    response.end(loginPage(uid));
    return;
  }
  const form = new URLSearchParams(await readText(request));
  const login = LOGINS.find(({ id }) => id === form.get('login'));
  const level = LEVELS.find(({ id }) => id === form.get('level'));
  const result =
    form.get('decision') === 'enter' && login !== undefined && level !== undefined
      ? { login: { accountId: login.id, acr: level.id, amr: ['simulated'], remember: false } }
      : { error: 'access_denied', error_description: 'cancelled' };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

async function configuration(clients: Clients): Promise<Configuration> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: 'simulator-1', alg: 'ES256', use: 'sig' };
  return {
    clients: clients.map((it) => ({
      ...it,
      grant_types: ['authorization_code'],
      response_types: ['code'],
      id_token_signed_response_alg: 'ES256',
    })),
    jwks: { keys: [key] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    acrValues: LEVELS.map(({ id }) => id),
    scopes: ['openid', 'person'],
    claims: {
      openid: ['sub', 'acr', 'auth_time'],
      person: ['name', 'family_name', 'given_name', 'birthdate', 'address', 'einmal_role'],
    },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    ttl: {
      AccessToken: 5 * MINUTE,
      AuthorizationCode: MINUTE,
      IdToken: 5 * MINUTE,
      Interaction: 10 * MINUTE,
      Session: 10 * MINUTE,
      Grant: 10 * MINUTE,
    },
    findAccount: (_context, id) => {
      const login = LOGINS.find((it) => it.id === id);
      return login && { accountId: id, claims: () => ({ sub: id, ...claimsOf(login) }) };
    },
    // Whoever signs in at an authority's own pages has agreed; there is nothing more to ask.
    loadExistingGrant: granted,
  };
}

async function granted({ oidc }: KoaContextWithOIDC) {
  const { client, session } = oidc;
  if (client === undefined || session?.accountId === undefined) return undefined;
  const grant = new oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid person');
  await grant.save();
  return grant;
}

function claimsOf({ name, role, person }: Login): Record<string, unknown> {
  return {
    name,
    ...(role === 'citizen' ? {} : { einmal_role: role }),
    ...(person && {
      family_name: person.familyName,
      given_name: person.givenNames,
      birthdate: person.birthDate,
      address: { postal_code: person.postcode, locality: person.town },
    }),
  };
}
