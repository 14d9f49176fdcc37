import type { Clock } from '../platform/clock.js';
import { germanDay } from '../platform/german-day.js';
import { sourceOutage } from './answer-fault.js';
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
import { foundIn, type Reading, SourceFault, type SourceRow } from './found-record.js';
import type { JsonEndpoint } from './json-endpoint.https.js';
import { documentOf, valueAt } from './json-pointer.js';
import { isValidOn } from './record-day.js';
import type { RestConfig, RestEvidence } from './register-config.js';
import { codeOf, lookupFinding, NOBODY } from './sample.js';

const READING: Reading = { free: [false], blocked: [true], jsonInText: false };

/** Asks an interface of the register by POST: the key of a person never stands in a URL, which every machine on the way writes down. */
export class RestEvidenceSource extends EvidenceSource {
  constructor(
    private readonly endpoint: JsonEndpoint,
    private readonly evidence: RestConfig['evidence'],
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
    const mapping = mappingOf(this.evidence, evidenceType);
    const pointers = attributes.map((id) => [id, columnOf(mapping, id)] as const);
    if ('company' in subject) return { kind: 'none' };
    const nowMs = this.clock.now();
    const today = germanDay(nowMs);
    const records = (await this.#ask(mapping, subject, pointers, signal)).filter((it) =>
      isValidOn(today, at(it, mapping.valid_from), at(it, mapping.valid_until)),
    );
    const rows = records.map(
      (it): SourceRow => ({
        as_of: valueAt(it, mapping.as_of),
        blocked: valueAt(it, mapping.person.blocked),
        available_at: at(it, mapping.available_at),
        ...Object.fromEntries(
          pointers.map(([id, pointer]) => {
            const absent = mapping.may_be_left_out?.includes(id) ? null : undefined;
            const value = valueAt(it, pointer);
            return [`a_${id}`, value === undefined ? absent : value];
          }),
        ),
      }),
    );
    const known = attributesOf(this.types(), evidenceType);
    return foundIn(rows, { subject, attributes, known, codeLists: mapping.code_lists, nowMs }, READING);
  }

  /** Whether each interface answers with a list: asked for nobody. */
  check(): Promise<readonly Finding[]> {
    return Promise.all(
      Object.values(this.evidence).map(async (mapping) => {
        const [rule, about] = ['answers with a list of records', `interface ${mapping.path}`];
        try {
          await this.#ask(mapping, NOBODY, []);
          return holds(rule, about);
        } catch (error) {
          const todo = 'compare url, path and "records" with the description of the interface; see that it is running';
          return fails(rule, about, `does not answer as it should (${codeOf(error)})`, todo);
        }
      }),
    );
  }

  /** No records without a person to ask about: how long it takes to find nobody. */
  sample(): Promise<readonly Finding[]> {
    return Promise.all(
      Object.entries(this.evidence).map(([id, mapping]) => lookupFinding(id, () => this.#ask(mapping, NOBODY, []))),
    );
  }

  async #ask(
    { path, request, records, person }: RestEvidence,
    { idnr, birthDate }: Extract<RecordOf, { idnr: string }>,
    attributes: readonly (readonly [id: string, pointer: string])[],
    signal?: AbortSignal,
  ): Promise<readonly unknown[]> {
    try {
      const answer = await this.endpoint.post(
        path,
        documentOf([
          [request.idnr, idnr],
          [request.birth_date, birthDate],
          ...(request.fields === undefined ? [] : [[request.fields, attributes.map(([, it]) => it)] as const]),
        ]),
        signal,
      );
      const list = valueAt(answer, records);
      if (!Array.isArray(list)) throw new SourceFault('records');
      const isAsked = (it: unknown) =>
        valueAt(it, person.idnr) === idnr && valueAt(it, person.birth_date) === birthDate;
      if (!list.every(isAsked)) throw new SourceFault('OTHER_PERSON');
      return list;
    } catch (error) {
      throw sourceOutage(error);
    }
  }
}

function at(record: unknown, pointer: string | undefined): unknown {
  return pointer === undefined ? null : (valueAt(record, pointer) ?? null);
}
