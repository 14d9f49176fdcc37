import type { NoteVerifier } from '#libs/tlog/signed-note.js';
import type { AddCheckpoint } from '#libs/tlog/witness-request.js';
import type { ForkEvidence } from '../tokens/fork-evidence.js';

/**
 * What a witness answers to a checkpoint (C2SP tlog-witness, add-checkpoint).
 *
 * - `cosigned`: signature lines, by whomever.
 * - `elsewhere`: it last cosigned a checkpoint of this size, or one of this very size with another root.
 * - `contradicted`: the proof does not lead from what it saw to this checkpoint.
 * - `distrusted`: it does not take the key of the log, or not any more.
 * - `unusable`: anything else.
 */
export type WitnessAnswer =
  | Readonly<{ kind: 'cosigned'; lines: string }>
  | Readonly<{ kind: 'elsewhere'; size: number }>
  | Readonly<{ kind: 'contradicted' | 'distrusted' | 'unusable' }>;

/** The witness did not answer, or cannot answer now. Says nothing about the log. */
export class WitnessUnreachable extends Error {
  override readonly name = 'WitnessUnreachable';
}

/**
 * One witness, as the catalogue names it. Believes nothing that it says: whoever calls verifies.
 *
 * - `add` submits a checkpoint.
 * - `latest` gives the note that it last cosigned of this log, `undefined` where it remembers none.
 * - `fork` gives evidence that the log signed two histories, `undefined` where it has none.
 * - All throw `WitnessUnreachable` after a bounded time.
 */
export abstract class Witness {
  abstract readonly participant: string;
  /** The only keys whose cosignatures count. */
  abstract readonly keys: readonly NoteVerifier[];
  abstract add(request: AddCheckpoint): Promise<WitnessAnswer>;
  abstract latest(origin: string): Promise<string | undefined>;
  abstract fork(origin: string): Promise<ForkEvidence | undefined>;
}
