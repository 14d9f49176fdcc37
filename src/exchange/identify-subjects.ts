import { EffectRefused } from '../audit/effect.js';
import type { AuditReceipt } from '../audit/log-store.js';
import type { RegisterStatement } from '../audit/record.js';
import { type FoundPerson, IdentityDirectory } from '../identity/identity-directory.js';
import type { ResolvedPerson } from '../identity/subject-token.js';
import type { Waiting } from '../platform/call.js';
import { Fault, outage } from '../platform/fault.js';
import { RpcFailure } from '../platform/grpc-client.js';
import { NotAsked } from '../platform/guard/shared-party.js';
import { type Presented, RegisterPresentation } from '../registers/presentation.js';
import type { LookupRequest } from '../tokens/register-request.js';
import { stepDeadline } from './deadline-budget.js';
import type { ExchangeContext, PlannedLookup, PreparedExchange } from './exchange.js';
import type { ExchangeAdmission } from './exchange-admission.js';
import { ExchangeJournal } from './journal.js';
import type { LookupEnding } from './journal-entries.js';
import { LateAnswers } from './late-answers.js';
import { LookupAllowance } from './lookup-allowance.js';
import { LookupTimes } from './lookup-times.js';
import { PermissionInForce } from './permission-in-force.js';
import { isOfOtherDecider } from './resolved-subject.js';

export type Identified = Readonly<{
  persons: ReadonlyMap<string, ResolvedPerson>;
  /** None, several, blocked, or not to be decided for by this decider: the true cause, protected. Undefined: all were found. */
  nobody: string | undefined;
  /** How the last lookup ended. Not in the log yet: see `concluded`. */
  ended: LookupEnding | undefined;
}>;

/**
 * Step 5: audit "identity opened", lookup, audit "identity closed", for each person; deciders before those they decide for. Where
 * one is not there, those who come after are not looked up, and take the same steps (IDNrG § 6 Abs. 5). How one lookup ended and that
 * the next begins is one append, as nothing leaves the node in between.
 */
export class SubjectIdentification {
  readonly #times = new LookupTimes();

  constructor(
    private readonly directory: IdentityDirectory,
    private readonly presentation: RegisterPresentation,
    private readonly inForce: PermissionInForce,
    private readonly journal: ExchangeJournal,
    private readonly late: LateAnswers,
    private readonly allowance: LookupAllowance,
    private readonly admission: ExchangeAdmission,
  ) {}

  async identify(context: ExchangeContext, prepared: PreparedExchange): Promise<Identified> {
    const persons = new Map(prepared.known.map((person) => [person.role, person]));
    const lookups = prepared.lookups.toSorted((a, b) => Number(isRepresented(a)) - Number(isRepresented(b)));
    for (const { register } of lookups) this.directory.demandAskable(register.id, callOf(context));
    let nobody: string | undefined;
    let ended: LookupEnding | undefined;
    for (const lookup of lookups) {
      const asked = await this.concluded(context, ended, () => this.open(context, lookup, persons, ended));
      const { person, ending } = await this.lookUp(context, asked, nobody);
      ended = ending;
      if (person === undefined) nobody = 'IDENTITY_NOT_AVAILABLE';
      else persons.set(person.role, person);
      if (person !== undefined && isOfOtherDecider(lookup.trigger, persons)) nobody = 'NOT_WHO_DECIDED';
    }
    this.allowance.identified(context);
    return { persons, nobody, ended };
  }

  /**
   * Takes the next step, which writes in its own append how the last lookup ended. Where that step fails, it is written by itself.
   * @throws Fault IDENTITY_DIRECTORY_UNAVAILABLE where others have closed the lookup meanwhile: the answer came too late, and is on
   *   record as such
   */
  async concluded<T>(context: ExchangeContext, ended: LookupEnding | undefined, step: () => Promise<T>): Promise<T> {
    try {
      return await step();
    } catch (error) {
      if (ended === undefined) throw error;
      if (error instanceof EffectRefused) {
        await this.late.record(context, { retrieval: ended.lookup, ...ended });
        throw outage('IDENTITY_DIRECTORY_UNAVAILABLE', error);
      }
      await this.journal.identityClosed(context, ended).catch(ifOpen);
      throw error;
    }
  }

  private async open(
    context: ExchangeContext,
    lookup: PlannedLookup,
    persons: ReadonlyMap<string, ResolvedPerson>,
    ended: LookupEnding | undefined,
  ): Promise<Asked> {
    const { key, subjectRole, trigger } = lookup;
    const representative = isRepresented(lookup) ? persons.get(trigger.decision.decider_role) : undefined;
    this.inForce.demand(context, lookup);
    const particulars = {
      purpose_hash: context.purpose.hash,
      subject_role: subjectRole,
      key,
      commitment_salt: trigger.commitmentSalt,
      representative_idnr: representative?.idnr ?? null,
    };
    const presented = await this.admission.elsewhere('intermediary', () =>
      this.presentation.present<LookupRequest>(lookup, particulars, callOf(context)),
    );
    const [receipt] = await this.journal.opened('identity.opened', context, [lookup], persons, ended);
    if (receipt === undefined) throw outage('AUDIT_LOG_UNAVAILABLE');
    return { lookup, representative, presented, receipt };
  }

  private async lookUp(
    context: ExchangeContext,
    { lookup, representative, presented: { request, tokens }, receipt }: Asked,
    nobody: string | undefined,
  ): Promise<Readonly<{ person: ResolvedPerson | undefined; ending: LookupEnding }>> {
    const { key, subjectRole, trigger } = lookup;
    const { purpose, legal_basis, acting, representation, attester, decider, delayed_notice } = trigger.decision;
    let statement: RegisterStatement = { answered: 'none' };
    try {
      const late = this.late.listener(context, lookup);
      const call = callOf(context);
      const ask = () => this.directory.lookup(receipt, request, tokens, { ...call, late });
      const again = () => Promise.all([this.#times.again(), this.directory.turn(request.register, call)]);
      const found = await this.admission.elsewhere('directory', async () =>
        nobody === undefined ? this.#times.of(ask) : void (await again()),
      );
      statement = nobody === undefined ? statementOf(found) : { answered: 'not_asked' };
      const person = found && {
        ...found,
        role: subjectRole,
        opening: {
          birth_date: key.birth_date,
          family_name: key.set === 'idnr' ? null : key.family_name,
          idnr: key.set === 'idnr' ? key.idnr : null,
        },
        lookup: { trigger: trigger.id, by: lookup.retrievalId },
        decided: {
          ...{ purpose, legal_basis, acting, attester, decider },
          ...(representation && { representation }),
          ...(delayed_notice && { delayed_notice }),
        },
        representative: representative?.idnr ?? null,
      };
      const cause = nobody ?? (person === undefined ? 'NOT_AVAILABLE' : 'FOUND');
      return { person, ending: { lookup, cause, statement, ...(person && { person }) } };
    } catch (error) {
      // Whatever went wrong here, what was opened gets its outcome.
      const reason = error instanceof Fault ? error.reason : 'IDENTITY_DIRECTORY_UNAVAILABLE';
      if (error instanceof Fault && error.cause instanceof NotAsked) statement = { answered: 'not_asked' };
      if (reason === 'REGISTER_REFUSED' || reason === 'REGISTER_RATE_LIMITED') statement = refusedWith(error);
      await this.journal.identityClosed(context, { lookup, cause: reason, statement, outage: reason }).catch(ifOpen);
      throw error;
    }
  }
}

/** A lookup that is in the log, and what is to be asked. */
type Asked = Readonly<{
  lookup: PlannedLookup;
  representative: ResolvedPerson | undefined;
  presented: Presented<LookupRequest>;
  receipt: AuditReceipt;
}>;

function callOf(context: ExchangeContext): Waiting {
  return { deadline: stepDeadline(context, 'identity'), signal: context.signal };
}

/** What is closed already has its outcome. */
function ifOpen(error: unknown): void {
  if (!(error instanceof EffectRefused)) throw error;
}

function statementOf(found: FoundPerson | undefined): RegisterStatement {
  return { answered: found === undefined ? 'not_available' : 'evidence' };
}

function refusedWith(error: unknown): RegisterStatement {
  const { cause } = error as Fault;
  const reason = cause instanceof RpcFailure ? cause.reason : undefined;
  return { answered: 'refused', ...(reason !== undefined && { register_reason: reason }) };
}

function isRepresented({ trigger }: PlannedLookup): boolean {
  return trigger.decision.acting === 'REPRESENTATIVE';
}
