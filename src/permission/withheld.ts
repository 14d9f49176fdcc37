import type { EvidenceType, LegalBasis, Rule } from '../catalogue/catalogue.js';
import type { FieldLimit } from '../catalogue/field-limits.js';

type KeptBackBy = Readonly<{ legalBasis: LegalBasis; denies: readonly Rule[]; limits: readonly FieldLimit[] }>;

/**
 * Which attributes of an evidence type are not in an answer, and the norm that keeps them back: a deny, then the
 * narrowest limit, then the legal basis, which asks for no more. Derived from the request and the catalogue alone: it is
 * the same for every person, and says nothing about one.
 */
export function withheldAttributes(
  type: EvidenceType,
  released: readonly string[],
  by: KeptBackBy,
): readonly Readonly<{ attribute: string; norm: string }>[] {
  return type.attributes
    .map(({ id }) => id)
    .filter((id) => !released.includes(id))
    .map((attribute) => ({ attribute, norm: normOf(attribute, by) }));
}

function normOf(attribute: string, { legalBasis, denies, limits }: KeptBackBy): string {
  return (
    denies.find(({ fields }) => fields.includes(attribute))?.source ??
    limits.find(({ permits }) => !permits(attribute))?.norm ??
    `${legalBasis.norm} ${legalBasis.paragraph}`
  );
}
