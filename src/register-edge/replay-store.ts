export type UsedToken = Readonly<{
  /** An `inquiry` is an attestation by which somebody asks for lines about themself; elsewhere it is used in its own right. */
  kind: 'permission' | 'trigger' | 'attestation' | 'inquiry';
  issuer: string;
  jti: string;
  /** NumericDate. */
  exp: number;
}>;

export type Use = 'first' | 'repeat' | Readonly<{ usedBefore: UsedToken['kind'] }>;

/**
 * Which request each single-use token was presented with, and about whom an inquiry asked. Shared by all replicas of one register and durable until the
 * tokens have expired.
 */
export abstract class ReplayStore {
  /**
   * Marks tokens as used for the request with this digest. Of concurrent calls with one token and different requests
   * exactly one is not told `usedBefore`. The same tokens with the same request are a `repeat`.
   */
  abstract use(tokens: readonly UsedToken[], digest: string): Promise<Use>;

  /** Drops what no token can be accepted for any more. */
  abstract forgetExpired(): Promise<void>;
}
