import { claimOneOf, claimText } from './claims.js';
import { type SigningKey, signToken, type VerificationKey, verifyToken } from './jws.js';

const NOTICE_TYP = 'einmal-notice+jwt';
const NOTICE_LIFETIME_S = 600;

export const NOTICE_STATES = ['waiting', 'ready', 'ended'] as const;

/** That an exchange stands otherwise than before, for the consumer that has it. Which person it is about is not in it. */
export type ExchangeNotice = Readonly<{ exchange_id: string; state: (typeof NOTICE_STATES)[number] }>;

export async function signNotice(
  notice: ExchangeNotice,
  by: Readonly<{ node: string; consumer: string; key: SigningKey; nowMs: number }>,
): Promise<string> {
  const claims = { ...notice, iss: by.node, aud: by.consumer };
  const signed = { typ: NOTICE_TYP, key: by.key, nowMs: by.nowMs, lifetimeS: NOTICE_LIFETIME_S };
  return (await signToken(claims, signed)).token;
}

/** For the consumer: who receives one twice has seen its `jti` before. @throws TokenFault */
export async function verifyNotice(
  token: string,
  trust: Readonly<{ node: string; consumer: string; keys: readonly VerificationKey[]; nowMs: number }>,
): Promise<ExchangeNotice & Readonly<{ jti: string }>> {
  const claims = await verifyToken(token, {
    typ: NOTICE_TYP,
    issuer: trust.node,
    audience: trust.consumer,
    keys: trust.keys,
    nowMs: trust.nowMs,
    maxLifetimeS: NOTICE_LIFETIME_S,
  });
  return {
    exchange_id: claimText(claims, 'exchange_id'),
    state: claimOneOf(claims, 'state', NOTICE_STATES),
    jti: claims.jti,
  };
}
