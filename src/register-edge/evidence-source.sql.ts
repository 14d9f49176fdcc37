import type { EvidenceType } from '../catalogue/catalogue.js';
import type { Clock } from '../platform/clock.js';
import { outage } from '../platform/fault.js';
import { type EvidenceRecord, EvidenceSource, type Found, type RecordOf } from './evidence-source.js';
import { foundIn } from './found-record.js';
import { germanDay } from './german-day.js';
import type { EvidenceTables } from './register-config.js';
import type { Row, SqlDatabase } from './sql-database.js';
import { type Statement, selectOf } from './sql-select.js';

/** Reads one view per evidence type: exactly one row, of a natural person by number and date of birth (EGovG § 5 Abs. 4). */
export class SqlEvidenceSource extends EvidenceSource {
  constructor(
    private readonly database: SqlDatabase,
    private readonly tables: EvidenceTables,
    private readonly types: readonly EvidenceType[],
    private readonly clock: Clock,
  ) {
    super();
  }

  override async find(
    evidenceType: string,
    subject: RecordOf,
    attributes: readonly string[],
  ): Promise<Found<EvidenceRecord>> {
    const { evidence = {}, persons } = this.tables;
    const view = Object.hasOwn(evidence, evidenceType) ? evidence[evidenceType] : undefined;
    if (view === undefined) throw new Error('an evidence type without view was permitted');
    const { dialect, reading } = this.database;
    const reads = { view, persons, today: germanDay(this.clock.now()) };
    const statement = selectOf(reads, subject, attributes, dialect);
    // The register does not know such keys, or cannot write them: it has no record under this one.
    if (statement === undefined || statement.values.some((it) => it.includes('\0'))) return { kind: 'none' };
    const known = this.types.find(({ id }) => id === evidenceType)?.attributes ?? [];
    return foundIn(await this.#query(statement), { subject, attributes, known, codeLists: view.code_lists }, reading);
  }

  async #query({ text, values }: Statement): Promise<readonly Row[]> {
    try {
      return await this.database.query(text, values);
    } catch (error) {
      throw outage('REGISTER_UNAVAILABLE', error);
    }
  }
}
