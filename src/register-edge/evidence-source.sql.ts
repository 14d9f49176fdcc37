import type { Clock } from '../platform/clock.js';
import { faultOfRecord, outage } from '../platform/fault.js';
import { germanDay } from '../platform/german-day.js';
import { attributesOf, mappingOf, type TypesInForce } from './evidence-mapping.js';
import {
  type EvidenceRecord,
  EvidenceSource,
  type Found,
  type Later,
  type RecordOf,
  type SourceCall,
} from './evidence-source.js';
import { foundIn } from './found-record.js';
import type { EvidenceTables } from './register-config.js';
import type { Row, SqlDatabase } from './sql-database.js';
import { type Statement, selectOf } from './sql-select.js';

/** Reads one view per evidence type: exactly one row, of a natural person by number and date of birth (EGovG § 5 Abs. 4). */
export class SqlEvidenceSource extends EvidenceSource {
  constructor(
    private readonly database: SqlDatabase,
    private readonly tables: EvidenceTables,
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
    const { evidence = {}, persons } = this.tables;
    const view = mappingOf(evidence, evidenceType);
    const { dialect, reading } = this.database;
    const nowMs = this.clock.now();
    const reads = { view, persons, today: germanDay(nowMs) };
    const statement = selectOf(reads, subject, attributes, dialect);
    // The register does not know such keys, or cannot write them: it has no record under this one.
    if (statement === undefined || statement.values.some((it) => it.includes('\0'))) return { kind: 'none' };
    const known = attributesOf(this.types(), evidenceType);
    const asked = { subject, attributes, known, codeLists: view.code_lists, nowMs };
    return foundIn(await this.#query(statement, signal), asked, reading);
  }

  async #query({ text, values }: Statement, signal: AbortSignal): Promise<readonly Row[]> {
    try {
      return await this.database.query(text, values, signal);
    } catch (error) {
      throw this.database.isOfRow(error) ? faultOfRecord(error) : outage('REGISTER_UNAVAILABLE', error);
    }
  }
}
