import { Injectable } from '@nestjs/common';
import type { Effect } from './effect.js';
import { logFault } from './log-fault.js';
import { type AuditReceipt, type CallerFacts, LogStore, type NewEntry } from './log-store.js';
import type { CallerPart, EventType, IndexedPerson, ProtectedPart } from './record.js';

/** What is known of one event. `persons` are found by this entry later: every subject and every decider. */
export type EventFacts = Readonly<{
  caller: Partial<Omit<CallerFacts, 'event'>> & Readonly<Pick<CallerPart, 'consumer'>>;
  protected?: ProtectedPart;
  persons?: readonly IndexedPerson[];
  retentionClass?: string;
}>;

export type RefusedFacts = EventFacts & Readonly<{ caller: Readonly<{ reason: string }> }>;
export type TriggerFacts = EventFacts & Readonly<{ caller: Readonly<{ trigger_id: string }> }>;

/**
 * Events outside an exchange, one method each; an exchange writes its pairs through its journal. Decides nothing and
 * swallows nothing: what the log cannot take reaches the caller, who then has no receipt and may not go on.
 */
@Injectable()
export class AuditLog {
  constructor(private readonly store: LogStore) {}

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

  async catalogueActivated(facts: EventFacts): Promise<AuditReceipt> {
    return this.one('catalogue.activated', facts, []);
  }

  /** Somebody opens the protected half of a record; due before they see it. */
  async recordOpened(facts: EventFacts): Promise<AuditReceipt> {
    return this.one('record.opened', facts, []);
  }

  /** Somebody takes entries away; due before the first of them leaves. */
  async entriesExported(facts: EventFacts): Promise<AuditReceipt> {
    return this.one('entries.exported', facts, []);
  }

  /** Records are about to be erased; due before the first of them is. */
  async erasing(facts: EventFacts): Promise<AuditReceipt> {
    return this.one('erasure', facts, []);
  }

  /** The first entry of a log that goes on for one that has ended. */
  async logOpened(facts: EventFacts): Promise<AuditReceipt> {
    return this.one('log.opened', facts, []);
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

function only(receipts: readonly AuditReceipt[]): AuditReceipt {
  const [receipt] = receipts;
  if (receipt === undefined) throw new TypeError('the log gave no receipt');
  return receipt;
}
