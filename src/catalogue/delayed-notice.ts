import type { VerifiedAttestation } from '../tokens/attestation.js';
import type { LegalBasis } from './catalogue.js';

const DAY_S = 86_400;
const IDENTITY = 'identity';

type Decided = Pick<VerifiedAttestation, 'acting' | 'evidence_type' | 'delayed_notice' | 'iat'>;

/**
 * Whether the catalogue lets an authority keep its look for a person from that person so long (BDSG § 34 Abs. 1 Nr. 1): by a norm that it names for the legal
 * basis, for no more days than it says, and nothing but the lookup. Node and directory both decide it, each by its own catalogue.
 */
export function mayDelayNotice(
  { acting, evidence_type, delayed_notice, iat }: Decided,
  basis: Pick<LegalBasis, 'delayed_notice'> | undefined,
): boolean {
  if (delayed_notice === undefined) return true;
  const { norm, until } = delayed_notice;
  const allowed = basis?.delayed_notice?.find((it) => it.norm === norm);
  if (acting !== 'AUTHORITY' || evidence_type !== IDENTITY || allowed === undefined) return false;
  return until > iat && until <= iat + allowed.max_days * DAY_S;
}
