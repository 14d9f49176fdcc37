import { ENGLISH, inWords } from '../platform/explained.js';
import { wireReason } from '../platform/reasons.js';
import type { Explanation as WireExplanation } from '../platform/rpc-types/einmal/broker/v1/Explanation.js';
import type { Explanation } from './explain-transfer.js';
import { obligationsToWire } from './obligations.wire.js';
import { explainedEdit, rulesOf, sentenceOf } from './policy-change.js';

export function explanationToWire(explained: Explanation, catalogueVersion: string): WireExplanation {
  const { decision, asked, refused, matched, missing, changes } = explained;
  return {
    permitted: decision.kind === 'allowed',
    ...(decision.kind === 'allowed'
      ? { fields: [...decision.fields], obligations: obligationsToWire(decision.obligations) }
      : { reason: wireReason(decision.reason) }),
    asked_fields: [...asked],
    refused_fields: refused.map(({ attribute, deniedBy }) => ({ attribute, denied_by: [...deniedBy] })),
    matched: matched.map(({ rule, rank, part }) => ({
      rule_id: rule.id,
      deny: rule.effect === 'deny',
      rank,
      part,
      fields: [...rule.fields],
      source: rule.source,
    })),
    missing: missing.map((it) => inWords(ENGLISH, it)),
    missing_said: [...missing],
    changes: changes.map(({ who, edits }) => ({
      who,
      edits: edits.map(sentenceOf),
      edits_said: edits.map(explainedEdit),
      rule_ids: [...new Set(edits.flatMap(rulesOf))],
    })),
    catalogue_version: catalogueVersion,
  };
}
