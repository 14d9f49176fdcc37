import type { LegalBasis, Participant } from '../../catalogue/catalogue.js';
import type { CatalogueLookup } from '../../catalogue/lookup.js';
import type { Allowed } from '../../permission/decide-transfer.js';
import { permissionMatrix } from '../../permission/permission-matrix.js';
import { RuleIndex } from '../../permission/rule-index.js';
import { StartFault } from '../../platform/run-process.js';

/** A transfer that the catalogue permits, to try a register with. */
export type TrialTransfer = Readonly<{
  consumer: string;
  register: string;
  evidenceType: string;
  purpose: string;
  legalBasis: LegalBasis;
  decision: Allowed;
  /** Who attests the decision of the person. */
  attester: Participant;
}>;

/** Of all that are permitted, the one with the most attributes. @throws StartFault */
export function trialTransfer(lookup: CatalogueLookup, register: string, wanted: string | undefined): TrialTransfer {
  const known = lookup.register(register)?.evidence_types ?? [];
  const evidenceType = wanted ?? known[0];
  if (evidenceType === undefined || !known.includes(evidenceType))
    throw new StartFault(`the catalogue has no such evidence of "${register}"; there is: ${known.join(', ')}`);
  if (lookup.evidenceType(evidenceType)?.subject === 'legal')
    throw new StartFault(`"${evidenceType}" is about legal persons; only evidence about natural persons can be tried`);
  const permitted = permissionMatrix(
    new RuleIndex(lookup),
    (it) => it.provider === register && it.evidence_type === evidenceType,
  );
  const possible = permitted.flatMap(({ consumer, purpose, legalBasis, decision }): TrialTransfer[] => {
    const attester = attesterOf(lookup, consumer, decision);
    return attester === undefined
      ? []
      : [{ ...{ consumer, register, evidenceType, purpose }, ...{ legalBasis, decision, attester } }];
  });
  const [most] = possible.toSorted((a, b) => b.decision.fields.length - a.decision.fields.length);
  if (most === undefined)
    throw new StartFault(`no rule of the catalogue permits a transfer of "${evidenceType}" from "${register}"`);
  return most;
}

/** The consumer itself where the rule accepts that, else somebody of an accepted kind who attests for others. */
function attesterOf(lookup: CatalogueLookup, consumer: string, { attestedBy }: Allowed): Participant | undefined {
  const own = lookup.participant(consumer);
  if (own !== undefined && attestedBy.includes(own.kind)) return own;
  return lookup.catalogue.participants.find(({ kind }) => kind === 'pages' && attestedBy.includes(kind));
}
