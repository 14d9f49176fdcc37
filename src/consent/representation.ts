import type { OnlineService } from '../catalogue/catalogue.js';
import { type Decision, representationOf } from '../tokens/attestation.js';

type Subject = OnlineService['subjects'][number];

/**
 * Why somebody in this role may not be the one who decided, as the services of a purpose have it; undefined where they may.
 * Whether they truly represent the person is for the identity directory to confirm (design 4). Where no service names the role,
 * there is nothing to hold the decision against but that.
 */
export function whyNotDeciding(decision: Decision, subjects: readonly Subject[]): string | undefined {
  if (decision.acting === 'AUTHORITY' || subjects.length === 0) return undefined;
  const by = representationOf(decision);
  if (by === undefined)
    return subjects.some((it) => it.represented_by !== undefined)
      ? 'for this person their representative decides'
      : undefined;
  const named = subjects.filter((it) => [it.represented_by, it.may_be_represented_by].includes(decision.decider_role));
  if (named.length === 0)
    return subjects.some((it) => it.represented_by !== undefined)
      ? 'for this person their representative decides'
      : 'for this person nobody else decides in this role';
  return named.some(({ representation = ['custody'] }) => representation.includes(by))
    ? undefined
    : `the service takes no decision by virtue of ${by}`;
}
