import { ASSURANCES, type Assurance, type LegalBasis, type ParticipantKind } from '../catalogue/catalogue.js';
import type { CatalogueLookup } from '../catalogue/lookup.js';
import { textHash } from '../tokens/digest.js';
import type { Wanted } from './trigger.js';

type Asked = Readonly<{
  requester: string;
  purpose: Readonly<{ id: string; hash: string }>;
  evidenceType: string;
  subjectRole: string;
  legalBasis: LegalBasis;
  fields: readonly string[];
}>;

/** What the rules that permit it want of a decision. */
type Permitted = Readonly<{ attestedBy: readonly ParticipantKind[]; minAssurance: Assurance }>;

/** What a trigger must cover, by what is asked, by the rules that permit it, and by the services that the purpose is of. */
export function wantedOf(
  { catalogue }: CatalogueLookup,
  asked: Asked,
  permitted: Permitted,
): Omit<Wanted, 'attesterKind'> {
  const { requester, purpose, evidenceType, subjectRole, legalBasis, fields } = asked;
  const services = catalogue.services.filter((it) => it.consumer === requester && it.purpose === purpose.id);
  const levels = services.map(({ min_assurance }) => min_assurance);
  return {
    requester,
    evidenceType,
    subjectRole,
    purpose: purpose.id,
    purposeHash: purpose.hash,
    legalBasis,
    fields,
    attestedBy: permitted.attestedBy,
    // The stricter of what rule and services ask for.
    minAssurance: ASSURANCES.findLast((it) => it === permitted.minAssurance || levels.includes(it)) ?? 'high',
    // No act of the citizen, no text.
    textHashes:
      legalBasis.trigger === 'STATUTORY_TASK'
        ? []
        : textsOf(services.flatMap(({ needs }) => needs).filter((it) => isAbout(it, asked))),
  };
}

function isAbout(need: Readonly<{ evidence_type: string; subject_role: string }>, asked: Asked): boolean {
  return need.evidence_type === asked.evidenceType && need.subject_role === asked.subjectRole;
}

/** A decision for which the catalogue has no text cannot have been an informed one. */
function textsOf(needs: readonly Readonly<{ decision_text: Readonly<Record<string, string | undefined>> }>[]) {
  const hashes = needs.flatMap((it) => Object.values(it.decision_text)).flatMap((it) => (it ? textHash(it) : []));
  return hashes.length > 0 ? hashes : ['no text'];
}
