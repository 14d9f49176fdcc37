import { checkAdministrators } from './check-administrators.js';
import { checkParticipants } from './check-participants.js';
import { checkEvidenceTypes, checkRegisters } from './check-registers.js';
import { checkRules } from './check-rules.js';
import { checkServices } from './check-services.js';
import { checkUniqueIds } from './known.js';
import type { ReadSections, Report } from './sections.js';

/** Everything that a JSON Schema cannot say: what refers to what, what contradicts what. */
export function checkCrossReferences(read: ReadSections, report: Report): void {
  checkUniqueIds(read, report);
  checkParticipants(read, report);
  checkAdministrators(read, report);
  checkEvidenceTypes(read, report);
  checkRegisters(read, report);
  checkRules(read, report);
  checkServices(read, report);
}
