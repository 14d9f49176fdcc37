import { randomUUID } from 'node:crypto';
import type { Clock } from '../platform/clock.js';
import { faultOfRecord } from '../platform/fault.js';
import type { HttpsPeer } from '../platform/https-peer.js';
import { XmlFault } from '../platform/xml.js';
import { demandOfAnswer, sourceOutage } from './answer-fault.js';
import { attributesOf, columnOf, mappingOf, type TypesInForce } from './evidence-mapping.js';
import {
  type EvidenceRecord,
  EvidenceSource,
  type Found,
  type Later,
  type RecordOf,
  type SourceCall,
} from './evidence-source.js';
import { type Finding, fails, holds } from './finding.js';
import { foundIn, type SourceRow } from './found-record.js';
import { demandMediaType } from './https-answer.js';
import { readJson, rowAt } from './json-answer.js';
import { valueAt } from './json-pointer.js';
import { codeOf } from './sample.js';
import type { XNachweisEvidence, XNachweisSource } from './xnachweis/config.js';
import { type EvidenceRequest, JSON_FORMAT, printRequest } from './xnachweis/request.js';
import { type EvidenceResponse, type RegistryObject, readResponse } from './xnachweis/response.js';

const DEFAULT_TIMEOUT_MS = 5000;
const DEFAULT_MAX_ANSWER_BYTES = 1_000_000;
const MEDIA_TYPE = 'application/xml';
const WHOLE_DATE = /^\d{4}-\d{2}-\d{2}$/;
const NUMBER = /^\d{11}$/;
const READING = { free: [false], blocked: [true], jsonInText: false } as const;
/** XNachweis has no block: a data service answers with an error, or as if there were nothing. */
const NOT_BLOCKED = { blocked: false } as const;

type Rows = Readonly<{ rows: readonly SourceRow[] }>;
type Ending = Readonly<{ kind: 'none' | 'several' | 'blocked' }>;
type Options = Readonly<{ types: TypesInForce; clock: Clock; isTest: boolean }>;

/** Asks a data service that speaks XNachweis 1.2.0, as a national data consumer does (use case 1). */
export class XNachweisEvidenceSource extends EvidenceSource {
  constructor(
    private readonly dataService: HttpsPeer,
    private readonly source: XNachweisSource,
    private readonly evidence: Readonly<Record<string, XNachweisEvidence>>,
    private readonly options: Options,
  ) {
    super();
  }

  override async find(
    evidenceType: string,
    subject: RecordOf,
    attributes: readonly string[],
    { permission, signal }: SourceCall,
  ): Promise<Found<EvidenceRecord> | Later> {
    const evidence = mappingOf(this.evidence, evidenceType);
    for (const id of attributes) columnOf(evidence, id);
    // Such keys cannot be written down in this version: the register has no record under this one.
    if ('company' in subject || !WHOLE_DATE.test(subject.birthDate) || !NUMBER.test(subject.idnr))
      return { kind: 'none' };
    const { types, clock, isTest } = this.options;
    const request: EvidenceRequest = {
      ...{ id: randomUUID(), messageId: randomUUID(), atMs: clock.now(), issuedToken: permission, isTest, evidence },
      ...{ idnr: subject.idnr, birthDate: subject.birthDate },
      transformation: smallestSubset(evidence, attributes),
    };
    const answer = await this.#answer(request, attributes, signal);
    if ('kind' in answer) return answer;
    const known = attributesOf(types(), evidenceType);
    const asked = { subject, attributes, known, codeLists: evidence.code_lists, nowMs: clock.now() };
    return foundIn(answer.rows, asked, READING);
  }

  /** Whether the data service is there, with its certificate: without a permission it is asked nothing. */
  async check(): Promise<readonly Finding[]> {
    const { path, timeout_ms: timeoutMs = DEFAULT_TIMEOUT_MS, max_answer_bytes } = this.source;
    const [rule, about] = ['is there, with a certificate that is named', 'data service'];
    try {
      const maxAnswerBytes = max_answer_bytes ?? DEFAULT_MAX_ANSWER_BYTES;
      await this.dataService.send({ path, headers: {}, timeoutMs, maxAnswerBytes });
      return [holds(rule, about)];
    } catch (error) {
      const todo = 'compare url and server_certificates with the data service; see that it is running';
      return [fails(rule, about, `does not answer (${codeOf(error)})`, todo)];
    }
  }

  /** @throws Fault REGISTER_UNAVAILABLE */
  async #answer(
    request: EvidenceRequest,
    asked: readonly string[],
    signal: AbortSignal,
  ): Promise<Rows | Ending | Later> {
    try {
      const response = await this.#ask(request, signal);
      if (response.kind === 'later') return this.#later(response.availableAt);
      if (response.kind === 'error') return { kind: this.#endingOf(response.codes) };
      return { rows: response.objects.map((it) => rowOf(it, request, asked)) };
    } catch (error) {
      throw error instanceof XmlFault ? faultOfRecord(error) : sourceOutage(error);
    }
  }

  async #ask(request: EvidenceRequest, signal: AbortSignal): Promise<EvidenceResponse> {
    const { path, timeout_ms, max_answer_bytes: maxBytes = DEFAULT_MAX_ANSWER_BYTES } = this.source;
    const answer = await this.dataService.send({
      path,
      headers: { 'Content-Type': `${MEDIA_TYPE}; charset=utf-8`, Accept: MEDIA_TYPE },
      body: printRequest(request, this.source),
      timeoutMs: timeout_ms ?? DEFAULT_TIMEOUT_MS,
      maxAnswerBytes: maxBytes,
      signal,
    });
    demandMediaType(answer, MEDIA_TYPE);
    const { requester, provider, unverified } = this.source;
    const authorityNamespace = unverified.authority_namespace;
    return readResponse(answer.body, { requestId: request.id, requester, provider, authorityNamespace, maxBytes });
  }

  #later(availableAt: number): Later {
    demandOfAnswer(availableAt > this.options.clock.now(), 'ANSWER_TIME');
    return { kind: 'later', availableAt };
  }

  /** All codes must say the same of the person; one that says something else is no answer about them. */
  #endingOf(codes: readonly string[]): Ending['kind'] {
    const { error_codes } = this.source.unverified;
    const ending = (['none', 'several', 'blocked'] as const).find((it) =>
      codes.every((code) => error_codes[it]?.includes(code)),
    );
    demandOfAnswer(ending !== undefined, 'ANSWER_ERROR');
    return ending;
  }
}

/** The least that the data service may send; undefined where it knows no subset that is enough. */
export function smallestSubset({ subsets = [] }: XNachweisEvidence, asked: readonly string[]): string | undefined {
  return subsets
    .filter(({ attributes }) => asked.every((it) => attributes.includes(it)))
    .toSorted((a, b) => a.attributes.length - b.attributes.length)[0]?.transformation;
}

function rowOf(object: RegistryObject, request: EvidenceRequest, asked: readonly string[]): SourceRow {
  const { evidence, idnr, birthDate } = request;
  demandOfAnswer(object.idnr === idnr && object.birthDate === birthDate, 'ANSWER_ABOUT_OTHER_PERSON');
  demandOfAnswer(
    object.classification === evidence.classification && object.format === JSON_FORMAT,
    'ANSWER_OF_OTHER_TYPE',
  );
  const item = readJson(object.item);
  const { attributes, as_of } = evidence;
  const asOf = as_of === undefined ? `${object.issuingDate}T00:00:00Z` : valueAt(item, as_of);
  return { ...rowAt(item, attributes, asked), as_of: asOf, ...NOT_BLOCKED };
}
