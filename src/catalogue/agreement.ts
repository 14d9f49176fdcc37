import canonicalize from 'canonicalize';
import type { AgreedTransfer, Agreement, Catalogue } from './catalogue.js';
import { contentDigest } from './content-digest.js';
import type { CatalogueLookup } from './lookup.js';

export const AGREEMENT_TYP = 'einmal-agreement+jws';
export const REVOCATION_TYP = 'einmal-agreement-revocation+jws';

/** The two sides: who asks, and who keeps the register. */
export const SIDES = ['consumer', 'register'] as const;
export type Side = (typeof SIDES)[number];

type Transfer = Readonly<{
  consumer: string;
  provider: string;
  evidence_type: string;
  purpose: string;
  legal_basis: string;
}>;

/** What both sides sign: the RFC 8785 form of all but the signatures and the revocation. */
export function agreementBytes({ signatures: _, revoked: __, ...content }: Agreement): Buffer {
  return Buffer.from(canonicalize(content) ?? '');
}

/** What a side signs that wants no more of it: this agreement and no other one of the same name, and since when. */
export function revocationBytes({ signatures: _, revoked: __, ...content }: Agreement, at: string): Buffer {
  return Buffer.from(canonicalize({ agreement: content.id, digest: contentDigest(content), revoked_at: at }) ?? '');
}

/** Who signs for a side. */
export function signerOf(
  { consumer, register }: Pick<Agreement, Side>,
  side: Side,
  registers: Catalogue['registers'] | undefined,
): string | undefined {
  return side === 'consumer' ? consumer : registers?.find(({ id }) => id === register)?.participant;
}

/**
 * The agreement under which this may be transferred now. `none`: there is none, or it was revoked, has ended or does not name
 * it, or another node than this one asks. `undefined` for rules that are looked at without a deployment: nobody agrees there, and nothing is transferred.
 */
export function agreementFor(
  lookup: CatalogueLookup,
  transfer: Transfer,
  nowMs: number,
  node?: string,
): Readonly<{ agreement: Agreement; agreed: AgreedTransfer }> | 'none' | undefined {
  if (lookup.catalogue.agreements === undefined) return undefined;
  for (const agreement of lookup.agreements(transfer.consumer, transfer.provider)) {
    if (!isInForce(agreement, nowMs) || (node !== undefined && agreement.node !== node)) continue;
    const agreed = agreement.transfers.find(
      (it) =>
        it.evidence_type === transfer.evidence_type &&
        it.purpose === transfer.purpose &&
        it.legal_basis === transfer.legal_basis,
    );
    if (agreed !== undefined) return { agreement, agreed };
  }
  return 'none';
}

function isInForce({ valid_from, valid_until, revoked }: Agreement, nowMs: number): boolean {
  return revoked === undefined && Date.parse(valid_from) <= nowMs && nowMs < Date.parse(valid_until);
}
