import type { RetrieveEvidenceRequest__Output } from '../platform/rpc-types/einmal/register/v1/RetrieveEvidenceRequest.js';
import {
  type CompanyRetrieval,
  type PersonRetrieval,
  type RetrievalRequest,
  requestDigest,
} from '../tokens/register-request.js';
import type { SubjectOpening } from '../tokens/subject-commitment.js';
import type { AskedRetrieval, Decoded } from './asked.js';
import { decodeCompany } from './decode-company.js';
import { decodePerson } from './decode-person.js';
import { decodeStated, decodeTokens, Faults } from './decode-stated.js';

const ATTRIBUTE = /^[a-z][a-z0-9_]{0,62}$/;
const MAX_FIELDS = 128;

export function decodeRetrieval(
  wire: RetrieveEvidenceRequest__Output,
  options: Readonly<{ allowTestNumbers: boolean }>,
): Decoded<AskedRetrieval> {
  const faults = new Faults();
  const stated = decodeStated(wire, faults);
  const evidenceType = faults.identifier('evidence_type', wire.evidence_type);
  const fields = decodeFields(wire.fields ?? [], faults);
  const about = decodeSubject(wire, faults, options);
  const tokens = decodeTokens(wire, faults);
  if (faults.violations.length > 0) return faults.unread(stated.retrieval_id);
  const request: RetrievalRequest = { ...stated, evidence_type: evidenceType, fields, ...about };
  return {
    ok: true,
    asked: {
      request,
      evidenceType,
      fields,
      opening: openingOf(request),
      digest: requestDigest(request),
      ...tokens,
    },
  };
}

function openingOf(request: RetrievalRequest): SubjectOpening {
  const { subject_role: role } = request;
  if ('person' in request) return { ...request.person.commitment, role, birth_date: request.person.birth_date };
  const { key, representative, commitment_salt: salt } = request.company;
  return { role, salt, company: key, representative };
}

/** A natural or a legal person, and never both: what is said of one is not said of the other. */
function decodeSubject(
  { person, company }: RetrieveEvidenceRequest__Output,
  faults: Faults,
  options: Readonly<{ allowTestNumbers: boolean }>,
): Pick<PersonRetrieval, 'person'> | Pick<CompanyRetrieval, 'company'> {
  if (!company) return { person: decodePerson(person, faults, options) };
  faults.demand(!person, 'person', 'must be absent beside a company');
  return { company: decodeCompany(company, faults) };
}

function decodeFields(fields: readonly string[], faults: Faults): readonly string[] {
  const named = fields.length > 0 && fields.length <= MAX_FIELDS && fields.every((it) => ATTRIBUTE.test(it));
  // One order: two requests for the same must not have two digests.
  const ordered = fields.every((it, index) => index === 0 || it > (fields[index - 1] ?? ''));
  faults.demand(named && ordered, 'fields', `must name 1 to ${MAX_FIELDS} attributes, sorted, none twice`);
  return fields;
}
