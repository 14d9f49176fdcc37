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

/** Everything that a JSON Schema cannot say: what refers to what, what contradicts what. `nowMs`: see `checkAgreements`. */
export function checkCrossReferences(read: ReadSections, report: Report, nowMs?: number): void {
  checkUniqueIds(read, report);
  checkAreas(read, report);
  checkParticipants(read, report);
  checkAdministrators(read, report);
  checkEvidenceTypes(read, report);
  checkRegisters(read, report);
  checkPurposes(read, report);
  checkLegalBases(read, report);
  checkRules(read, report);
  checkContradictions(read, report);
  checkServices(read, report);
  checkBundles(read, report);
  checkNecessity(read, report);
  checkRecipients(read, report);
  checkAgreements(read, report, nowMs);
}
