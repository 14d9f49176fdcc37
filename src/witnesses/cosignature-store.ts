/** A checkpoint, as the log signed it, with the verified cosignature lines of one witness. */
export type Cosigned = Readonly<{ witness: string; size: number; note: string; lines: string }>;

/** How an attempt ended that brought no cosignature. */
export type FailedAttempt = 'overtaken' | 'unreachable' | 'unusable' | 'disputed';

/** How a witness stands to the log. Times in milliseconds since 1970, by the clock of the database. */
export type Standing = Readonly<{
  /** Of the largest checkpoint that it cosigned; 0 if there is none. */
  cosignedSize: number;
  cosignedAtMs: number | undefined;
  answeredAtMs: number | undefined;
  last: 'cosigned' | FailedAttempt;
}>;

/**
 * Cosignatures of one log, durable and shared by its nodes.
 *
 * - `takeRound` says whether the caller collects now: of all nodes one does, at most once in so many milliseconds.
 * - `keep` stores a cosignature, the newer one of a witness in place of the older over the same checkpoint, and that
 *   the witness cosigned. `cosignedSize` never falls.
 * - `noteFailure` stores that an attempt brought none; everything but `unreachable` was an answer.
 * - `standings` by witness; whoever was never asked is missing. `now` is the clock that their times are of.
 * - `cosigned` gives what is kept, largest checkpoint first.
 * - `forgetBelow` drops what is smaller than a checkpoint, and of the larger ones all but the newest 64.
 */
export abstract class CosignatureStore {
  abstract takeRound(intervalMs: number): Promise<boolean>;
  abstract keep(cosigned: Cosigned): Promise<void>;
  abstract noteFailure(witness: string, how: FailedAttempt): Promise<void>;
  abstract standings(): Promise<ReadonlyMap<string, Standing>>;
  abstract now(): Promise<number>;
  abstract cosigned(): Promise<readonly Cosigned[]>;
  abstract forgetBelow(size: number): Promise<void>;
}
