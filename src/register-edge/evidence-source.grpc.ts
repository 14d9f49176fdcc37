import { normaliseName } from '../identity/name.js';
import type { Waiting } from '../platform/call.js';
import { type Clock, fromTimestamp, type WireTimestamp } from '../platform/clock.js';
import { germanDay } from '../platform/german-day.js';
import type { Record__Output } from '../platform/rpc-types/einmal/source/v1/Record.js';
import type { RecordKey, RecordKey__Output } from '../platform/rpc-types/einmal/source/v1/RecordKey.js';
import { AnswerFault, demandOfAnswer, EndpointFault, sourceOutage } from './answer-fault.js';
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
import { foundIn, type Reading, type SourceRow } from './found-record.js';
import { isValidOn } from './record-day.js';
import type { RecordEndpoint } from './record-endpoint.grpc.js';
import type { GrpcConfig } from './register-config.js';
import { codeOf, lookupFinding, NOBODY } from './sample.js';
import { type KeyParts, keyPartsOf, NO_COMPANY } from './subject-parts.js';

const READING: Reading = { free: [false], blocked: [true], jsonInText: true };

/** Asks a system of the register that serves `einmal.source.v1.RecordService`. */
export class GrpcEvidenceSource extends EvidenceSource {
  constructor(
    private readonly endpoint: RecordEndpoint,
    private readonly evidence: GrpcConfig['evidence'],
    private readonly types: TypesInForce,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async find(
    evidenceType: string,
    subject: RecordOf,
    attributes: readonly string[],
    call: SourceCall,
  ): Promise<Found<EvidenceRecord> | Later> {
    const mapping = mappingOf(this.evidence, evidenceType);
    const columns = attributes.map((id) => [id, columnOf(mapping, id)] as const);
    // Such a key cannot be written in UTF-8: the register has no record under it.
    if (!keyPartsOf(subject).every(([, it]) => it.isWellFormed())) return { kind: 'none' };
    const nowMs = this.clock.now();
    const today = germanDay(nowMs);
    const known = attributesOf(this.types(), evidenceType);
    try {
      const asked = columns.map(([, column]) => column);
      const rows = (await this.#ask(evidenceType, subject, asked, call))
        .filter((it) => isValidOn(today, it.valid_from || null, it.valid_until || null))
        .map((it) => rowOf(it, columns));
      return foundIn(rows, { subject, attributes, known, codeLists: mapping.code_lists, nowMs }, READING);
    } catch (error) {
      if (error instanceof AnswerFault || error instanceof EndpointFault) throw sourceOutage(error);
      throw error;
    }
  }

  /** Whether the system has every column that the file names, and finds nobody where nobody is. */
  check(): Promise<readonly Finding[]> {
    return Promise.all(
      Object.entries(this.evidence).map(async ([id, { attributes }]) => {
        const [rule, about] = ['has its columns, and finds nobody where nobody is', `evidence type ${id}`];
        const todo = 'compare url, server_certificates and columns with the system; see that it is running';
        try {
          const fault = await this.#departure(id, Object.values(attributes));
          return fault === undefined ? holds(rule, about) : fails(rule, about, fault, todo);
        } catch (error) {
          return fails(rule, about, `does not answer as it should (${codeOf(error)})`, todo);
        }
      }),
    );
  }

  /** No records without a person to ask about: how long it takes to find nobody. */
  sample(): Promise<readonly Finding[]> {
    return Promise.all(
      Object.keys(this.evidence).map((id) => lookupFinding(id, () => this.#ask(id, this.#nobodyOf(id), []))),
    );
  }

  /** What the system does not have. @throws EndpointFault, AnswerFault */
  async #departure(id: string, columns: readonly string[]): Promise<string | undefined> {
    if (await this.#has(id, columns)) return undefined;
    if (!(await this.#has(id, []))) return 'is not known to the system';
    const isThere = await Promise.all(columns.map((it) => this.#has(id, [it])));
    return `lacks a configured column: ${columns.filter((_, at) => isThere[at] === false).join(', ')}`;
  }

  async #has(id: string, columns: readonly string[]): Promise<boolean> {
    try {
      const records = await this.#ask(id, this.#nobodyOf(id), columns);
      // Whoever repeats the key with whatever record it has would do so for anybody.
      demandOfAnswer(records.length === 0, 'ANSWER_ABOUT_OTHER_PERSON');
      return true;
    } catch (error) {
      if (error instanceof EndpointFault && error.code === 'GRPC_INVALID_ARGUMENT') return false;
      throw error;
    }
  }

  #nobodyOf(evidenceType: string): RecordOf {
    return this.types().find(({ id }) => id === evidenceType)?.subject === 'legal' ? NO_COMPANY : NOBODY;
  }

  /** @throws EndpointFault, AnswerFault */
  async #ask(
    evidence_type: string,
    subject: RecordOf,
    columns: readonly string[],
    call?: Waiting,
  ): Promise<readonly Record__Output[]> {
    const request = { evidence_type, key: keyOf(subject), columns: [...new Set(columns)] };
    const records = await this.endpoint.find(request, call);
    const parts = keyPartsOf(subject);
    // An answer about somebody else is no answer, and whose it was is nobody's business here.
    for (const { key } of records) demandOfAnswer(isKeyOf(parts, key), 'ANSWER_ABOUT_OTHER_PERSON');
    return records;
  }
}

function keyOf(subject: RecordOf): RecordKey {
  if (!('company' in subject)) return { person: { idnr: subject.idnr, birth_date: subject.birthDate } };
  const { set: _, ...named } = subject.company;
  return 'kind' in named ? { register_entry: named } : named;
}

function isKeyOf(parts: KeyParts, key: RecordKey__Output | undefined): boolean {
  const { person, register_entry, business_number } = key ?? {};
  const stated = { ...person, ...register_entry, business_number };
  return parts.every(([name, value]) => stated[name] === value);
}

function rowOf(
  { as_of_time, blocked, available_time, values = [], representatives = [] }: Record__Output,
  columns: readonly (readonly [id: string, column: string])[],
): SourceRow {
  const texts = new Map(values.map(({ column = '', text = null }) => [column, text]));
  demandOfAnswer(texts.size === values.length, 'ANSWER_SHAPE');
  return {
    as_of: timeOf(as_of_time),
    blocked,
    available_at: timeOf(available_time),
    representatives: representatives.map(({ family_name = '', birth_date }) => ({
      family_name_key: normaliseName(family_name),
      birth_date,
    })),
    ...Object.fromEntries(columns.map(([id, column]) => [`a_${id}`, texts.get(column)])),
  };
}

/** Null where there is none. */
function timeOf(timestamp: WireTimestamp | undefined): Date | null {
  const ms = fromTimestamp(timestamp);
  return ms === undefined ? null : new Date(ms);
}
