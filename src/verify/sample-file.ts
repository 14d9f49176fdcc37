import type { Receipt } from './answer.js';

export const SAMPLE_FORMAT = 'einmal-sample/2';

/** An entry in the tree of the file's checkpoint: bytes are base64. */
export type SampledEntry = Readonly<{
  log_index: number;
  /** Leaf sibling first (RFC 6962 § 2.1.1). */
  inclusion_proof: readonly string[];
  opening: Receipt['opening'];
}>;

/** An entry with its protected half open. */
type OpenedEntry = SampledEntry &
  Readonly<{ protected: Readonly<{ salt: string; part: Readonly<Record<string, unknown>> }> }>;

/** The same in the tree of a cosigned checkpoint of its own. */
export type WitnessedEntry = OpenedEntry & Readonly<{ checkpoint: string }>;

/** What was drawn, in its order. Without proof where the entry is erased. */
export type SampledItem = Readonly<{ log_index: number; counted: boolean }> &
  Partial<Pick<SampledEntry, 'inclusion_proof' | 'opening'>>;

/**
 * A random sample as it was drawn (IDNrG § 8), with everything that shows that nobody steered it, as far as a file can. Of what was
 * drawn no more than the half that its participant may see: it names nobody of whom data was retrieved. It does name the officer who
 * committed to it and drew, by pseudonym, session, role and level, as the protected halves of those entries do.
 */
export type SampleFile = Readonly<{
  format: typeof SAMPLE_FORMAT;
  /** The first cosigned checkpoint after the commitment, with its cosignatures. */
  checkpoint: string;
  /** base64, 32 bytes. */
  nonce: string;
  /** "sample.committed". */
  commitment: OpenedEntry;
  /** "sample.fixed": fixes the checkpoint with its cosignatures; as witnesses saw it before the draw. */
  fixing: WitnessedEntry;
  /** "sample.drawn": tells the nonce. */
  reveal: WitnessedEntry;
  items: readonly SampledItem[];
}>;
