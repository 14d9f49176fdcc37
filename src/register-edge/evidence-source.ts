import type { AttributeValue } from '../tokens/evidence-credential.js';

/** Found or not; why not is for the own log alone. */
export type Found<T> = Readonly<{ kind: 'one'; record: T }> | Readonly<{ kind: 'none' | 'several' | 'blocked' }>;

export type EvidenceRecord = Readonly<{
  /** ISO 8601, UTC. */
  asOf: string;
  /** Exactly the attributes asked for; null where the register has no value. */
  attributes: Readonly<Record<string, AttributeValue>>;
}>;

/** The register's own data. */
export abstract class EvidenceSource {
  /**
   * The one record of this person. Reads no column but those of these attributes.
   * @throws Fault REGISTER_UNAVAILABLE
   */
  abstract find(
    evidenceType: string,
    person: Readonly<{ idnr: string; birthDate: string }>,
    attributes: readonly string[],
  ): Promise<Found<EvidenceRecord>>;
}
