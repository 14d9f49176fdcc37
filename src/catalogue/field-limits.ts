import type { FieldLists, Recipient, RecipientMatrix } from './catalogue.js';
import type { CatalogueLookup } from './lookup.js';

/** What bounds the attributes of a transfer beside the rules. Says nothing about a person. */
export type FieldLimit = Readonly<{
  /** No rule has a colon in its id: `recipients:gewanzv-3-anmeldung/ihk`, `legal-basis:beeg-25`, `purpose:elterngeld-antrag`. */
  id: string;
  /** As it stands among the withheld attributes of the evidence. */
  norm: string;
  permits: (attribute: string) => boolean;
}>;

type Transfer = Readonly<{ consumer: string; evidence_type: string; purpose: string; legal_basis: string }>;

/** Minimisation by data: of these limits each counts (GDPR Art. 5 (1) c). The narrowest norm comes first. */
export function fieldLimits(lookup: CatalogueLookup, transfer: Transfer): readonly FieldLimit[] {
  const matrix = lookup.recipientMatrix(transfer.evidence_type);
  const basis = lookup.legalBasis(transfer.legal_basis);
  const purpose = lookup.purpose(transfer.purpose);
  return [
    ...(matrix === undefined ? [] : [recipientLimit(matrix, transfer.consumer)]),
    ...(basis === undefined
      ? []
      : listLimit(
          `legal-basis:${basis.id}`,
          `${basis.norm} ${basis.paragraph}`,
          basis.closed_lists,
          transfer.evidence_type,
        )),
    ...(purpose?.necessary === undefined
      ? []
      : listLimit(
          `purpose:${purpose.id}`,
          'GDPR Art. 5 (1) c',
          { [transfer.evidence_type]: [], ...purpose.necessary },
          transfer.evidence_type,
        )),
  ];
}

/** Whether every limit lets this attribute pass. */
export function isWithin(limits: readonly FieldLimit[], attribute: string): boolean {
  return limits.every(({ permits }) => permits(attribute));
}

/** A matrix is a closed list of recipients: who is not in it gets nothing (GewAnzV § 3). */
function recipientLimit(matrix: RecipientMatrix, consumer: string): FieldLimit {
  const recipient = matrix.recipients.find(({ participants }) => participants.includes(consumer));
  if (recipient === undefined) return { id: `recipients:${matrix.id}`, norm: matrix.norm, permits: () => false };
  return {
    id: `recipients:${matrix.id}/${recipient.id}`,
    norm: `${matrix.norm} ${recipient.paragraph}`,
    permits: (attribute) => receives(recipient, attribute),
  };
}

/** Whether this recipient gets this field (GewAnzV § 3 Abs. 1). */
export function receives({ waived = false, only, all_but = [] }: Recipient, attribute: string): boolean {
  if (waived) return false;
  return only === undefined ? !all_but.includes(attribute) : only.includes(attribute);
}

function listLimit(id: string, norm: string, lists: FieldLists | undefined, evidenceType: string): FieldLimit[] {
  const list = lists !== undefined && Object.hasOwn(lists, evidenceType) ? lists[evidenceType] : undefined;
  return list === undefined ? [] : [{ id, norm, permits: (attribute) => list.includes(attribute) }];
}
