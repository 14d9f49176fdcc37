/** How a register ends a request, in its own log. */
export const LINE_OUTCOMES = ['answered', 'repeated', 'refused', 'failed', 'deferred'] as const;

/** One line of a register's own log, as it sent it. */
export type RegisterLine = Readonly<{
  /** Number in that log. */
  sequence: number;
  /** Milliseconds since 1970, by the clock of the register. */
  atMs: number;
  /** The retrieval id that this register was given; absent where a request was too broken to name one. */
  ref: string | undefined;
  /** The three: absent where the register's catalogue did not have what was named. */
  consumer: string | undefined;
  evidenceType: string | undefined;
  purpose: string | undefined;
  outcome: (typeof LINE_OUTCOMES)[number];
  /** The reason that it gave to the caller. */
  reason: string | undefined;
}>;
