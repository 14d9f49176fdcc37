export type SealedExchange = Readonly<{
  exchangeId: string;
  consumer: string;
  sealed: string;
  /** Withdrawing one of them destroys the whole. */
  triggers: readonly string[];
  /** Once one of them has its final outcome, nothing of the whole is shown or released any more. */
  retrievals: readonly string[];
  expiresAt: number;
}>;

/** What the person decided at the pages (JWS), and sealed what they state themself. */
export type AttestedRelease = Readonly<{ attestation: string; statements: string }>;

/** The same, with what is left to be held: nothing of what was refused. */
export type DecidedRelease = AttestedRelease &
  Pick<SealedExchange, 'sealed' | 'triggers' | 'retrievals'> &
  /** Retrievals of what was refused. */
  Readonly<{ withheld: readonly string[] }>;

/** Sealed exchanges that wait for a decision, for all nodes on one database. An expired one is as good as destroyed. */
export abstract class HeldStore {
  abstract put(held: SealedExchange): Promise<void>;
  /** The sealed text; undefined for none, another consumer's, an expired one, or one that has its outcome in the log. */
  abstract find(exchangeId: string, consumer: string): Promise<string | undefined>;
  /** Who would get it; undefined as above. */
  abstract consumerOf(exchangeId: string): Promise<string | undefined>;
  /** Puts beside it what the person decided, and what is left in the place of what was held, once. @returns whether it was the first */
  abstract attest(exchangeId: string, release: DecidedRelease): Promise<boolean>;
  abstract attested(exchangeId: string, consumer: string): Promise<AttestedRelease | undefined>;
  /** Those of which something that was refused has no outcome in the log yet; also one whose time is over, until it is destroyed. */
  abstract unsettled(): Promise<readonly Pick<SealedExchange, 'exchangeId' | 'consumer' | 'sealed'>[]>;
  abstract destroy(exchangeId: string): Promise<void>;
  /** Destroys all whose time is over. */
  abstract destroyExpired(): Promise<void>;
}
