import type { Rule } from '../catalogue/catalogue.js';
import type { Obligations, RuleRate } from '../tokens/obligations.js';

/** The strictest of what these allows say: a rule that sets no limit loosens none. */
export function obligationsOf(allows: readonly Rule[]): Obligations {
  const lookBack = least(allows.flatMap(({ limits }) => limits?.look_back_days ?? []));
  const use = least(allows.flatMap(({ limits }) => limits?.use_days ?? []));
  return {
    rates: allows.toSorted((a, b) => (a.id < b.id ? -1 : 1)).flatMap(ratesOf),
    ...(lookBack === undefined ? {} : { look_back_days: lookBack }),
    ...(use === undefined ? {} : { use_days: use }),
  };
}

function ratesOf({ id, limits }: Rule): readonly RuleRate[] {
  return (['requests', 'persons'] as const).flatMap((of) => {
    const rate = limits?.[of];
    return rate === undefined ? [] : [{ rule: id, of, ...rate }];
  });
}

function least(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : Math.min(...values);
}
