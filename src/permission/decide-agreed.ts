import { agreementFor } from '../catalogue/agreement.js';
import { type Decision, decideTransfer } from './decide-transfer.js';
import type { RuleIndex } from './rule-index.js';
import type { TransferQuestion } from './transfer-question.js';

/** Where both sides have not agreed; no rule has a colon in its id. */
export const NO_AGREEMENT = 'agreement:none';

/**
 * What the rules permit, as far as consumer and register have agreed on it: without an agreement in force there is no permission,
 * and with one it goes no further, whatever a rule says. `node`: who asks for the consumer, where that is somebody else.
 */
export function decideAgreed(
  rules: RuleIndex,
  question: TransferQuestion,
  asked: readonly string[] | undefined,
  nowMs: number,
  node?: string,
): Decision {
  const decision = decideTransfer(rules, question, asked);
  if (decision.kind === 'refused') return decision;
  const found = agreementFor(rules.lookup, question, nowMs, node);
  if (found === undefined) return decision;
  const fields = found === 'none' ? [] : decision.fields.filter((it) => found.agreed.fields.includes(it));
  const limit = found === 'none' ? NO_AGREEMENT : `agreement:${found.agreement.id}`;
  const { areas, ruleIds } = decision;
  if (fields.length === 0) return { kind: 'refused', reason: 'TRANSFER_NOT_PERMITTED', ruleIds: [limit], areas };
  return fields.length === decision.fields.length
    ? decision
    : { ...decision, fields, ruleIds: [...ruleIds, limit].toSorted() };
}
