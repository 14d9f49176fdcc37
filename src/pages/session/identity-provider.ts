import { timingSafeEqual } from 'node:crypto';
import * as oidc from 'openid-client';
import type { Assurance } from '../../catalogue/catalogue.js';
import type { PersonKey } from '../../client/applicant.js';
import { SESSION_ROLES, type SessionRole } from '../../tokens/session-token.js';
import { PageFault } from '../page-fault.js';
import type { PendingSignIn } from './account.js';

/** What the identity provider says of somebody who signed in. */
export type Identified = Readonly<{
  issuer: string;
  /** Of this person at these pages alone. */
  subject: string;
  role: SessionRole;
  assurance: Assurance;
  name: string;
  person: PersonKey | undefined;
}>;

/** Levels by their names at BundID (STORK) and in the eIDAS regulation. What is not listed counts as nothing. */
const LEVELS: Readonly<Record<string, Assurance>> = {
  'http://eidas.europa.eu/LoA/low': 'low',
  'http://eidas.europa.eu/LoA/substantial': 'substantial',
  'http://eidas.europa.eu/LoA/high': 'high',
  'STORK-QAA-Level-1': 'low',
  'STORK-QAA-Level-3': 'substantial',
  'STORK-QAA-Level-4': 'high',
};

type Client = Readonly<{ id: string; secret: string; redirectUri: string; allowsHttp: boolean }>;

/** OpenID Connect: code flow with PKCE, state and nonce. Found when it is first needed, so that pages start without it. */
export class IdentityProvider {
  #found: Promise<oidc.Configuration> | undefined;

  constructor(
    readonly issuer: string,
    private readonly client: Client,
  ) {}

  /** Where to send the browser, and what its return is held against. `then` is a path of these pages. */
  async begin(then: string): Promise<Readonly<{ url: string; pending: PendingSignIn }>> {
    const configuration = await this.configuration();
    const verifier = oidc.randomPKCECodeVerifier();
    const pending = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier, then };
    const url = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: this.client.redirectUri,
      scope: 'openid person',
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      // Nobody gets in by what somebody else left open in this browser.
      prompt: 'login',
    });
    return { url: url.href, pending };
  }

  /** @throws PageFault SIGN_IN_FAILED: the answer cannot be believed, or the person turned back; SIGN_IN_UNAVAILABLE */
  async finish(query: string, { state, nonce, verifier }: PendingSignIn): Promise<Identified> {
    const returned = new URLSearchParams(query).get('state') ?? '';
    if (!areEqual(returned, state)) throw new PageFault('SIGN_IN_FAILED');
    const configuration = await this.configuration();
    let claims: oidc.IDToken | undefined;
    try {
      const answer = await oidc.authorizationCodeGrant(configuration, new URL(`${this.client.redirectUri}?${query}`), {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      claims = answer.claims();
    } catch (error) {
      throw new PageFault('SIGN_IN_FAILED', error);
    }
    const assurance = LEVELS[String(claims?.acr)];
    if (claims === undefined || assurance === undefined) throw new PageFault('SIGN_IN_FAILED');
    const role = claims.einmal_role === undefined ? 'citizen' : SESSION_ROLES.find((it) => it === claims.einmal_role);
    if (role === undefined) throw new PageFault('SIGN_IN_FAILED');
    return {
      issuer: claims.iss,
      subject: claims.sub,
      role,
      assurance,
      name: line(claims.name) ?? '',
      person: role === 'citizen' ? personIn(claims) : undefined,
    };
  }

  private async configuration(): Promise<oidc.Configuration> {
    const { id, secret, allowsHttp } = this.client;
    this.#found ??= oidc.discovery(new URL(this.issuer), id, undefined, oidc.ClientSecretBasic(secret), {
      timeout: 5,
      ...(allowsHttp ? { execute: [oidc.allowInsecureRequests] } : {}),
    });
    try {
      return await this.#found;
    } catch (error) {
      this.#found = undefined;
      throw new PageFault('SIGN_IN_UNAVAILABLE', error);
    }
  }
}

/** By name, residence and birth date (IDNrG § 6 Abs. 3 Nr. 1): BundID attests no number. */
function personIn({ family_name, birthdate, address }: oidc.IDToken): PersonKey | undefined {
  const { postal_code, locality } = typeof address === 'object' && address !== null ? (address as Json) : {};
  const given = [family_name, birthdate, postal_code, locality].map(line);
  const [family = '', birth_date = '', postcode = '', town = ''] = given;
  if (given.some((it) => it === undefined)) return undefined;
  return { family_name: family, town, postcode, birth_date };
}

type Json = Readonly<Record<string, unknown>>;

function line(value: unknown): string | undefined {
  return typeof value === 'string' && value.length > 0 && value.length <= 200 ? value : undefined;
}

function areEqual(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
