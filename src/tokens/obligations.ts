import type { Rate } from '../catalogue/catalogue.js';
import { claimNumber, claimObject, claimOneOf, claimText } from './claims.js';
import { TokenFault } from './jws.js';

/** How often a consumer may use one rule. */
export type RuleRate = Rate & Readonly<{ rule: string; of: 'requests' | 'persons' }>;

/** What a permission demands of those who act on it, beside fields, attesters and level of assurance. */
export type Obligations = Readonly<{
  /** Every one of them must hold, hence the strictest counts. In the order of rules, requests before persons. */
  rates: readonly RuleRate[];
  /** Absent: evidence of any age. */
  look_back_days?: number;
  /** Absent: as long as the purpose lasts. */
  use_days?: number;
}>;

/** @throws TokenFault CLAIM */
export function claimObligations(claims: Readonly<Record<string, unknown>>): Obligations {
  const given = claimObject(claims, 'obligations');
  const { rates } = given;
  if (!Array.isArray(rates)) throw new TokenFault('CLAIM');
  return {
    rates: rates.map((rate: unknown) => claimRate(claimObject({ rate }, 'rate'))),
    ...optionalDays(given, 'look_back_days'),
    ...optionalDays(given, 'use_days'),
  };
}

/** As the catalogue names them. */
const RULE = /^[a-z][a-z0-9-]{0,62}$/;

/** Both are counted by: what is no name of a rule, or no number of times, goes no further. */
function claimRate(rate: Readonly<Record<string, unknown>>): RuleRate {
  const [rule, max] = [claimText(rate, 'rule'), claimNumber(rate, 'max')];
  if (!RULE.test(rule) || !Number.isSafeInteger(max) || max < 1) throw new TokenFault('CLAIM');
  return {
    rule,
    of: claimOneOf(rate, 'of', ['requests', 'persons']),
    max,
    per: claimOneOf(rate, 'per', ['minute', 'hour', 'day']),
  };
}

function optionalDays<const N extends 'look_back_days' | 'use_days'>(
  claims: Readonly<Record<string, unknown>>,
  name: N,
): Readonly<Partial<Record<N, number>>> {
  // TypeScript widens a computed name to string.
  return (claims[name] === undefined ? {} : { [name]: claimNumber(claims, name) }) as Partial<Record<N, number>>;
}

/** What both demand: the fewer days, and every rate; of two about the same the lower. */
export function strictestOf(these: Obligations, others: Obligations): Obligations {
  const isSame = (a: RuleRate, b: RuleRate) => a.rule === b.rule && a.of === b.of && a.per === b.per;
  const lowered = these.rates.map((rate) => ({
    ...rate,
    max: Math.min(rate.max, ...others.rates.filter((it) => isSame(it, rate)).map(({ max }) => max)),
  }));
  const added = others.rates.filter((rate) => !these.rates.some((it) => isSame(it, rate)));
  const lookBack = Math.min(these.look_back_days ?? Infinity, others.look_back_days ?? Infinity);
  const use = Math.min(these.use_days ?? Infinity, others.use_days ?? Infinity);
  return {
    rates: [...lowered, ...added],
    ...(lookBack === Infinity ? {} : { look_back_days: lookBack }),
    ...(use === Infinity ? {} : { use_days: use }),
  };
}

/** Whether these demand everything that the others demand, and at least as much of it. */
export function isAtLeastAsStrict(these: Obligations, others: Obligations): boolean {
  return (
    (['look_back_days', 'use_days'] as const).every(
      (days) => (these[days] ?? Infinity) <= (others[days] ?? Infinity),
    ) &&
    others.rates.every(({ rule, of, per, max }) =>
      these.rates.some((it) => it.rule === rule && it.of === of && it.per === per && it.max <= max),
    )
  );
}
