import { decideAgreed } from './decide-agreed.js';
import { type Explanation, explainTransfer } from './explain-transfer.js';
import type { RuleIndex } from './rule-index.js';
import type { TransferQuestion } from './transfer-question.js';

type Whose = NonNullable<Parameters<typeof explainTransfer>[3]>;

/** Why a transfer is permitted or refused, agreement included: what rules permit and nobody has agreed on is refused. */
export function explainAgreed(
  rules: RuleIndex,
  question: TransferQuestion,
  asked: readonly string[] | undefined,
  { whose = 'all', nowMs }: Readonly<{ whose?: Whose; nowMs: number }>,
): Explanation {
  const explained = explainTransfer(rules, question, asked, whose);
  if (explained.decision.kind === 'refused') return explained;
  const decision = decideAgreed(rules, question, explained.asked, nowMs);
  const passing = decision.kind === 'allowed' ? decision.fields : [];
  const lost = explained.decision.fields.filter((it) => !passing.includes(it));
  if (lost.length === 0) return explained;
  const deniedBy = decision.ruleIds.filter((id) => id.startsWith('agreement:'));
  return {
    ...explained,
    decision,
    refused: [...explained.refused, ...lost.map((attribute) => ({ attribute, deniedBy }))],
    missing: [
      ...explained.missing,
      {
        code: 'NO_AGREEMENT',
        values: { consumer: question.consumer, provider: question.provider, attributes: lost.join(', ') },
      },
    ],
    // No change of a rule makes up for an agreement, and while there is none, none is needed to refuse.
    changes: [],
  };
}
