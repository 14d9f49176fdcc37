import { randomUUID } from 'node:crypto';
import type { Clock } from '../platform/clock.js';
import { germanDay } from '../platform/german-day.js';
import type { HttpsPeer } from '../platform/https-peer.js';
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
import { documentOf, valueAt } from './json-pointer.js';
import { isValidOn } from './record-day.js';
import { codeOf, lookupFinding, NOBODY } from './sample.js';
import { type KeyParts, keyPartsOf, NO_COMPANY } from './subject-parts.js';
import type { XRoadService, XRoadSource } from './xroad/config.js';
import { demandAnswerTo, type XRoadCall, xroadMessage } from './xroad/message.js';

const DEFAULT_TIMEOUT_MS = 5000;
const DEFAULT_MAX_ANSWER_BYTES = 262_144;
const READING = { free: [false], blocked: [true], jsonInText: false } as const;

type Asked = Readonly<{ parts: KeyParts; attributes: readonly string[] }>;

/** Asks a register behind X-Road through the security server of its own organisation: one service per evidence type. */
export class XRoadEvidenceSource extends EvidenceSource {
  constructor(
    private readonly securityServer: HttpsPeer,
    private readonly source: XRoadSource,
    private readonly services: Readonly<Record<string, XRoadService>>,
    private readonly types: TypesInForce,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async find(
    evidenceType: string,
    subject: RecordOf,
    attributes: readonly string[],
    { signal }: SourceCall,
  ): Promise<Found<EvidenceRecord> | Later> {
    const service = mappingOf(this.services, evidenceType);
    const pointers = attributes.map((id) => columnOf(service, id));
    const parts = keyPartsOf(subject);
    const body = bodyOf(service, parts, pointers);
    // The register does not know such keys: it has no record under this one.
    if (body === undefined) return { kind: 'none' };
    const known = attributesOf(this.types(), evidenceType);
    const rows = await this.#rows(service, body, { parts, attributes }, signal);
    const asked = { subject, attributes, known, codeLists: service.code_lists, nowMs: this.clock.now() };
    return foundIn(rows, asked, READING);
  }

  /** Those that are valid today. @throws Fault REGISTER_UNAVAILABLE */
  async #rows(service: XRoadService, body: string, asked: Asked, signal: AbortSignal): Promise<readonly SourceRow[]> {
    const today = germanDay(this.clock.now());
    try {
      return (await this.#records(service, body, signal))
        .map((it) => [it, rowOf(it, service, asked)] as const)
        .filter(([it]) => isValidOn(today, timeAt(it, service.valid_from), timeAt(it, service.valid_until)))
        .map(([, row]) => row);
    } catch (error) {
      throw sourceOutage(error);
    }
  }

  /** Whether each service answers with a list: asked for nobody. */
  check(): Promise<readonly Finding[]> {
    return Promise.all(
      Object.values(this.services).map(async (it) => {
        const [rule, about] = ['answers with a list of records', `service ${it.service}`];
        try {
          await this.#lookForNobody(it);
          return holds(rule, about);
        } catch (error) {
          const todo =
            'compare client, service, path and "records" with security server and description of the service';
          return fails(rule, about, `does not answer as it should (${codeOf(error)})`, todo);
        }
      }),
    );
  }

  /** No records without a person to ask about: how long it takes to find nobody. */
  sample(): Promise<readonly Finding[]> {
    return Promise.all(
      Object.entries(this.services).map(([id, it]) => lookupFinding(id, () => this.#lookForNobody(it))),
    );
  }

  async #lookForNobody(service: XRoadService): Promise<void> {
    const body = bodyOf(service, keyPartsOf(service.company === undefined ? NOBODY : NO_COMPANY), []);
    if (body !== undefined) await this.#records(service, body);
  }

  async #records(
    { service, path = '', records }: XRoadService,
    body: string,
    signal?: AbortSignal,
  ): Promise<readonly unknown[]> {
    const { client, user_id, request_hash = 'recomputed', timeout_ms, max_answer_bytes } = this.source;
    const call: XRoadCall = { client, service, path, userId: user_id, id: randomUUID(), body };
    const message = xroadMessage(call);
    const answer = await this.securityServer.send({
      ...message,
      timeoutMs: timeout_ms ?? DEFAULT_TIMEOUT_MS,
      maxAnswerBytes: max_answer_bytes ?? DEFAULT_MAX_ANSWER_BYTES,
      ...(signal !== undefined && { signal }),
    });
    // PR-REST § 4.6: with this header the error is one of X-Road, whatever the status.
    demandOfAnswer(answer.headers['x-road-error'] === undefined, 'ANSWER_ERROR');
    demandMediaType(answer, 'application/json');
    demandAnswerTo(call, message, answer.headers, request_hash);
    const found = valueAt(readJson(answer.body), records);
    demandOfAnswer(Array.isArray(found), 'ANSWER_SHAPE');
    return found;
  }
}

/** Undefined where the service takes no such key. */
function bodyOf({ request }: XRoadService, parts: KeyParts, pointers: readonly string[]): string | undefined {
  const values: (readonly [string, unknown])[] = [];
  for (const [name, value] of parts) {
    const pointer = request[name];
    if (pointer === undefined) return undefined;
    values.push([pointer, value]);
  }
  if (request.fields !== undefined) values.push([request.fields, pointers]);
  return JSON.stringify(documentOf(values));
}

function rowOf(record: unknown, service: XRoadService, { parts, attributes }: Asked): SourceRow {
  const { person, company } = service;
  const places: Readonly<Record<string, string | undefined>> = { ...(person ?? company) };
  const at = (name: string) => (places[name] === undefined ? undefined : valueAt(record, places[name]));
  // An answer about somebody else is no answer, and whose it was is nobody's business here.
  for (const [name, value] of parts) demandOfAnswer(at(name) === value, 'ANSWER_ABOUT_OTHER_PERSON');
  return {
    ...rowAt(record, service.attributes, attributes),
    as_of: valueAt(record, service.as_of),
    blocked: at('blocked'),
    representatives: at('representatives'),
    available_at: timeAt(record, service.available_at),
  };
}

/** Null where the configuration knows no such time. @throws AnswerFault */
function timeAt(record: unknown, pointer: string | undefined): unknown {
  const time = pointer === undefined ? null : valueAt(record, pointer);
  demandOfAnswer(time !== undefined, 'ANSWER_SHAPE');
  return time;
}
