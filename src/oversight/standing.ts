/** How far a register was compared with the log; milliseconds since 1970. */
export type Reconciled = Readonly<{ register: string; toMs: number }>;

/** Indices of the entries about a decision, as far as there are any. */
export type DecisionEntries = Readonly<{ granted?: number; used?: number }>;

export type StandingFacts = Readonly<{
  openRetrievals: number;
  erasedRecords: number;
  reconciled: readonly Reconciled[];
}>;

/**
 * What of the node's state an officer is shown beside its log: `erasedRecords` within a period, the rest as of now. `decisionAt`
 * says which entry granted a trigger, and which one used it.
 */
export abstract class Standing {
  abstract facts(fromMs: number, toMs: number): Promise<StandingFacts>;
  abstract decisionAt(trigger: string): Promise<DecisionEntries>;
}
