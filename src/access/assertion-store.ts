/** Remembers client assertions until they expire, for all nodes on one database. */
export abstract class AssertionStore {
  /** True exactly once per client and `jti`, also when two nodes ask at the same moment. */
  abstract useOnce(client: string, jti: string, expiresAtMs: number): Promise<boolean>;
}
