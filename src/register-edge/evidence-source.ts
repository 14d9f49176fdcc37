import type { Waiting } from '../platform/call.js';
import type { CompanyKey, CompanyRepresentative } from '../tokens/company-key.js';
import type { AttributeValue } from '../tokens/evidence-credential.js';

/** Found or not; why not is for the own log alone. */
export type Found<T> =
  | Readonly<{ kind: 'one'; record: T }>
  | Readonly<{ kind: 'none' | 'several' | 'blocked' | 'not-represented' }>;

/** Whose record it is; of a company also who decided for it, which the register holds against those who represent it. */
export type RecordOf =
  | Readonly<{ idnr: string; birthDate: string }>
  | Readonly<{ company: CompanyKey; representative: CompanyRepresentative | null }>;

export type EvidenceRecord = Readonly<{
  /** ISO 8601, UTC. */
  asOf: string;
  /** Exactly the attributes asked for; null where the register has no value. */
  attributes: Readonly<Record<string, AttributeValue>>;
}>;

/** There is a record, and its evidence can be had from a moment on. Milliseconds since the epoch. */
export type Later = Readonly<{ kind: 'later'; availableAt: number }>;

/** For whom a source reads, and for how long. */
export type SourceCall = Readonly<{
  /** The token that was verified for this request, for a source that passes it on. */
  permission: string;
}> &
  Waiting;

/** The register's own data. */
export abstract class EvidenceSource {
  /**
   * The one record of this person or company. Reads no column but those of these attributes, and nothing any more as soon as
   * nobody waits.
   * @throws Fault REGISTER_UNAVAILABLE; as `faultOfRecord` where the register answers, and not with what this one needs
   */
  abstract find(
    evidenceType: string,
    subject: RecordOf,
    attributes: readonly string[],
    call: SourceCall,
  ): Promise<Found<EvidenceRecord> | Later>;
}
