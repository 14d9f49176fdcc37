import type { Agreement, Catalogue } from '../../src/catalogue/catalogue.js';
import { agreementsOn } from '../../src/demo/agreements.js';

/** As if everybody had agreed on what the rules allow, where the catalogue has no agreements of its own. Signed by nobody. */
export function agreed(catalogue: Catalogue): Catalogue {
  if ((catalogue.agreements ?? []).length > 0) return catalogue;
  const agreements = agreementsOn(catalogue, catalogue.keys, 'node').map(
    (it): Agreement => ({ ...it, signatures: {} }),
  );
  return { ...catalogue, agreements };
}

/** Rules alone, as they are looked at without a deployment. */
export function rulesAlone({ agreements: _, ...catalogue }: Catalogue): Catalogue {
  return catalogue;
}
