import { claimText } from './claims.js';
import { type SigningKey, signToken, TokenFault, type VerificationKey, verifyToken } from './jws.js';

export const UNLOCK_TYP = 'einmal-unlock+jwt';
/** Time for the participant to present it; the next lock is another one. */
const UNLOCK_LIFETIME_S = 86_400;

/** What an administrator found out together with a participant that is locked, and that this lock may end. */
export type UnlockStatement = Readonly<{
  participant: string;
  /** Id of the one lock. */
  lock: string;
  /** What the wrong identifications were, in one line; never a name of a person. */
  note: string;
}>;

export async function signUnlock(
  { participant, lock, note }: UnlockStatement,
  by: Readonly<{ administrator: string; node: string; key: SigningKey; nowMs: number }>,
): Promise<string> {
  const { token } = await signToken(
    { iss: by.administrator, aud: by.node, participant, lock, note },
    { typ: UNLOCK_TYP, key: by.key, nowMs: by.nowMs, lifetimeS: UNLOCK_LIFETIME_S },
  );
  return token;
}

/** @throws TokenFault, also where it is about another participant or another lock */
export async function verifyUnlock(
  token: string,
  trust: Readonly<{ administrator: string; node: string; keys: readonly VerificationKey[]; nowMs: number }>,
  about: Readonly<{ participant: string; lock: string }>,
): Promise<UnlockStatement> {
  const claims = await verifyToken(token, {
    typ: UNLOCK_TYP,
    issuer: trust.administrator,
    audience: trust.node,
    keys: trust.keys,
    nowMs: trust.nowMs,
    maxLifetimeS: UNLOCK_LIFETIME_S,
  });
  const [participant, lock] = [claimText(claims, 'participant'), claimText(claims, 'lock')];
  if (participant !== about.participant || lock !== about.lock) throw new TokenFault('BINDING');
  return { participant, lock, note: claimText(claims, 'note') };
}
