import { Injectable } from '@nestjs/common';
import { type Effect, EffectRefused } from './effect.js';
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

export type ChangeFacts = EventFacts &
  Readonly<{ event: Extract<EventType, `participant.${string}` | `key.${string}`> }>;

/** Far below what may wait for the log, however many participants a catalogue changes. */
const CHANGES_AT_ONCE = 256;

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

  /** Decisions that were attested together are granted together; a receipt for each. */
  async triggersGranted(facts: readonly TriggerFacts[]): Promise<AuditReceipt[]> {
    const entries = facts.map((it) =>
      entryOf('trigger.granted', it, [{ kind: 'grant-trigger', trigger: it.caller.trigger_id }]),
    );
    return this.append(entries);
  }

  async triggerWithdrawn(facts: TriggerFacts): Promise<AuditReceipt> {
    return this.one('trigger.withdrawn', facts, [{ kind: 'withdraw-trigger', trigger: facts.caller.trigger_id }]);
  }

  /** A request that was answered before and passed its checks again. */
  async repeated(facts: EventFacts): Promise<AuditReceipt> {
    return this.one('repeated', facts, []);
  }

  /** A catalogue comes into force, with what it changes about participants and their keys; due before it counts. */
  async catalogueActivated(facts: EventFacts, changes: readonly ChangeFacts[] = []): Promise<AuditReceipt> {
    const entries = [
      entryOf('catalogue.activated', facts, []),
      ...changes.map(({ event, ...change }) => entryOf(event, change, [])),
    ];
    const receipts: AuditReceipt[] = [];
    for (let at = 0; at < entries.length; at += CHANGES_AT_ONCE)
      receipts.push(...(await this.append(entries.slice(at, at + CHANGES_AT_ONCE))));
    return only(receipts);
  }

  /** An administrator proposes a catalogue, or decides on one that another proposed; due before it counts. */
  async catalogueChange(
    event: 'catalogue.proposed' | 'catalogue.approved' | 'catalogue.rejected',
    facts: EventFacts,
  ): Promise<AuditReceipt> {
    return this.one(event, facts, []);
  }

  /** Something that must not happen, outside an exchange. */
  async incident(facts: EventFacts): Promise<AuditReceipt> {
    return this.one('incident', facts, []);
  }

  /** Somebody opens the protected half of a record; due before they see it. */
  async recordOpened(facts: EventFacts): Promise<AuditReceipt> {
    return this.one('record.opened', facts, []);
  }

  /** Somebody takes entries away; due before the first of them leaves. */
  async entriesExported(facts: EventFacts): Promise<AuditReceipt> {
    return this.one('entries.exported', facts, []);
  }

  /** Somebody who acts for an authority is seen for the first time in a session; due before anything is answered. */
  async sessionOpened(facts: EventFacts): Promise<AuditReceipt> {
    return this.one('session.opened', facts, []);
  }

  /**
   * Somebody looks for the entries about one person; due before they see any. The lookup that found the person must be
   * in force.
   */
  async subjectListed(facts: EventFacts, lookup: Readonly<{ trigger: string; by: string }>): Promise<AuditReceipt> {
    return this.one('subject.listed', facts, [{ kind: 'trigger-in-force', ...lookup }]);
  }

  /** An officer or auditor looks at something; due before they see it. */
  async overseen(facts: EventFacts): Promise<AuditReceipt> {
    return this.one('oversight.read', facts, []);
  }

  /** An officer acts; due before it counts. */
  async officerActed(
    event: 'case.changed' | 'sample.committed' | 'sample.drawn' | 'sample.finding',
    facts: EventFacts,
  ): Promise<AuditReceipt> {
    return this.one(event, facts, []);
  }

  /** An anomaly that is found again and again, by however many nodes: one entry of a name. `undefined` where there is one. */
  async anomalyOnce(name: string, facts: EventFacts): Promise<AuditReceipt | undefined> {
    return this.once('anomaly', name, facts);
  }

  /** What a sample is drawn by, whichever node sees it first. `undefined` where it is fixed. */
  async sampleFixed(sample: number, facts: EventFacts): Promise<AuditReceipt | undefined> {
    return this.once('sample.fixed', `sample ${sample}`, facts);
  }

  /** A person who is signed in at the pages asks or says something; due before it is done, and refused as above. */
  async personActed(
    event: EventType,
    facts: EventFacts,
    lookup: Readonly<{ trigger: string; by: string }>,
  ): Promise<AuditReceipt> {
    return this.one(event, facts, [{ kind: 'trigger-in-force', ...lookup }]);
  }

  /** A participant says that a datum which it got seems to be wrong; due before the register is told. */
  async discrepancyReported(facts: EventFacts): Promise<AuditReceipt> {
    return this.one('discrepancy.reported', facts, []);
  }

  /** A participant is locked; its next attempt is refused, whatever becomes of this entry. */
  async callerLocked(facts: EventFacts): Promise<AuditReceipt> {
    return this.one('caller.locked', facts, []);
  }

  /** The lock of a participant ends; due before it does. */
  async callerUnlocked(facts: EventFacts): Promise<AuditReceipt> {
    return this.one('caller.unlocked', facts, []);
  }

  /** Something that an officer should look at, and that may have its reasons. Names nobody but the participant. */
  async anomaly(facts: RefusedFacts): Promise<AuditReceipt> {
    return this.one('anomaly', facts, []);
  }

  /** What was refused in the last minute before anybody was authenticated, in one entry. */
  async authenticationFailed(facts: EventFacts): Promise<AuditReceipt> {
    return this.one('authentication.failed', facts, []);
  }

  /** Records are about to be erased; due before the first of them is. */
  async erasing(facts: EventFacts): Promise<AuditReceipt> {
    return this.one('erasure', facts, []);
  }

  /** The first entry of a log that goes on for one that has ended. */
  async logOpened(facts: EventFacts): Promise<AuditReceipt> {
    return this.one('log.opened', facts, []);
  }

  private async once(event: EventType, name: string, facts: EventFacts): Promise<AuditReceipt | undefined> {
    try {
      return await this.one(event, facts, [{ kind: 'once', name }]);
    } catch (error) {
      if (error instanceof EffectRefused && error.reason === 'ALREADY_LOGGED') return undefined;
      throw error;
    }
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
