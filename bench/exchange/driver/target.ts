import type { NodeProfile } from '../../../src/client/node-profile.js';
import type { Trust } from '../../../src/verify/answer.js';

/** Who is asked for the same exchange. */
export type Target =
  | Readonly<{ kind: 'bare'; address: string }>
  | Readonly<{ kind: 'einmal'; profile: NodeProfile; trust: Trust }>;

/** One exchange that is ready to be asked for; everything that comes before it was done. */
export type Prepared = Readonly<{
  /** @throws RpcFailure; what was given is checked and counts only if it is what was asked for */
  ask(deadlineMs: number): Promise<Answered>;
}>;

export type Answered = Readonly<{
  /** Of each piece of evidence. */
  pieceBytes: readonly number[];
  /** By public keys alone, after the clock was stopped. @throws where anything does not hold */
  verify(): Promise<void>;
}>;

/** How they are asked for. */
export type SlicePlan = Readonly<
  { count: number; deadlineMs: number; verified: number } & ({ clients: number } | { perSecond: number })
>;

/** What became of one slice of the load. */
export type Slice = Readonly<{
  correct: number;
  /** Milliseconds of each correct one, from when it was due; a client that asks again is due when it has its answer. */
  latencies: readonly number[];
  refused: readonly Readonly<{ code: number; tookMs: number; isRetryable: boolean }>[];
  /** Nothing of this may be. */
  wrong: readonly string[];
  /** From the first to the last answer that was correct. */
  elapsedMs: number;
  pieceBytes: readonly number[];
}>;

/** What the process is told. */
export type Order =
  | Readonly<{ kind: 'open'; target: Target }>
  /** Warms up with so many. */
  | Readonly<{ kind: 'try-out'; count: number }>
  /** With `fresh` each has an access token of its own that the node has not seen. */
  | Readonly<{ kind: 'prepare'; count: number; fresh: boolean }>
  | Readonly<{ kind: 'run'; plan: SlicePlan }>;
