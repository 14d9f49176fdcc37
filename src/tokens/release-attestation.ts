import { claimOneOf, claimText } from './claims.js';
import { type SigningKey, signToken, TokenFault, type VerificationKey, verifyToken } from './jws.js';
import { MAX_OWN_STATEMENTS, type OwnStatement, ownStatementDigest } from './own-statement.js';

export const RELEASE_TYP = 'einmal-release+jwt';
const RELEASE_LIFETIME_S = 600;
const MAX_DECISIONS = 64;

const DIGEST = /^[\w-]{43}$/;

export type ReleaseDecision = Readonly<{ held_id: string; decision: 'RELEASE' | 'REFUSE' }>;

export type VerifiedRelease = Readonly<{
  decisions: readonly ReleaseDecision[];
  /** Of what the person states themself, in no order. */
  statementDigests: readonly string[];
}>;

/** What the person decided after the preview, piece by piece (EGovG § 5 Abs. 5), signed by whoever attests it. */
export async function attestRelease(
  exchangeId: string,
  decisions: readonly ReleaseDecision[],
  by: { attester: string; node: string; key: SigningKey; nowMs: number },
  statements: readonly OwnStatement[] = [],
): Promise<string> {
  const own = statements.length === 0 ? {} : { own_statements: statements.map(ownStatementDigest) };
  const { token } = await signToken(
    { iss: by.attester, aud: by.node, exchange_id: exchangeId, decisions, ...own },
    { typ: RELEASE_TYP, key: by.key, nowMs: by.nowMs, lifetimeS: RELEASE_LIFETIME_S },
  );
  return token;
}

/** @throws TokenFault */
export async function verifyRelease(
  token: string,
  trust: { attester: string; node: string; exchangeId: string; keys: readonly VerificationKey[]; nowMs: number },
): Promise<VerifiedRelease> {
  const claims = await verifyToken(token, {
    typ: RELEASE_TYP,
    issuer: trust.attester,
    audience: trust.node,
    keys: trust.keys,
    nowMs: trust.nowMs,
    maxLifetimeS: RELEASE_LIFETIME_S,
  });
  if (claimText(claims, 'exchange_id') !== trust.exchangeId) throw new TokenFault('BINDING');
  return { decisions: decisionsIn(claims), statementDigests: digestsIn(claims) };
}

type Claims = Readonly<Record<string, unknown>>;

function decisionsIn({ decisions }: Claims): readonly ReleaseDecision[] {
  if (!Array.isArray(decisions) || decisions.length > MAX_DECISIONS) throw new TokenFault('CLAIM');
  return decisions.map((it: unknown) => {
    if (typeof it !== 'object' || it === null) throw new TokenFault('CLAIM');
    const given = it as Claims;
    return {
      held_id: claimText(given, 'held_id'),
      decision: claimOneOf(given, 'decision', ['RELEASE', 'REFUSE']),
    };
  });
}

function digestsIn({ own_statements: digests = [] }: Claims): readonly string[] {
  if (!Array.isArray(digests) || digests.length > MAX_OWN_STATEMENTS) throw new TokenFault('CLAIM');
  return digests.map((it: unknown) => {
    if (typeof it !== 'string' || !DIGEST.test(it)) throw new TokenFault('CLAIM');
    return it;
  });
}
