import { rateUses } from '../permission/rate-use.js';
import { Clock } from '../platform/clock.js';
import { outage } from '../platform/fault.js';
import type { Seal } from '../platform/secrets.js';
import { canonicalBytes } from '../tokens/digest.js';
import { strictestOf } from '../tokens/obligations.js';
import type { Asked } from './asked.js';
import { Refused } from './check.js';
import type { Examined } from './examiner.js';
import { PersonCounts } from './person-counts.js';

/**
 * About how many persons a consumer may ask this register, by the limits of permission and own catalogue. Decided by what was
 * asked, before the source is looked at: a refusal tells nothing about a person (IDNrG § 6 Abs. 5).
 */
export class PersonLimit {
  constructor(
    private readonly counts: PersonCounts,
    private readonly seal: Seal,
    private readonly clock: Clock,
  ) {}

  /**
   * Of requests that are proven: nobody can use up what is another's, and who is refused can present the same request again.
   * @throws Refused REGISTER_RATE_LIMITED
   * @throws Fault REGISTER_UNAVAILABLE where nothing can be counted
   */
  async take({ asked, permission, own }: Examined<Asked>): Promise<void> {
    const person = personIn(asked);
    if (person === undefined) return;
    const now = this.clock.now();
    const uses = rateUses('persons', asked.request.consumer, strictestOf(own.obligations, permission.obligations), now);
    if (uses.length === 0) return;
    const known = this.seal.fingerprint(person, 'register-edge person limit');
    const usedUp = await this.counts.take(known, uses).catch((error: unknown) => {
      throw outage('REGISTER_UNAVAILABLE', error);
    });
    if (usedUp.length === 0) return;
    const until = Math.max(...usedUp.map(({ endsAt }) => endsAt));
    throw new Refused('REGISTER_RATE_LIMITED', 'PERSONS_USED_UP', [], until - now);
  }
}

/** Whom it asks about: by the number, else by what they are to be looked up by. A company is no person. */
function personIn({ request }: Asked): string | Uint8Array | undefined {
  if ('company' in request) return undefined;
  if ('person' in request) return request.person.idnr;
  return request.key.set === 'idnr' ? request.key.idnr : canonicalBytes(request.key);
}
