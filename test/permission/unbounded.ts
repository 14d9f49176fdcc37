import type { Catalogue } from '../../src/catalogue/catalogue.js';

/** The catalogue with nothing but rules to decide by: no purpose, legal basis or recipient narrows what they allow. */
export function unbounded(catalogue: Catalogue): Catalogue {
  return {
    ...catalogue,
    purposes: catalogue.purposes.map(({ necessary: _, ...it }) => it),
    legal_bases: catalogue.legal_bases.map(({ closed_lists: _, ...it }) => it),
    recipient_matrices: [],
  };
}
