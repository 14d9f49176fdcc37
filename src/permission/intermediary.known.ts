import type { Clock } from '../platform/clock.js';
import { Intermediary, type Permission } from './intermediary.js';
import type { TransferQuestion } from './transfer-question.js';

/** Well below what a removed rule may take to count everywhere, a minute (design 5). */
export const KNOWN_FOR_MS = 5000;
const MOST_KNOWN = 1000;

type Asked = Parameters<Intermediary['check']>[1];
type Known = Readonly<{ permission: Permission; until: number }>;

/**
 * Does not ask the same abstract question again within a few seconds, where the caller will ask the bound one before anything is
 * sent: that one is decided, counted and put on record each time (IDNrG § 7 Abs. 2). Holds no token and no refusal.
 */
export class KnownIntermediary extends Intermediary {
  readonly #known = new Map<string, Known>();

  constructor(
    private readonly intermediary: Intermediary,
    private readonly clock: Pick<Clock, 'now'>,
  ) {
    super();
  }

  override async check(
    question: TransferQuestion,
    asked: Asked,
    call: Parameters<Intermediary['check']>[2],
  ): Promise<Permission> {
    const { mayBeKnown, ...wanted } = asked;
    if (mayBeKnown !== true) return this.intermediary.check(question, wanted, call);
    const key = keyOf(question, wanted);
    const known = this.#known.get(key);
    if (known !== undefined && known.until > this.clock.now()) return known.permission;
    const askedAt = this.clock.now();
    const permission = await this.intermediary.check(question, wanted, call);
    // Without a due digest no bound question follows: the token that came serves one request.
    if (permission.digestDue && permission.token === undefined)
      this.remember(key, { permission, until: askedAt + KNOWN_FOR_MS });
    return permission;
  }

  override pastChecks(...asked: Parameters<Intermediary['pastChecks']>): ReturnType<Intermediary['pastChecks']> {
    return this.intermediary.pastChecks(...asked);
  }

  private remember(key: string, known: Known): void {
    this.#known.delete(key);
    this.#known.set(key, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_KNOWN && oldest !== undefined) this.#known.delete(oldest);
  }
}

function keyOf(
  { consumer, provider, evidence_type, purpose, legal_basis }: TransferQuestion,
  { purposeHash, fields }: Asked,
): string {
  return JSON.stringify([consumer, provider, evidence_type, purpose, legal_basis, purposeHash, ...fields]);
}
