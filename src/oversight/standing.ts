/** How far a register was compared with the log; milliseconds since 1970. */
export type Reconciled = Readonly<{ register: string; toMs: number }>;

export type StandingFacts = Readonly<{
  openRetrievals: number;
  erasedRecords: number;
  reconciled: readonly Reconciled[];
}>;

/**
 * What of the node's state an officer is shown beside its log: `erasedRecords` within a period, the rest as of now. `grantedAt` is
 * the entry that granted a trigger.
 */
export abstract class Standing {
  abstract facts(fromMs: number, toMs: number): Promise<StandingFacts>;
  abstract grantedAt(trigger: string): Promise<number | undefined>;
}
