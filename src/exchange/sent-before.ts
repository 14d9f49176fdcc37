import { isDeepStrictEqual } from 'node:util';
import type { Effect } from '../audit/effect.js';
import type { Delivered, ExchangeContext, NotDelivered, PlannedRetrieval } from './exchange.js';
import { notBrought } from './not-delivered.js';
import { PermissionInForce } from './permission-in-force.js';

/** What of a stream may be sent once more in its last message, and what stays away from it. */
export type Resendable = Readonly<{ delivered: readonly Delivered[]; missing: readonly NotDelivered[] }>;

/**
 * What was sent by itself stays sent; sending it again is a release of its own, and needs permission and decision then (GDPR
 * Art. 7 (3)).
 *
 * @param withdrawn those of which the log has said so
 */
export function resendable(
  inForce: PermissionInForce,
  context: ExchangeContext,
  delivered: readonly Delivered[],
  withdrawn: readonly PlannedRetrieval[],
): Resendable {
  const missing = new Map<Delivered, NotDelivered>();
  for (const it of delivered) {
    const why = withdrawn.includes(it.retrieval)
      ? notBrought(it.retrieval, 'TRIGGER_WITHDRAWN')
      : inForce.whyNotAgain(context, it);
    if (why !== undefined) missing.set(it, why);
  }
  return { delivered: delivered.filter((it) => !missing.has(it)), missing: [...missing.values()] };
}

/** What was sent by itself and rests on what the log says is withdrawn. */
export function withdrawnBy(effect: Effect, delivered: readonly Delivered[]): readonly PlannedRetrieval[] {
  return delivered
    .filter(({ restsOn = [] }) => restsOn.some((it) => isDeepStrictEqual(it, effect)))
    .map(({ retrieval }) => retrieval);
}
