/** Who vouches for the log, and how often they are asked. */
export class LogWitnesses {
  constructor(
    /** Participants. */
    readonly names: readonly string[],
    /** C2SP tlog-policy: this log, and a majority of them. */
    readonly policy: () => string,
    readonly intervalMs: number,
  ) {}
}
