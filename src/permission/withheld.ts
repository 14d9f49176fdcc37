import type { EvidenceType, LegalBasis, Rule } from '../catalogue/catalogue.js';

/**
 * Which attributes of an evidence type are not in an answer, and the norm that keeps them back. Derived from the
 * request and the rules alone: it is the same for every person, and says nothing about one.
 */
export function withheldAttributes(
  type: EvidenceType,
  released: readonly string[],
  by: Readonly<{ legalBasis: LegalBasis; denies: readonly Rule[] }>,
): readonly Readonly<{ attribute: string; norm: string }>[] {
  const basis = `${by.legalBasis.norm} ${by.legalBasis.paragraph}`;
  return type.attributes
    .map(({ id }) => id)
    .filter((id) => !released.includes(id))
    .map((attribute) => ({
      attribute,
      norm: by.denies.find(({ fields }) => fields.includes(attribute))?.source ?? basis,
    }));
}
