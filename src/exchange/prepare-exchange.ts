import { randomUUID } from 'node:crypto';
import type { EvidenceType, LegalBasis, OnlineService, Register } from '../catalogue/catalogue.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { fieldLimits } from '../catalogue/field-limits.js';
import { route } from '../catalogue/route.js';
import { whyNotDeciding } from '../consent/representation.js';
import type { Trigger } from '../consent/trigger.js';
import { TriggerDesk } from '../consent/trigger-desk.js';
import { wantedOf } from '../consent/wanted.js';
import { openSubject, type ResolvedPerson } from '../identity/subject-token.js';
import { Intermediary, type Permission } from '../permission/intermediary.js';
import { Clock } from '../platform/clock.js';
import { invalid, refusal } from '../platform/fault.js';
import { germanDay } from '../platform/german-day.js';
import { Seal } from '../platform/secrets.js';
import { representationOf } from '../tokens/attestation.js';
import type { CompanyKey, CompanyRepresentative } from '../tokens/company-key.js';
import type { PersonKey } from '../tokens/register-request.js';
import { commitmentOf } from '../tokens/subject-commitment.js';
import { stepDeadline } from './deadline-budget.js';
import type {
  ExchangeContext,
  NotDelivered,
  PlannedLookup,
  PlannedRetrieval,
  PreparedExchange,
  RequestedNeed,
  RequestedSubject,
} from './exchange.js';
import type { ExchangeAdmission } from './exchange-admission.js';
import { mayPass, minimise } from './minimise.js';
import { faultOf, notDelivered, refusedByRules, throwCommonReason } from './not-delivered.js';
import { PermissionInForce } from './permission-in-force.js';
import { PersonAllowance } from './person-allowance.js';

export const IDENTITY = 'identity';

type CommitmentParts = ResolvedPerson['opening'];
/** What opens a decision about somebody: what the caller gave of a person, or the key of a company. */
type Opening = CommitmentParts | Readonly<{ company: CompanyKey }>;

type PlannedNeed = RequestedNeed & Readonly<{ isRepeat: boolean }>;

/** Steps 2 to 4 of an exchange: route, permission, legal trigger. Nothing of a person has left the node when it returns. */
export class ExchangePreparation {
  constructor(
    private readonly catalogue: CurrentCatalogue,
    private readonly intermediary: Intermediary,
    private readonly inForce: PermissionInForce,
    private readonly triggers: TriggerDesk,
    private readonly allowance: PersonAllowance,
    private readonly seal: Seal,
    private readonly clock: Clock,
    private readonly admission: ExchangeAdmission,
  ) {}

  /**
   * @param isRepeat an answer may be given again, and nothing be asked for: what is permitted is asked anew
   * @throws Fault for what concerns the whole request: identity not permitted or not triggered, a trigger that does
   *   not cover its need, nothing deliverable for one and the same reason
   */
  async prepare(
    context: ExchangeContext,
    subjects: readonly RequestedSubject[],
    needs: readonly RequestedNeed[],
    identityTriggers: readonly Trigger[],
    isRepeat: boolean,
  ): Promise<PreparedExchange> {
    const known = await Promise.all(
      subjects.flatMap((subject) => (subject.kind === 'token' ? [this.open(context, subject)] : [])),
    );
    const keyed = subjects.flatMap((subject) => (subject.kind === 'key' ? [subject] : []));
    const openings = new Map<string, Opening>([
      ...known.map((person) => [person.role, person.opening] as const),
      ...keyed.map(({ role, key }) => [role, openingOf(key)] as const),
      ...subjects.flatMap((it) => (it.kind === 'company' ? [[it.role, { company: it.company }] as const] : [])),
    ]);
    demandSubjectsFor([...needs.map(({ subjectRole }) => subjectRole)], openings);

    const needed = rolesNeeded(needs, identityTriggers);
    const lookups = await this.admission.elsewhere('preparing', () =>
      Promise.all(
        // Nobody is looked up whom nothing is asked about (IDNrG § 6 Abs. 4).
        keyed
          .filter(({ role }) => needed === 'all' || needed.has(role))
          .map(({ role, key }) => this.planLookup(context, { role, key, isRepeat }, identityTriggers, openings)),
      ),
    );
    const plans = await this.admission.elsewhere('preparing', () =>
      Promise.all(needs.map((need) => this.planRetrieval(context, { ...need, isRepeat }, openings))),
    );
    const retrievals = plans.flatMap((plan) => ('retrievalId' in plan ? [plan] : []));
    const notDelivered = plans.flatMap((plan) => ('retrievalId' in plan ? [] : [plan]));
    if (retrievals.length === 0) throwCommonReason(notDelivered, { isLogged: false, nowMs: this.clock.now() });
    const planned = {
      lookups: needs.length === 0 ? lookups : concerned(lookups, retrievals),
      known,
      retrievals,
      notDelivered,
    };
    // Last, and before anybody is looked up.
    return this.allowance.within(context, planned, subjects);
  }

  private async open(
    context: ExchangeContext,
    { role, token }: { role: string; token: string },
  ): Promise<ResolvedPerson> {
    const person = openSubject(this.seal, token, {
      consumer: context.caller.participant.id,
      certificate: context.caller.thumbprint,
      nowMs: this.clock.now(),
    });
    if (person?.role !== role) throw refusal('SUBJECT_TOKEN_INVALID');
    const [trigger] = await this.triggers.find(context.caller.participant.id, [person.lookup.trigger]);
    if (trigger?.state === 'withdrawn') throw refusal('TRIGGER_WITHDRAWN');
    // The lookup was decided on for one purpose; its result serves no other (GDPR Art. 5 (1) b).
    if (trigger?.decision.purpose !== context.purpose.id) throw refusal('SUBJECT_TOKEN_INVALID');
    return person;
  }

  private async planLookup(
    context: ExchangeContext,
    { role, key, isRepeat }: Readonly<{ role: string; key: PersonKey; isRepeat: boolean }>,
    triggers: readonly Trigger[],
    openings: ReadonlyMap<string, Opening>,
  ): Promise<PlannedLookup> {
    const trigger = triggers.find(({ decision }) => decision.subject.role === role);
    if (trigger === undefined) throw refusal('TRIGGER_MISSING', { evidence_type: IDENTITY, subject_role: role });
    const planned = await this.planRetrieval(
      context,
      { evidenceType: IDENTITY, subjectRole: role, fields: undefined, partial: true, trigger, where: {}, isRepeat },
      openings,
    );
    if (!('retrievalId' in planned))
      throw faultOf([planned], { metadata: { evidence_type: IDENTITY }, nowMs: this.clock.now() });
    return { ...planned, key };
  }

  private async planRetrieval(
    context: ExchangeContext,
    need: PlannedNeed,
    openings: ReadonlyMap<string, Opening>,
  ): Promise<PlannedRetrieval | NotDelivered> {
    const { lookup } = this.catalogue;
    const type = lookup.evidenceType(need.evidenceType);
    const legalBasis = lookup.legalBasis(need.trigger.decision.legal_basis);
    if (legalBasis === undefined) throw refusal('TRIGGER_NOT_COVERING');
    if (type === undefined) return notDelivered(need, 'TRANSFER_NOT_PERMITTED');
    demandKind(type, need, openings.get(need.subjectRole));
    const found = route(lookup.routes, type, need.where, germanDay(this.clock.now()));
    if (found.kind !== 'one') {
      if (!this.mayKnowRoute(context, need)) return notDelivered(need, 'TRANSFER_NOT_PERMITTED');
      return notDelivered(need, ROUTE_REASONS[found.kind]);
    }
    const asked = need.fields ?? type.attributes.map(({ id }) => id);
    const answered = await this.permit(context, need, found.register, legalBasis, asked);
    if ('reason' in answered) return answered;
    const permission = this.inForce.narrow(answered, asked);
    if ('reason' in permission) return { ...notDelivered(need, permission.reason), ruleIds: permission.ruleIds };
    const limits = fieldLimits(lookup, permission.question);
    const factors = { form: asked, rule: permission.fields, limits };
    const allowed = mayPass(factors);
    if (allowed.length === 0 || (!need.partial && allowed.length < new Set(asked).size))
      return notDelivered(need, 'TRANSFER_NOT_PERMITTED');
    const fields = need.partial ? minimise({ ...factors, trigger: need.trigger.decision.fields }) : allowed;
    const company = this.demandTrigger(context, need, legalBasis, fields, permission, openings);
    if (fields.length === 0)
      throw refusal('TRIGGER_NOT_COVERING', { rule: 'at least one field that may pass was decided on' });
    return {
      retrievalId: randomUUID(),
      registerRef: randomUUID(),
      evidenceType: type,
      subjectRole: need.subjectRole,
      register: found.register,
      legalBasis,
      fields,
      permission,
      trigger: need.trigger,
      ...(company === undefined ? {} : { company }),
    };
  }

  private async permit(
    context: ExchangeContext,
    need: PlannedNeed,
    register: Register,
    legalBasis: LegalBasis,
    fields: readonly string[],
  ): Promise<Permission | NotDelivered> {
    const { purpose, caller, signal } = context;
    try {
      return await this.intermediary.check(
        {
          consumer: caller.participant.id,
          provider: register.id,
          evidence_type: need.evidenceType,
          purpose: purpose.id,
          legal_basis: legalBasis.id,
        },
        { purposeHash: purpose.hash, fields, mayBeKnown: !need.isRepeat },
        { deadline: stepDeadline(context, 'permission'), signal },
      );
    } catch (error) {
      return refusedByRules(need, error, this.clock.now());
    }
  }

  private demandTrigger(
    context: ExchangeContext,
    need: RequestedNeed,
    legalBasis: LegalBasis,
    fields: readonly string[],
    permission: Permission,
    openings: ReadonlyMap<string, Opening>,
  ): PlannedRetrieval['company'] {
    const { trigger, subjectRole } = need;
    const { caller, purpose } = context;
    const asked = { requester: caller.participant.id, purpose, evidenceType: need.evidenceType, subjectRole };
    this.triggers.demand(trigger, wantedOf(this.catalogue.lookup, { ...asked, legalBasis, fields }, permission));
    const company = companyOf(trigger, openings);
    const opening =
      company === undefined
        ? openings.get(subjectRole)
        : { company: company.key, representative: company.representative };
    if (opening === undefined || committedTo(trigger, opening) !== trigger.decision.subject.commitment)
      throw refusal('TRIGGER_NOT_COVERING', { rule: 'the decision was made about this person' });
    const { acting, decider_role } = trigger.decision;
    const unlawful = whyNotDeciding(trigger.decision, this.subjectsOf(context, subjectRole));
    if (unlawful !== undefined) throw refusal('TRIGGER_NOT_COVERING', { rule: unlawful });
    if (acting === 'SELF' && decider_role !== subjectRole) throw refusal('TRIGGER_NOT_COVERING');
    if (acting === 'REPRESENTATIVE' && !openings.has(decider_role))
      throw refusal('TRIGGER_NOT_COVERING', { rule: 'the representative is a person of the request' });
    return company;
  }

  /** What the services of this purpose say about a role. */
  private subjectsOf(context: ExchangeContext, role: string): OnlineService['subjects'] {
    return this.servicesOf(context)
      .flatMap(({ subjects }) => subjects)
      .filter((subject) => subject.role === role);
  }

  private servicesOf({ caller, purpose }: ExchangeContext): readonly OnlineService[] {
    return this.catalogue.catalogue.services.filter(
      (service) => service.consumer === caller.participant.id && service.purpose === purpose.id,
    );
  }

  /** Whether a register exists is told only to those whose own service needs the evidence (AIP-211: authorisation first). */
  private mayKnowRoute(context: ExchangeContext, need: RequestedNeed): boolean {
    return this.catalogue.catalogue.services.some(
      ({ consumer, needs }) =>
        consumer === context.caller.participant.id &&
        needs.some(({ evidence_type }) => evidence_type === need.evidenceType),
    );
  }
}

const ROUTE_REASONS = {
  none: 'REGISTER_NOT_FOUND',
  several: 'REGISTER_AMBIGUOUS',
  needs: 'ROUTE_PARAMETER_MISSING',
} as const;

/** Nobody is looked up about whom nothing can be fetched and who decides for nobody (IDNrG § 6: what is needed). */
export function concerned(
  lookups: readonly PlannedLookup[],
  retrievals: readonly PlannedRetrieval[],
): readonly PlannedLookup[] {
  const roles = new Set(retrievals.flatMap(({ subjectRole, trigger }) => [subjectRole, trigger.decision.decider_role]));
  const deciders = lookups.filter((it) => roles.has(it.subjectRole)).map((it) => it.trigger.decision.decider_role);
  return lookups.filter(({ subjectRole }) => roles.has(subjectRole) || deciders.includes(subjectRole));
}

function openingOf(key: PersonKey): CommitmentParts {
  return key.set === 'idnr'
    ? { birth_date: key.birth_date, family_name: null, idnr: key.idnr }
    : { birth_date: key.birth_date, family_name: key.family_name, idnr: null };
}

/** Roles that evidence is about, and those that decide for them. A lookup for its own sake needs all. */
function rolesNeeded(
  needs: readonly RequestedNeed[],
  identityTriggers: readonly Trigger[],
): ReadonlySet<string> | 'all' {
  if (needs.length === 0) return 'all';
  const about = new Set(needs.map(({ subjectRole }) => subjectRole));
  const triggers = [
    ...needs.map(({ trigger }) => trigger),
    ...identityTriggers.filter(({ decision }) => about.has(decision.subject.role)),
  ];
  return new Set([...about, ...triggers.map(({ decision }) => decision.decider_role)]);
}

/** Of a person nothing is asked that is said of companies, and the other way round. */
function demandKind(type: EvidenceType, { subjectRole }: RequestedNeed, opening: Opening | undefined): void {
  if (opening === undefined || ('company' in opening ? 'legal' : 'natural') === (type.subject ?? 'natural')) return;
  const kind = type.subject === 'legal' ? 'a legal' : 'a natural';
  throw invalid([{ field: 'subjects', description: `the role ${subjectRole} must be ${kind} person` }]);
}

/** The company that a decision is about, with who decided for it; undefined where it is about a natural person. */
function companyOf({ decision }: Trigger, openings: ReadonlyMap<string, Opening>): PlannedRetrieval['company'] {
  const { acting, decider_role, subject } = decision;
  const isOrgan = representationOf(decision) === 'organ';
  const opening = openings.get(subject.role);
  if (opening === undefined || !('company' in opening)) {
    if (isOrgan) throw refusal('TRIGGER_NOT_COVERING', { rule: 'only a legal person has an organ' });
    return undefined;
  }
  if (acting !== 'AUTHORITY' && !isOrgan)
    throw refusal('TRIGGER_NOT_COVERING', { rule: 'a legal person decides through a natural person, its organ' });
  return { key: opening.company, representative: acting === 'AUTHORITY' ? null : byName(openings.get(decider_role)) };
}

/** Registers of companies know who represents them by name and date of birth (HRV § 43), and get no IDNr. */
function byName(decider: Opening | undefined): CompanyRepresentative {
  if (decider === undefined || 'company' in decider || decider.family_name === null)
    throw refusal('TRIGGER_NOT_COVERING', {
      rule: 'who represents a legal person is a person of the request, given by name',
    });
  return { family_name: decider.family_name, birth_date: decider.birth_date };
}

function committedTo(
  { commitmentSalt: salt, decision: { subject } }: Trigger,
  opening: CommitmentParts | Readonly<{ company: CompanyKey; representative?: CompanyRepresentative | null }>,
): string {
  const { role } = subject;
  if (!('company' in opening)) return commitmentOf({ role, salt, ...opening });
  return commitmentOf({ role, salt, company: opening.company, representative: opening.representative ?? null });
}

function demandSubjectsFor(roles: readonly string[], openings: ReadonlyMap<string, Opening>): void {
  const missing = new Set(roles.filter((role) => !openings.has(role)));
  if (missing.size > 0)
    throw invalid([...missing].map((role) => ({ field: 'subjects', description: `the role ${role} is missing` })));
}
