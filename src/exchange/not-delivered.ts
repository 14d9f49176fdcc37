import { Fault } from '../platform/fault.js';
import { REASONS, type Reason } from '../platform/reasons.js';
import type { NotDelivered, PlannedRetrieval } from './exchange.js';

/** How it ends that something is not delivered for a reason. */
export function endingOf(reason: Reason): 'failed' | 'refused' {
  return REASONS[reason].kind === 'outage' ? 'failed' : 'refused';
}

export function notDelivered(
  need: Readonly<{ evidenceType: string; subjectRole: string }>,
  reason: Reason,
  state: NotDelivered['state'] = endingOf(reason),
): NotDelivered {
  return {
    evidence_type: need.evidenceType,
    subject_role: need.subjectRole,
    state,
    reason,
    detail: REASONS[reason].sentence,
  };
}

/** Of what was planned. */
export function notBrought(
  { retrievalId, evidenceType, subjectRole }: PlannedRetrieval,
  reason: Reason,
  state?: NotDelivered['state'],
): NotDelivered {
  return { ...notDelivered({ evidenceType: evidenceType.id, subjectRole }, reason, state), ofRetrieval: retrievalId };
}

/**
 * What the intermediary's no means for one piece of evidence. @throws what is no such no, and what concerns the whole request
 */
export function refusedByRules(
  need: Readonly<{ evidenceType: string; subjectRole: string }>,
  error: unknown,
  nowMs: number,
): NotDelivered {
  if (!(error instanceof Fault)) throw error;
  if (error.reason !== 'TRANSFER_NOT_PERMITTED' && error.reason !== 'RATE_LIMITED') throw error;
  const { metadata, retryDelayMs } = error;
  return {
    ...notDelivered(need, error.reason),
    ...(metadata.rules === undefined ? {} : { ruleIds: metadata.rules.split(',') }),
    ...(retryDelayMs === undefined ? {} : { availableAt: nowMs + retryDelayMs }),
  };
}

type Told = Readonly<{ isLogged?: boolean; nowMs: number; metadata?: Readonly<Record<string, string>> }>;

/** If nothing can be delivered and there is one reason for all, that reason is the error. "Later" is an answer. */
export function throwCommonReason(items: readonly NotDelivered[], told: Told): void {
  if (items.some(({ state }) => state === 'deferred')) return;
  if (new Set(items.map(({ reason }) => reason)).size === 1) throw faultOf(items, told);
}

/** The one reason of these, with all rules behind it and the moment from which it may be another. */
export function faultOf(items: readonly NotDelivered[], { isLogged = false, nowMs, metadata = {} }: Told): Fault {
  const reason = items[0]?.reason ?? 'INTERNAL';
  const rules = [...new Set(items.flatMap(({ ruleIds = [] }) => ruleIds))].toSorted();
  const availableAt = Math.max(...items.map((it) => it.availableAt ?? 0));
  const retryDelayMs = availableAt > 0 ? Math.max(1, availableAt - nowMs) : 1000;
  return new Fault(reason, {
    isLogged,
    metadata: { ...metadata, ...(rules.length === 0 ? {} : { rules: rules.join(',') }) },
    ...(REASONS[reason].kind === 'outage' || availableAt > 0 ? { retryDelayMs } : {}),
  });
}
