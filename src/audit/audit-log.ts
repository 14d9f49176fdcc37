import { Injectable } from '@nestjs/common';
import type { Effect } from './effect.js';
import { logFault } from './log-fault.js';
import { type AuditReceipt, type CallerFacts, LogStore, type NewEntry } from './log-store.js';
import type { CallerPart, EventType, IndexedPerson, Outcome, ProtectedPart } from './record.js';

/** What is known of one event. `persons` are found by this entry later: every subject and every decider. */
export type EventFacts = Readonly<{
  caller: Partial<Omit<CallerFacts, 'event'>> & Readonly<Pick<CallerPart, 'consumer'>>;
  protected?: ProtectedPart;
  persons?: readonly IndexedPerson[];
  retentionClass?: string;
}>;

/** `usesTrigger`: the single use of `trigger_id` by this retrieval; left out by a further attempt of the same retrieval. */
export type OpenedFacts = EventFacts &
  Readonly<{ caller: Readonly<{ retrieval_ref: string; register: string }>; expiresAt: Date; usesTrigger?: string }>;

/** Outcomes that end a retrieval; `held` and `deferred` do not. */
export type FinalOutcome = Exclude<Outcome, 'held' | 'deferred'>;

/** `demandsTrigger`: this closing releases something, so the trigger must not have been withdrawn since `by` used it. */
export type ClosedFacts = EventFacts &
  Readonly<{
    caller: Readonly<{ retrieval_ref: string; outcome: FinalOutcome }>;
    demandsTrigger?: Readonly<{ trigger: string; by: string }>;
  }>;

export type ExchangeFacts = EventFacts & Readonly<{ caller: Readonly<{ exchange_ref: string; outcome: Outcome }> }>;
export type RefusedFacts = EventFacts & Readonly<{ caller: Readonly<{ reason: string }> }>;
export type TriggerFacts = EventFacts & Readonly<{ caller: Readonly<{ trigger_id: string }> }>;

/**
 * One method for each event. It decides nothing and swallows nothing: `LogUnavailable`, `LogBusy` and `EffectRefused`
 * of the store reach the caller, who then has no receipt and may neither fetch nor release.
 */
@Injectable()
export class AuditLog {
  constructor(private readonly store: LogStore) {}

  /** Before the identity directory is asked. */
  async identityOpened(facts: OpenedFacts): Promise<AuditReceipt> {
    return this.one('identity.opened', facts, opening(facts));
  }

  async identityClosed(facts: ClosedFacts): Promise<AuditReceipt> {
    return this.one('identity.closed', facts, closing(facts));
  }

  /** Before the register is asked (FZV § 68: no log, no data). */
  async retrievalOpened(facts: OpenedFacts): Promise<AuditReceipt> {
    return this.one('retrieval.opened', facts, opening(facts));
  }

  /** Before anything of this retrieval is released. */
  async retrievalClosed(facts: ClosedFacts): Promise<AuditReceipt> {
    return this.one('retrieval.closed', facts, closing(facts));
  }

  /** Closes retrievals together with their exchange, or none of them: if one was closed by others, nothing may be released. */
  async exchangeClosed(
    retrievals: readonly ClosedFacts[],
    exchange: ExchangeFacts,
  ): Promise<{ retrievals: AuditReceipt[]; exchange: AuditReceipt }> {
    const entries = retrievals.map((facts) => entryOf('retrieval.closed', facts, closing(facts)));
    const receipts = await this.append([...entries, entryOf('exchange.closed', exchange, [])]);
    return { retrievals: receipts.slice(0, -1), exchange: only(receipts.slice(-1)) };
  }

  /** Refusals of authenticated participants, in whichever step. */
  async refused(facts: RefusedFacts): Promise<AuditReceipt> {
    return this.one('refused', { ...facts, caller: { outcome: 'refused', ...facts.caller } }, []);
  }

  /** Decisions that were attested together are granted together; the last receipt is returned. */
  async triggersGranted(facts: readonly TriggerFacts[]): Promise<AuditReceipt> {
    const entries = facts.map((it) =>
      entryOf('trigger.granted', it, [{ kind: 'grant-trigger', trigger: it.caller.trigger_id }]),
    );
    return only((await this.append(entries)).slice(-1));
  }

  async triggerWithdrawn(facts: TriggerFacts): Promise<AuditReceipt> {
    return this.one('trigger.withdrawn', facts, [{ kind: 'withdraw-trigger', trigger: facts.caller.trigger_id }]);
  }

  /** A request that was answered before and passed its checks again. */
  async repeated(facts: EventFacts): Promise<AuditReceipt> {
    return this.one('repeated', facts, []);
  }

  /** What must not happen and did, such as more fields than were permitted. */
  async incident(facts: EventFacts): Promise<AuditReceipt> {
    return this.one('incident', facts, []);
  }

  async catalogueActivated(facts: EventFacts): Promise<AuditReceipt> {
    return this.one('catalogue.activated', facts, []);
  }

  /** A person or an authority says that a register is wrong (IDNrG § 10). */
  async discrepancyReported(facts: EventFacts): Promise<AuditReceipt> {
    return this.one('discrepancy.reported', facts, []);
  }

  private async one(event: EventType, facts: EventFacts, effects: readonly Effect[]): Promise<AuditReceipt> {
    return only(await this.append([entryOf(event, facts, effects)]));
  }

  private append(entries: readonly NewEntry[]): Promise<AuditReceipt[]> {
    return this.store.append(entries).catch((error: unknown) => Promise.reject(logFault(error)));
  }
}

function entryOf(event: EventType, facts: EventFacts, effects: readonly Effect[]): NewEntry {
  const { caller, protected: hidden = {}, persons = [], retentionClass } = facts;
  return {
    caller: { ...caller, event },
    protected: hidden,
    persons,
    effects,
    ...(retentionClass !== undefined && { retentionClass }),
  };
}

function opening({ caller, expiresAt, usesTrigger }: OpenedFacts): Effect[] {
  const use: Effect[] =
    usesTrigger === undefined ? [] : [{ kind: 'use-trigger', trigger: usesTrigger, by: caller.retrieval_ref }];
  return [...use, { kind: 'open-retrieval', retrieval: caller.retrieval_ref, expiresAt }];
}

function closing({ caller, demandsTrigger }: ClosedFacts): Effect[] {
  const demand: Effect[] = demandsTrigger === undefined ? [] : [{ kind: 'trigger-in-force', ...demandsTrigger }];
  return [...demand, { kind: 'close-retrieval', retrieval: caller.retrieval_ref }];
}

function only(receipts: readonly AuditReceipt[]): AuditReceipt {
  const [receipt] = receipts;
  if (receipt === undefined) throw new TypeError('the log gave no receipt');
  return receipt;
}
