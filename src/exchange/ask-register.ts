import { setTimeout as sleep } from 'node:timers/promises';
import { EffectRefused } from '../audit/effect.js';
import type { AuditReceipt } from '../audit/log-store.js';
import { Clock } from '../platform/clock.js';
import { RepeatBudget } from '../platform/guard/repeat-budget.js';
import { describeError, OperationalLog } from '../platform/operational-log.js';
import type { Presented } from '../registers/presentation.js';
import { type RegisterAnswer, RegisterGateway, type RegisterNotNow } from '../registers/register-gateway.js';
import type { RetrievalRequest } from '../tokens/register-request.js';
import type { ExchangeContext, PlannedRetrieval, PreparedExchange } from './exchange.js';
import { ExchangeJournal } from './journal.js';
import { notDelivered, throwCommonReason } from './not-delivered.js';
import { PermissionInForce } from './permission-in-force.js';
import { concerned } from './prepare-exchange.js';
import type { ResolvedSubject } from './resolved-subject.js';

/** Longest pause before a repeat; each takes a random part of it, so that they do not come together. */
const PAUSE_MS = 100;
/** With less than that left a repeat would only be given up, too. */
const LEAST_LEFT_MS = 2 * PAUSE_MS;

/** A retrieval that may be asked for: its request is complete, and shows both tokens. */
export type Ready = Readonly<{
  retrieval: PlannedRetrieval;
  person: ResolvedSubject;
  presented: Presented<RetrievalRequest>;
}>;

/**
 * Step 7 for one register: asks it, and where it gave nothing asks once more. The repeat is the very same request, so that the
 * register knows it again, and stands in the log before it is sent.
 */
export class RegisterInquiry {
  constructor(
    private readonly gateway: RegisterGateway,
    private readonly inForce: PermissionInForce,
    private readonly journal: ExchangeJournal,
    private readonly budget: RepeatBudget,
    private readonly clock: Clock,
    private readonly log: OperationalLog,
  ) {}

  /**
   * Leaves out registers that are not asked now, whoever it is about: nobody is looked up for them and no decision is used.
   * @throws Fault REGISTER_SUSPENDED or REGISTER_BUSY where none is left
   */
  async askable(context: ExchangeContext, prepared: PreparedExchange): Promise<PreparedExchange> {
    const left = prepared.retrievals.flatMap((retrieval) => {
      const notNow = this.gateway.notNow(retrieval.register.id);
      return notNow === undefined ? [] : [{ retrieval, ...notNow }];
    });
    if (left.length === 0) return prepared;
    await this.journal.notAsked(context, left);
    const missing = [
      ...prepared.notDelivered,
      ...left.map(({ retrieval: { evidenceType, subjectRole }, reason, untilMs }) => ({
        ...notDelivered({ evidenceType: evidenceType.id, subjectRole }, reason),
        availableAt: untilMs,
      })),
    ];
    const retrievals = prepared.retrievals.filter((it) => left.every(({ retrieval }) => retrieval !== it));
    if (retrievals.length === 0) throwCommonReason(missing, { nowMs: this.clock.now() });
    return { ...prepared, lookups: concerned(prepared.lookups, retrievals), retrievals, notDelivered: missing };
  }

  /** Where nobody is to be asked about: as far as it would have come. @returns why the register would not have been asked */
  turn({ retrieval }: Ready, call: Parameters<RegisterGateway['turn']>[1]): Promise<RegisterNotNow | undefined> {
    return this.gateway.turn(retrieval.register.id, call);
  }

  async ask(
    context: ExchangeContext,
    { retrieval, person, presented: { request, tokens } }: Ready,
    receipt: AuditReceipt,
    call: Parameters<RegisterGateway['ask']>[3],
  ): Promise<RegisterAnswer> {
    const first = await this.gateway.ask(receipt, request, tokens, call);
    const register = retrieval.register.id;
    if (first.kind !== 'not-asked') this.budget.earn(register);
    if (first.kind !== 'unavailable' || first.repeatable === undefined) return first;
    const hasTime = call.deadline - this.clock.now() >= LEAST_LEFT_MS;
    if (!hasTime || this.gateway.notNow(register) !== undefined || !this.budget.spend(register)) return first;
    await sleep(Math.random() * PAUSE_MS, undefined, { signal: call.signal }).catch(() => undefined);
    if (call.signal.aborted || !this.inForce.isPermitted(context, retrieval)) return first;
    const again = await this.opened(context, retrieval, person, first.cause);
    if (again === undefined) return first;
    const second = await this.gateway.ask(again, request, tokens, call);
    // What went out went out: the log must not say that nobody was asked.
    return second.kind === 'not-asked' ? first : second;
  }

  /** Undefined where the log does not take it: then what was heard first is how it ends. */
  private async opened(
    context: ExchangeContext,
    retrieval: PlannedRetrieval,
    person: ResolvedSubject,
    cause: string,
  ): Promise<AuditReceipt | undefined> {
    try {
      return await this.journal.asksAgain(context, retrieval, person, cause);
    } catch (error) {
      if (!(error instanceof EffectRefused))
        this.log.warn({ register: retrieval.register.id, ...describeError(error) }, 'repeat not recorded, nor sent');
      return undefined;
    }
  }
}
