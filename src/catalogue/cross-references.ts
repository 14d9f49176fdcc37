import type { Steps } from '../platform/slices.js';
import { checkAdministrators } from './check-administrators.js';
import { checkAgreements } from './check-agreements.js';
import { checkAreas } from './check-areas.js';
import { checkContradictions } from './check-contradictions.js';
import { checkParticipants } from './check-participants.js';
import { checkLegalBases, checkNecessity, checkPurposes } from './check-purposes.js';
import { checkRecipients } from './check-recipients.js';
import { checkEvidenceTypes, checkRegisters } from './check-registers.js';
import { checkRules } from './check-rules.js';
import { checkBundles, checkServices } from './check-services.js';
import { checkUniqueIds } from './known.js';
import type { ReadSections, Report } from './sections.js';

const CHECKS = [
  checkUniqueIds,
  checkAreas,
  checkParticipants,
  checkAdministrators,
  checkEvidenceTypes,
  checkRegisters,
  checkPurposes,
  checkLegalBases,
  checkRules,
  checkContradictions,
  checkServices,
  checkBundles,
  checkNecessity,
  checkRecipients,
  checkAgreements,
] as const;

/** Everything that a JSON Schema cannot say: what refers to what, what contradicts what. `nowMs`: see `checkAgreements`. */
export function* checkCrossReferences(read: ReadSections, report: Report, nowMs?: number): Steps<void> {
  for (const check of CHECKS) {
    const steps = check(read, report, nowMs);
    if (steps !== undefined) yield* steps;
    yield;
  }
}
