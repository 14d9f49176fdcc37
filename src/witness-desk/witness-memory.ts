import type { ForkEvidence } from '../tokens/fork-evidence.js';

/** What a witness last cosigned of a log; `note` with the signatures of the log and its own. */
export type Seen = Readonly<{ size: number; root: Buffer; note: string }>;

/** `seen` is absent for a log that was never cosigned, `fork` for one that was not caught. */
export type Recalled = Readonly<{ seen: Seen | undefined; fork: ForkEvidence | undefined }>;

/**
 * A checkpoint of the log that does not extend what was seen, with the proof that should have shown it. `by` brought it: a
 * true checkpoint can come with somebody's wrong proof, so that alone it says nothing about the log.
 */
export type RefusedCheckpoint = Readonly<{ by: string; size: number; root: Buffer; seenNote: string; request: string }>;

/**
 * What a witness remembers of each log, by origin: durable, and shared by all replicas of one witness.
 *
 * - `advance` replaces `before`, which the caller recalled, by a checkpoint that extends it, and resolves once that is
 *   durable. Of calls that race from one `before` to different checkpoints exactly one is told `true`. `false`: another
 *   was faster, or a fork is on record. It never goes back to a smaller tree, nor to another root of the same size.
 * - `keepFork` keeps the first evidence against a log for good.
 * - `keepRefused` keeps of each log the first ten that a participant brings, each tree once, of up to 16 KiB, and says
 *   whether it kept this one: nobody leaves others without room.
 */
export abstract class WitnessMemory {
  abstract recall(origin: string): Promise<Recalled>;
  abstract advance(origin: string, before: Seen | undefined, next: Seen): Promise<boolean>;
  abstract keepFork(origin: string, fork: ForkEvidence): Promise<void>;
  abstract keepRefused(origin: string, refused: RefusedCheckpoint): Promise<boolean>;
}
