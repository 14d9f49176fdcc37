import { parseIdnr } from '../identity/idnr.js';
import { type FieldViolation, invalid } from '../platform/fault.js';
import type { ReportDiscrepancyRequest__Output } from '../platform/rpc-types/einmal/register/v1/ReportDiscrepancyRequest.js';
import { UUID } from '../platform/uuid.js';
import { Faults } from './decode-stated.js';
import type { Discrepancy } from './discrepancy-store.js';

const RETRIEVAL_ID = /^[A-Za-z0-9_-]{16,64}$/;
const ATTRIBUTE = /^[a-z][a-z0-9_]{0,62}$/;
const EVIDENCE_ID = /^[\w:.-]{0,100}$/;
const MAX_REMARK = 1000;
/** Control characters but line feeds, and what turns the direction of a text. */
const FORBIDDEN = /[^\P{Cc}\n]|[\p{Bidi_Control}\u2028\u2029]/u;

export type ReportedDatum = Pick<
  Discrepancy,
  'reportId' | 'evidenceId' | 'attribute' | 'remark' | 'retrievalId' | 'idnr' | 'reporter'
>;

export type DecodedReport =
  | Readonly<{ ok: true; report: ReportedDatum }>
  | Readonly<{ ok: false; violations: readonly FieldViolation[]; retrievalId: string | null }>;

const REPORTERS: Readonly<Record<string, Discrepancy['reporter'] | undefined>> = {
  DISCREPANCY_REPORTER_SUBJECT: 'subject',
  DISCREPANCY_REPORTER_CONSUMER: 'consumer',
};

/** @throws Fault REQUEST_INVALID */
export function decodeReportId(given: string | undefined): string {
  const faults = new Faults();
  const id = faults.matching('report_id', given, UUID, 'must be a UUID');
  if (faults.violations.length > 0) throw invalid(faults.violations);
  return id;
}

export function decodeReport(
  wire: ReportDiscrepancyRequest__Output,
  options: Readonly<{ allowTestNumbers: boolean }>,
): DecodedReport {
  const faults = new Faults();
  const { remark = '', idnr = '', evidence_id: evidenceId = '' } = wire;
  const reporter = REPORTERS[wire.reporter ?? ''];
  faults.demand(reporter !== undefined, 'reporter', 'must be the subject or the consumer');
  faults.demand(isRemark(remark), 'remark', `is required, at most ${MAX_REMARK} characters of text`);
  const isNumber = parseIdnr(idnr, options).ok && !idnr.includes(' ');
  faults.demand(isNumber, 'idnr', 'must be an identification number of 11 digits');
  faults.demand(EVIDENCE_ID.test(evidenceId), 'evidence_id', 'must be an identifier of at most 100 characters');
  const report = {
    reportId: faults.matching('report_id', wire.report_id, UUID, 'must be a UUID'),
    retrievalId: faults.matching('retrieval_id', wire.retrieval_id, RETRIEVAL_ID, 'must be that of a retrieval'),
    attribute: faults.matching('attribute', wire.attribute, ATTRIBUTE, 'must be an attribute of the catalogue'),
    ...{ remark, idnr, evidenceId },
  };
  if (reporter === undefined || faults.violations.length > 0) return faults.unread(report.retrievalId);
  return { ok: true, report: { ...report, reporter } };
}

function isRemark(text: string): boolean {
  return text.trim() !== '' && text.length <= MAX_REMARK && text.isWellFormed() && !FORBIDDEN.test(text);
}
