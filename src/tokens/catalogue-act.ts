import { claimNumber, claimObject, claimOneOf, claimText } from './claims.js';
import { canonicalBytes, canonicalDigest } from './digest.js';
import { type SigningKey, signToken, TokenFault, type VerificationKey, verifyToken } from './jws.js';

export const CATALOGUE_ACT_TYP = 'einmal-catalogue-act+jwt';
/** An act is sent as soon as it is signed. */
const LIFETIME_S = 600;

/**
 * What an administrator does about the catalogue of a node. What is proposed is named by the SHA-256 over the RFC 8785 form of
 * its files, or of the version to go back to, and of the moment; what is decided on by all that makes it this proposal: the same
 * version proposed again is another one.
 */
export type CatalogueAct = Readonly<{ act: 'propose'; request_id: string; content: string }> | CatalogueDecision;

export type CatalogueDecision = Readonly<{
  act: 'approve' | 'reject';
  request_id: string;
  proposal: ProposalName;
  reason: string;
}>;

export type ProposalName = Readonly<{
  /** UUID that the proposer chose. */
  id: string;
  version: string;
  /** Number of the activation under which it was made. */
  based_on: number;
  /** Milliseconds since the epoch; null: as soon as it is approved. */
  activate_at: number | null;
}>;

/** What a proposal says, by digest: files by name, or a version, and the moment in milliseconds if there is one. */
export function proposalDigest(
  content: Readonly<{ files: Readonly<Record<string, string>>; version: string; activateAt: number | undefined }>,
): string {
  const { files, version, activateAt } = content;
  return canonicalDigest({ files, version, activate_at: activateAt ?? null });
}

/** What pages ask an administrator to sign, as they show it. @throws TokenFault for anything but a decision */
export function parseDecision(text: string): CatalogueDecision {
  const statement = claimObject({ statement: jsonIn(text) }, 'statement');
  const proposal = claimObject(statement, 'proposal');
  return {
    act: claimOneOf(statement, 'act', ['approve', 'reject']),
    request_id: claimText(statement, 'request_id'),
    proposal: {
      id: claimText(proposal, 'id'),
      version: claimText(proposal, 'version'),
      based_on: claimNumber(proposal, 'based_on'),
      activate_at: proposal.activate_at === null ? null : claimNumber(proposal, 'activate_at'),
    },
    reason: claimText(statement, 'reason'),
  };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new TokenFault('MALFORMED');
  }
}

export async function signCatalogueAct(
  statement: CatalogueAct,
  by: Readonly<{ administrator: string; node: string; key: SigningKey; nowMs: number }>,
): Promise<string> {
  const { token } = await signToken(
    { iss: by.administrator, aud: by.node, statement },
    { typ: CATALOGUE_ACT_TYP, key: by.key, nowMs: by.nowMs, lifetimeS: LIFETIME_S },
  );
  return token;
}

/** Exactly this act, signed by this administrator for this node. @throws TokenFault */
export async function verifyCatalogueAct(
  token: string,
  trust: Readonly<{ administrator: string; node: string; keys: readonly VerificationKey[]; nowMs: number }>,
  expected: CatalogueAct,
): Promise<void> {
  const claims = await verifyToken(token, {
    typ: CATALOGUE_ACT_TYP,
    issuer: trust.administrator,
    audience: trust.node,
    keys: trust.keys,
    nowMs: trust.nowMs,
    maxLifetimeS: LIFETIME_S,
  });
  if (!canonicalBytes(claimObject(claims, 'statement')).equals(canonicalBytes(expected)))
    throw new TokenFault('BINDING');
}
