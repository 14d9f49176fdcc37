import { ASSURANCES, type Catalogue, type Limits, type Rule } from '../catalogue/catalogue.js';
import { Slices } from '../platform/slices.js';
import { ANY } from './rule-index.js';

/** What an allow demanded and demands no more, where another one goes on allowing. */
export type LoosenedDemand = Readonly<{
  rule: string;
  /** By it weaker decisions may suffice now. */
  remaining: string;
  /** Members of the rule. */
  demands: readonly ('min_assurance' | 'attested_by' | 'limits')[];
}>;

/** Looking at the clock after each rule would take longer than comparing it. */
const AT_ONCE = 50;

/** More than that nobody looks at one by one. */
const AT_MOST = 1000;

const PATTERNS = ['consumer', 'provider', 'evidence_type', 'purpose', 'legal_basis'] as const;

/**
 * Of what the allows demand the strictest counts: without one of them others may permit what was refused. Names each pair of
 * rules where that may be, whether or not a third one demands as much; 1000 at most.
 */
export async function loosenedDemands(
  before: Pick<Catalogue, 'rules'>,
  after: Pick<Catalogue, 'rules' | 'registers'>,
): Promise<readonly LoosenedDemand[]> {
  const typeOf = new Map(after.registers.map(({ id, type }) => [id, `type:${type}`]));
  const had = new Set(before.rules.map(({ id }) => id));
  const remaining = after.rules.filter(({ effect }) => effect === 'allow');
  const now = new Map(remaining.map((it) => [it.id, it]));
  const slices = new Slices();
  const found: LoosenedDemand[] = [];
  for (const [place, rule] of before.rules.entries()) {
    if (place % AT_ONCE === 0) await slices.rest();
    if (rule.effect !== 'allow' || demandsAsMuch(now.get(rule.id), rule)) continue;
    for (const other of remaining) {
      if (other.id === rule.id || !had.has(other.id) || !mayMatchTheSame(rule, other, typeOf)) continue;
      const demands = demandsBeyond(rule, other);
      if (demands.length > 0) found.push({ rule: rule.id, remaining: other.id, demands });
      if (found.length === AT_MOST) return found;
    }
    await slices.rest();
  }
  return found;
}

function demandsAsMuch(now: Rule | undefined, before: Rule): boolean {
  if (now === undefined || PATTERNS.some((it) => now[it] !== before[it])) return false;
  return demandsBeyond(before, now).every((it) => it === 'limits') && limitsAsMuch(now.limits, before.limits);
}

function demandsBeyond(rule: Rule, other: Rule): LoosenedDemand['demands'] {
  const isHigher = ASSURANCES.indexOf(rule.min_assurance) > ASSURANCES.indexOf(other.min_assurance);
  const isPickier = other.attested_by.some((kind) => !rule.attested_by.includes(kind));
  return [
    ...(isHigher ? (['min_assurance'] as const) : []),
    ...(isPickier ? (['attested_by'] as const) : []),
    ...(isTighter(rule.limits, other.limits) ? (['limits'] as const) : []),
  ];
}

/** Rates are counted by rule: those of one are no other's. */
function isTighter(limits: Limits = {}, others: Limits = {}): boolean {
  const hasRate = limits.requests !== undefined || limits.persons !== undefined;
  return (
    hasRate ||
    (['look_back_days', 'use_days'] as const).some((it) => (limits[it] ?? Infinity) < (others[it] ?? Infinity))
  );
}

function limitsAsMuch(now: Limits = {}, before: Limits = {}): boolean {
  const days = (['look_back_days', 'use_days'] as const).every(
    (it) => (now[it] ?? Infinity) <= (before[it] ?? Infinity),
  );
  const rates = (['requests', 'persons'] as const).every((it) => {
    const [kept, had] = [now[it], before[it]];
    return had === undefined || (kept !== undefined && kept.per === had.per && kept.max <= had.max);
  });
  return days && rates;
}

function mayMatchTheSame(rule: Rule, other: Rule, typeOf: ReadonlyMap<string, string>): boolean {
  return PATTERNS.every((it) => {
    const [one, another] = [rule[it], other[it]];
    if (one === ANY || another === ANY || one === another) return true;
    return it === 'provider' && (typeOf.get(one) === another || typeOf.get(another) === one);
  });
}
