import type { Catalogue, Text } from '../catalogue/catalogue.js';
import type { Trigger } from '../consent/trigger.js';
import { textHash } from '../tokens/digest.js';
import type { Scenario } from './scenario.js';

/** The moment of every scenario. */
export const SCENARIO_MS = Date.UTC(2026, 10, 23, 12);
const SCENARIO_S = SCENARIO_MS / 1000;
const LIFETIME_S = 600;

/** The decision of the person as the scenario has it; undefined where nobody decided anything. */
export function triggerOf(scenario: Scenario, inForce: Catalogue): Trigger | undefined {
  const { transfer, ask, decision } = scenario;
  if (decision.nothing) return undefined;
  const asked = { ...transfer, ...ask };
  const purpose = decision.purpose ?? asked.purpose;
  const hash = inForce.purposes.find(({ id }) => id === purpose)?.hash ?? '';
  const isTask = (decision.kind ?? transfer.kind) === 'STATUTORY_TASK';
  return {
    id: 'scenario',
    attestation: '',
    commitmentSalt: '',
    state: decision.is === 'used' || decision.is === 'withdrawn' ? decision.is : 'granted',
    decision: {
      kind: decision.kind ?? transfer.kind,
      legal_basis: asked.basis,
      requester: decision.for ?? asked.consumer,
      evidence_type: decision.evidence ?? asked.evidence,
      fields: [...(decision.fields ?? asked.fields)].sort(),
      purpose,
      purpose_hash: decision.purpose_version === 'old' ? `before ${hash}` : hash,
      decider: 'somebody',
      acting: isTask ? 'AUTHORITY' : 'SELF',
      decider_role: asked.about,
      subject: { role: decision.about ?? asked.about, commitment: '' },
      assurance: decision.assurance ?? transfer.assurance,
      text_hash: textShown(scenario, inForce),
      preview: 'WAIVED',
      decided_at: SCENARIO_S,
      jti: 'scenario',
      attester: decision.attested_by ?? asked.consumer,
      iat: SCENARIO_S,
      exp: decision.is === 'expired' ? SCENARIO_S : SCENARIO_S + LIFETIME_S,
    },
  };
}

function textShown({ transfer, ask, decision }: Scenario, { services }: Catalogue): string {
  const language = decision.text ?? 'de';
  if (language === 'other') return textHash('a text that nobody wrote into the catalogue');
  const { consumer, purpose, evidence, about } = { ...transfer, ...ask };
  const texts = services
    .filter((it) => it.consumer === consumer && it.purpose === purpose)
    .flatMap(({ needs }) => needs)
    .filter((it) => it.evidence_type === evidence && it.subject_role === about)
    .map(({ decision_text }): Text => decision_text);
  return textHash(texts[0]?.[language] ?? '');
}
