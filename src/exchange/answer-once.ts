import { deserialize, serialize } from 'node:v8';
import { TriggerDesk } from '../consent/trigger-desk.js';
import { Clock } from '../platform/clock.js';
import { Fault } from '../platform/fault.js';
import type { Reason } from '../platform/reasons.js';
import { Seal } from '../platform/secrets.js';
import { canonicalBytes } from '../tokens/digest.js';
import type { ExchangeContext } from './exchange.js';
import type { ExchangeAdmission } from './exchange-admission.js';
import { ExchangeJournal } from './journal.js';
import { RepeatStore } from './repeat-store.js';
import { isSameSet } from './same-set.js';

/** Longest time that a sealed answer is kept (design 8). */
export const ANSWER_LIFETIME_MS = 300_000;

export type Steps<Prepared, Answer> = Readonly<{
  /** Triggers that the request names. As a rule these are those that its answer will rest on. */
  named?: readonly string[];
  /** Steps 1 to 4; of a repeat, triggers that its own first run used count as unused. */
  prepare(isRepeat: boolean): Promise<Prepared>;
  /** Steps 5 to 12. */
  run(prepared: Prepared): Promise<Answer>;
  /** Before an answer is given again: it is a release like the first. @throws Fault if it may not be any more */
  demandRepeatable(answer: Answer, prepared: Prepared): void | Promise<void>;
  /** Triggers the answer rests on: withdrawing one destroys it. */
  triggers(prepared: Prepared): readonly string[];
}>;

/** Makes an exchange idempotent by (consumer, request id): a repeat passes every check again and is logged before it gets the first answer. */
export class AnswerOnce {
  constructor(
    private readonly repeats: RepeatStore,
    private readonly journal: ExchangeJournal,
    private readonly triggers: TriggerDesk,
    private readonly seal: Seal,
    private readonly clock: Clock,
    private readonly admission: ExchangeAdmission,
  ) {}

  /**
   * @param content the request without its id; compared by a keyed digest, never stored
   * @throws Fault BUSY, REQUEST_ID_REUSED, REQUEST_IN_PROGRESS
   */
  answer<Prepared, Answer>(
    context: Pick<ExchangeContext, 'caller' | 'exchangeId' | 'deadline'> & Partial<Pick<ExchangeContext, 'purpose'>>,
    requestId: string,
    content: unknown,
    steps: Steps<Prepared, Answer>,
  ): Promise<Answer> {
    return this.admission.within(context.deadline, () => this.admitted(context, requestId, content, steps));
  }

  private async admitted<Prepared, Answer>(
    context: Parameters<ExchangeJournal['repeated']>[0],
    requestId: string,
    content: unknown,
    steps: Steps<Prepared, Answer>,
  ): Promise<Answer> {
    const consumer = context.caller.participant.id;
    const seal = `answer/v1 ${consumer} ${requestId}`;
    const fingerprint = this.seal.fingerprint(canonicalBytes(content), seal);
    const expiresAt = this.clock.now() + ANSWER_LIFETIME_MS;
    const named = steps.named ?? [];
    const earlier = await this.repeats.begin(consumer, requestId, fingerprint, expiresAt, named);
    if (earlier.kind === 'other-content') throw new Fault('REQUEST_ID_REUSED');
    if (earlier.kind === 'in-progress') throw new Fault('REQUEST_IN_PROGRESS', { retryDelayMs: 500 });
    if (earlier.kind === 'answered') {
      const prepared = await steps.prepare(true);
      await this.journal.repeated(context);
      await this.triggers.demandNotWithdrawn(consumer, earlier.triggers);
      const answer = this.open<Answer>(earlier.sealed, seal);
      await steps.demandRepeatable(answer, prepared);
      return answer;
    }
    const keep = (kept: Kept<Answer>) => this.keep(consumer, requestId, this.seal.close(serialize(kept), seal));
    try {
      const prepared = await steps.prepare(false);
      const triggers = steps.triggers(prepared);
      if (!isSameSet(triggers, named)) await this.repeats.restsOn(consumer, requestId, triggers);
      const answer = await steps.run(prepared);
      await keep({ kind: 'answer', answer });
      return answer;
    } catch (error) {
      // What the log holds as an outcome is the answer to every repeat; anything else may be tried again.
      if (error instanceof Fault && error.isLogged) await keep({ kind: 'refusal', ...publicFacts(error) });
      else await this.repeats.forget(consumer, requestId).catch(() => undefined);
      throw error;
    }
  }

  /** The outcome is in the log and belongs to the caller, whether or not a copy for repeats can be kept. */
  private async keep(consumer: string, requestId: string, sealed: string): Promise<void> {
    await this.repeats.answered(consumer, requestId, sealed).catch(() => undefined);
  }

  private open<Answer>(sealed: string, context: string): Answer {
    const bytes = this.seal.open(sealed, context);
    if (bytes === undefined) throw new Error('a sealed answer does not open');
    // Written by this node's own seal a moment ago, hence of the same shape.
    const kept = deserialize(bytes) as Kept<Answer>;
    if (kept.kind === 'answer') return kept.answer;
    throw new Fault(kept.reason, { ...kept, isLogged: true });
  }
}

type Refusal = Readonly<{ reason: Reason; metadata: Readonly<Record<string, string>>; retryDelayMs?: number }>;

type Kept<Answer> = Readonly<{ kind: 'answer'; answer: Answer }> | (Readonly<{ kind: 'refusal' }> & Refusal);

function publicFacts({ reason, metadata, retryDelayMs }: Fault): Refusal {
  return { reason, metadata, ...(retryDelayMs === undefined ? {} : { retryDelayMs }) };
}
