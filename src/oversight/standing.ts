/** How far a register was compared with the log; milliseconds since 1970. */
export type Reconciled = Readonly<{
  register: string;
  toMs: number;
  /** Retrievals and lookups at this register that were opened since and are not compared yet. */
  unreconciled: number;
  /** There are more: how many lie further back is not counted. */
  hasMore: boolean;
}>;

/** Records of one class that are erased when they are older than a moment; milliseconds since 1970. */
export type ErasureTerm = Readonly<{ retentionClass: string; beforeMs: number }>;

export type RetentionStanding = Readonly<{
  retentionClass: string;
  /** Of its oldest record; absent where it has none. */
  oldestMs: number | undefined;
  /** Records past their term, up to 10,000. */
  due: number;
  hasMoreDue: boolean;
  /** Records that were erased in the period. */
  erased: number;
}>;

/** The newest state of the log, as it signed it; `note` is absent as long as the log is empty. */
export type SignedHead = Readonly<{ size: number; root: Buffer; atMs: number; note: string | undefined }>;

/** Indices of the entries about a decision, as far as there are any. */
export type DecisionEntries = Readonly<{ granted?: number; used?: number }>;

export type StandingFacts = Readonly<{
  openRetrievals: number;
  reconciled: readonly Reconciled[];
  retention: readonly RetentionStanding[];
  head: SignedHead;
}>;

/**
 * What of the node's state an officer is shown beside its log: what was erased within a period, the rest as of now, and as fast over ten
 * million entries as over ten thousand. `decisionAt` says which entry granted a trigger, and which one used it.
 */
export abstract class Standing {
  abstract facts(fromMs: number, toMs: number, terms: readonly ErasureTerm[]): Promise<StandingFacts>;
  abstract decisionAt(trigger: string): Promise<DecisionEntries>;
}
