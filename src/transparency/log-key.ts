import { parseVerifierKey } from '#libs/tlog/verifier-key.js';

/** Public key of the log in C2SP vkey form; whoever verifies needs it and nothing else. */
export class LogKey {
  constructor(readonly vkey: string) {}

  /** Name of the log, first line of its checkpoints. */
  get origin(): string {
    return parseVerifierKey(this.vkey).name;
  }
}
