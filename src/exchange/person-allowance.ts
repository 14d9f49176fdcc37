import { rateUses } from '../permission/rate-use.js';
import { Clock } from '../platform/clock.js';
import { Seal } from '../platform/secrets.js';
import { canonicalBytes } from '../tokens/digest.js';
import type {
  ExchangeContext,
  NotDelivered,
  PlannedRetrieval,
  PreparedExchange,
  RequestedSubject,
} from './exchange.js';
import { faultOf, notDelivered, throwCommonReason } from './not-delivered.js';
import { PersonLimits } from './person-limits.js';

/**
 * Keeps an exchange within the number of persons that its rules let the consumer ask about. Decided by what the caller gave,
 * before anybody is looked up: a refusal tells nothing about a person (IDNrG § 6 Abs. 5).
 */
export class PersonAllowance {
  constructor(
    private readonly limits: PersonLimits,
    private readonly seal: Seal,
    private readonly clock: Clock,
  ) {}

  /** @throws Fault RATE_LIMITED where a person may not be looked up, or nothing is left */
  async within(
    context: ExchangeContext,
    planned: PreparedExchange,
    subjects: readonly RequestedSubject[],
  ): Promise<PreparedExchange> {
    const nowMs = this.clock.now();
    const beyond = (plan: PlannedRetrieval) => this.beyond(context, plan, personIn(planned, subjects, plan));
    for (const lookup of planned.lookups) {
      const refused = await beyond(lookup);
      if (refused !== undefined)
        throw faultOf([refused], { metadata: { evidence_type: refused.evidence_type }, nowMs });
    }
    const refused: NotDelivered[] = [];
    const retrievals: PlannedRetrieval[] = [];
    for (const retrieval of planned.retrievals) {
      const item = await beyond(retrieval);
      if (item === undefined) retrievals.push(retrieval);
      else refused.push(item);
    }
    const missing = [...planned.notDelivered, ...refused];
    if (refused.length > 0 && retrievals.length === 0) throwCommonReason(missing, { nowMs });
    return { ...planned, retrievals, notDelivered: missing };
  }

  private async beyond(
    { caller }: ExchangeContext,
    { evidenceType, subjectRole, permission }: PlannedRetrieval,
    person: Buffer | undefined,
  ): Promise<NotDelivered | undefined> {
    const uses = rateUses('persons', caller.participant.id, permission.obligations, this.clock.now());
    if (person === undefined || uses.length === 0) return undefined;
    const usedUp = await this.limits.take(this.seal.fingerprint(person, 'person limit'), uses);
    if (usedUp.length === 0) return undefined;
    return {
      ...notDelivered({ evidenceType: evidenceType.id, subjectRole }, 'RATE_LIMITED'),
      ruleIds: usedUp.map(({ rule }) => rule),
      availableAt: Math.max(...usedUp.map(({ endsAt }) => endsAt)),
    };
  }
}

/** What a person is known by here: what they are to be looked up by, or the number of one who was. A company is no person. */
function personIn(
  { known }: PreparedExchange,
  subjects: readonly RequestedSubject[],
  { subjectRole }: PlannedRetrieval,
): Buffer | undefined {
  const given = subjects.find(({ role }) => role === subjectRole);
  if (given?.kind === 'company') return undefined;
  const key = given?.kind === 'key' ? given.key : known.find(({ role }) => role === subjectRole)?.idnr;
  return canonicalBytes(key ?? '');
}
