import type {
  Obligations__Output,
  Obligations as WireObligations,
} from '../platform/rpc-types/einmal/broker/v1/Obligations.js';
import type { RuleRate__Output } from '../platform/rpc-types/einmal/broker/v1/RuleRate.js';
import type { Obligations, RuleRate } from '../tokens/obligations.js';

export function obligationsToWire({ rates, look_back_days, use_days }: Obligations): WireObligations {
  return {
    rates: rates.map(({ rule, of, max, per }) => ({ rule_id: rule, of, max, per })),
    ...(look_back_days === undefined ? {} : { look_back_days }),
    ...(use_days === undefined ? {} : { use_days }),
  };
}

/** Undefined where something is demanded that is not understood here: what nobody can keep permits nothing. */
export function obligationsFromWire(given: Obligations__Output | null | undefined): Obligations | undefined {
  const { rates = [], look_back_days, use_days } = given ?? {};
  const understood = rates.map(rateFromWire).filter((it) => it !== undefined);
  if (understood.length !== rates.length) return undefined;
  return {
    rates: understood,
    ...(look_back_days === undefined ? {} : { look_back_days }),
    ...(use_days === undefined ? {} : { use_days }),
  };
}

function rateFromWire({ rule_id: rule = '', of, max, per }: RuleRate__Output): RuleRate | undefined {
  const counted = (['requests', 'persons'] as const).find((it) => it === of);
  const period = (['minute', 'hour', 'day'] as const).find((it) => it === per);
  const most = Number(max);
  if (counted === undefined || period === undefined || !Number.isSafeInteger(most) || most < 1) return undefined;
  return { rule, of: counted, max: most, per: period };
}
