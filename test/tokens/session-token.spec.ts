import { describe, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { numericDate } from '../../src/platform/clock.js';
import { type SigningKey, signToken } from '../../src/tokens/jws.js';
import {
  SESSION_MAX_AGE_S,
  SESSION_TOKEN_LIFETIME_S,
  type Session,
  signSession,
  verifySession,
} from '../../src/tokens/session-token.js';
import { NOW, NOW_S } from '../support/builders.js';
import { aKeyPair } from '../support/keys.js';
import { aSession } from '../support/sessions.js';

const ISSUER = 'https://node.example';
const key = await aKeyPair('pages-session-1', 'ES256', 'session');
const other = await aKeyPair('pages-attestation-1', 'ES256', 'attestation');
const trust = { pages: 'pages', issuer: ISSUER, keys: [key.verification], nowMs: NOW };
const by = { pages: 'pages', issuer: ISSUER, key: key.signing, nowMs: NOW };
const verify = async (session: Session, signing: Partial<typeof by> = {}, trusted: Partial<typeof trust> = {}) =>
  verifySession(await signSession(session, { ...by, ...signing }), { ...trust, ...trusted });

describe('a session token', () => {
  it.each([
    aSession(),
    aSession({ role: 'citizen', subject: 'sealed' }),
    aSession({ role: 'auditor', assurance: 'low' }),
  ])('says who signed in, to the node that it is for: $role', async (session) => {
    expect(await verify(session)).toEqual(session);
  });

  it('is a JWS of its own type that lives ten minutes and names nobody', async () => {
    const token = await signSession(aSession(), by);
    expect(decodeProtectedHeader(token)).toEqual({ typ: 'einmal-session+jwt', alg: 'ES256', kid: 'pages-session-1' });
    const { exp, iat, ...claims } = decodeJwt(token);
    expect([iat, exp]).toEqual([NOW_S, NOW_S + SESSION_TOKEN_LIFETIME_S]);
    expect(Object.keys(claims).sort()).toEqual(['assurance', 'aud', 'auth_time', 'iss', 'jti', 'role', 'sid', 'sub']);
  });

  const forged = (claims: object, signing: SigningKey = key.signing, typ = 'einmal-session+jwt', lifetimeS = 600) =>
    signToken(
      {
        ...{ iss: 'pages', aud: ISSUER, sub: 'a'.repeat(16), sid: 's'.repeat(16) },
        ...{ role: 'officer', assurance: 'high', auth_time: NOW_S, ...claims },
      },
      { typ, key: signing, nowMs: NOW, lifetimeS },
    );

  it.each([
    ['of other pages', { iss: 'elsewhere' }, 'ISSUER'],
    ['for another node', { aud: 'https://elsewhere.example' }, 'AUDIENCE'],
    ['for several nodes', { aud: [ISSUER, 'https://elsewhere.example'] }, 'AUDIENCE'],
    ['in a role that nobody has', { role: 'operator' }, 'CLAIM'],
    ['at a level that does not exist', { assurance: 'very high' }, 'CLAIM'],
    ['without a session', { sid: undefined }, 'CLAIM'],
    ['that names the person', { sub: 'Erika Musterfrau, Bremen' }, 'CLAIM'],
    ['with the address of the person', { sub: 'erika.musterfrau@example.org' }, 'CLAIM'],
    ['without the moment of signing in', { auth_time: undefined }, 'CLAIM'],
    ['of somebody who will sign in later', { auth_time: NOW_S + 5 }, 'NOT_YET'],
    ['of an officer who says who they are in the registers', { subject: 'sealed' }, 'CLAIM'],
    ['of a citizen who does not', { role: 'citizen' }, 'CLAIM'],
    ['of a citizen about several persons', { role: 'citizen', subject: ['sealed'] }, 'CLAIM'],
  ])('%s is refused', async (_title, claims, code) => {
    const { token } = await forged(claims);
    await expect(verifySession(token, trust)).rejects.toMatchObject({ name: 'TokenFault', code });
  });

  it('is refused with another key of the pages, of another type, or longer than ten minutes', async () => {
    const refused = async (made: Promise<{ token: string }>, code: string) =>
      expect(verifySession((await made).token, trust)).rejects.toMatchObject({ code });
    await refused(forged({}, other.signing), 'KEY_UNKNOWN');
    await refused(forged({}, { ...other.signing, kid: key.signing.kid }), 'SIGNATURE');
    await refused(forged({}, key.signing, 'einmal-attestation+jwt'), 'TYPE');
    await refused(forged({}, key.signing, 'einmal-session+jwt', 601), 'LIVES_TOO_LONG');
  });

  it('ends with its time, and all of a session end twelve hours after signing in', async () => {
    const nowMs = NOW + SESSION_TOKEN_LIFETIME_S * 1000;
    await expect(verify(aSession(), {}, { nowMs })).rejects.toMatchObject({ code: 'EXPIRED' });
    const old = aSession({ signedInAt: NOW_S - SESSION_MAX_AGE_S + 1 });
    expect(await verify(old)).toEqual(old);
    const later = { nowMs: NOW + 1000 };
    await expect(verify(old, later, later)).rejects.toMatchObject({ code: 'EXPIRED' });
    expect(numericDate(later.nowMs)).toBe(NOW_S + 1);
  });
});
