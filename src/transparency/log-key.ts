/** Public key of the log in C2SP vkey form; whoever verifies needs it and nothing else. */
export class LogKey {
  constructor(readonly vkey: string) {}
}
