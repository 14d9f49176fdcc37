import { toTimestamp } from '../platform/clock.js';
import type { Trigger as WireTrigger } from '../platform/rpc-types/einmal/broker/v1/Trigger.js';
import { isExpired, type Trigger } from './trigger.js';

const STATES = { granted: 'STATE_ACTIVE', used: 'STATE_USED', withdrawn: 'STATE_WITHDRAWN' } as const;

export function triggerToWire(trigger: Trigger, nowMs: number): WireTrigger {
  const { id, decision, state } = trigger;
  return {
    trigger_id: id,
    kind: `TRIGGER_KIND_${decision.kind}`,
    legal_basis: decision.legal_basis,
    evidence_type: decision.evidence_type,
    fields: [...decision.fields],
    purpose: decision.purpose,
    subject_role: decision.subject.role,
    requester: decision.requester,
    attester: decision.attester,
    state: isExpired(trigger, nowMs) ? 'STATE_EXPIRED' : STATES[state],
    decide_time: toTimestamp(decision.decided_at * 1000),
    expire_time: toTimestamp(decision.exp * 1000),
  };
}
