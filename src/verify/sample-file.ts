import type { Receipt } from './answer.js';

export const SAMPLE_FORMAT = 'einmal-sample/1';

/** An entry in the tree of the file's checkpoint: bytes are base64. */
export type SampledEntry = Readonly<{
  log_index: number;
  /** Leaf sibling first (RFC 6962 § 2.1.1). */
  inclusion_proof: readonly string[];
  opening: Receipt['opening'];
}>;

/** What was drawn, in its order. Without proof where the entry is erased. */
export type SampledItem = Readonly<{ log_index: number; counted: boolean }> &
  Partial<Pick<SampledEntry, 'inclusion_proof' | 'opening'>>;

/**
 * A random sample as it was drawn (IDNrG § 8), with everything that shows that nobody steered it, as far as a file can. Of the
 * entries no more than the half that their participant may see: it names nobody of whom data was retrieved. It does name the officer
 * who committed to it, by pseudonym, session, role and level, as the protected half of the commitment does.
 */
export type SampleFile = Readonly<{
  format: typeof SAMPLE_FORMAT;
  /** The first cosigned checkpoint after the commitment, with its cosignatures. */
  checkpoint: string;
  /** base64, 32 bytes. */
  nonce: string;
  /** "sample.committed", with its protected half open. */
  commitment: SampledEntry &
    Readonly<{ protected: Readonly<{ salt: string; part: Readonly<Record<string, unknown>> }> }>;
  items: readonly SampledItem[];
}>;
