import type { Participant } from '../catalogue/catalogue.js';
import type { CatalogueLookup } from '../catalogue/lookup.js';
import { MAX_TOKEN_BYTES } from '../tokens/jws.js';
import { unverifiedClaims } from '../tokens/unverified.js';

/** Not verified: says only whose keys the signature must fit. */
export function claimedIssuer(lookup: CatalogueLookup, token: string): Participant | undefined {
  if (token.length > MAX_TOKEN_BYTES) return undefined;
  const { iss } = unverifiedClaims(token);
  return iss === undefined ? undefined : lookup.participant(iss);
}
