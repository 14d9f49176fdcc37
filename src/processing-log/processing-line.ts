import { hash } from 'node:crypto';

/** One subject of one entry of the log: the clear half of the record, and the subject's key in the index of its epoch. */
export type ProcessingLine = Readonly<{
  index: number;
  recordId: string;
  event: string;
  /** Milliseconds since 1970. */
  atMs: number;
  retentionClass: string;
  /** `YYYY-MM`. */
  month: string;
  subjectKey: Buffer;
  consumer: string;
  exchangeRef?: string;
  register?: string;
  evidenceType?: string;
  purpose?: string;
  legalBasis?: string;
  outcome?: string;
  reason?: string;
}>;

/** Register of processing activities: URI to which the id of a purpose, or the name of an event without one, is appended. */
export type Activities = string;

/** What became of it through a fault of our own; a refusal is an ordinary end (LDV core, `status`). */
const FAULTS: readonly string[] = ['INTERNAL', 'AUDIT_LOG_UNAVAILABLE', 'STORE_UNAVAILABLE'];
const [STATUS_OK, STATUS_ERROR] = [1, 2];
const KIND_INTERNAL = 1;

/**
 * Lines as one OTLP message (`ExportTraceServiceRequest`, JSON) with the attributes of the Dutch LDV, core 1: the line is a
 * span, the data subject the pseudonym of the epoch, which nobody can undo once its keys are destroyed. Ids follow from the
 * entry: what is sent twice is the same line. The trace joins what belongs to one exchange at this operator, and no other.
 */
export function otlpOf(lines: readonly ProcessingLine[], node: string, activities: Activities) {
  const resource = { attributes: attributes({ 'service.name': 'einmal', 'service.instance.id': node }) };
  const spans = lines.map((line) => spanOf(line, activities));
  return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'einmal.processing-log' }, spans }] }] };
}

function spanOf(line: ProcessingLine, activities: Activities) {
  const atNano = `${line.atMs}000000`;
  const isFault = line.outcome === 'unknown' || FAULTS.includes(line.reason ?? '');
  return {
    traceId: id('trace', line.exchangeRef ?? line.recordId, 32),
    spanId: id('span', `${line.recordId} ${line.subjectKey.toString('hex')}`, 16),
    name: line.event,
    kind: KIND_INTERNAL,
    startTimeUnixNano: atNano,
    endTimeUnixNano: atNano,
    status: { code: isFault ? STATUS_ERROR : STATUS_OK },
    attributes: attributes({
      'dpl.core.processing_activity_id': `${activities}${encodeURIComponent(line.purpose ?? line.event)}`,
      'dpl.core.data_subject_id': line.subjectKey.toString('base64url'),
      'dpl.core.data_subject_id_type': `einmal-epoch-pseudonym:${line.retentionClass}:${line.month}`,
      'einmal.log_index': String(line.index),
      'einmal.consumer': line.consumer,
      'einmal.register': line.register,
      'einmal.evidence_type': line.evidenceType,
      'einmal.legal_basis': line.legalBasis,
      'einmal.outcome': line.outcome,
      'einmal.reason': line.reason,
    }),
  };
}

function attributes(values: Readonly<Record<string, string | undefined>>) {
  return Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value: { stringValue: value } }],
  );
}

function id(kind: 'trace' | 'span', of: string, digits: number): string {
  return hash('sha256', `einmal/processing-log/${kind}\n${of}`, 'hex').slice(0, digits);
}
