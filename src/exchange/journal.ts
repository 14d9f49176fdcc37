import { EffectRefused } from '../audit/effect.js';
import { logFault } from '../audit/log-fault.js';
import { type AuditReceipt, LogStore, type NewEntry } from '../audit/log-store.js';
import { retentionClassOf } from '../catalogue/retention-class.js';
import { outage, refusal } from '../platform/fault.js';
import type { Reason } from '../platform/reasons.js';
import { type ExchangeContext, type PlannedRetrieval, wantsPreview } from './exchange.js';
import {
  askedFor,
  type Closing,
  clear,
  closedEntry,
  decisionsInForce,
  type ExchangeEnding,
  exchangeClosedEntry,
  heldEntry,
  incidentEntry,
  indexed,
  type LoggedExchange,
  type LookupEnding,
  lookupClosedEntry,
  lookupInForce,
  opening,
  resumedEntry,
  subjectsOf,
} from './journal-entries.js';
import type { ResolvedSubject } from './resolved-subject.js';

type Purposed = Partial<Pick<LoggedExchange, 'purpose'>>;

/** Writes an exchange into the log, in pairs of opened and closed. It decides nothing; what cannot be written stops the exchange. */
export class ExchangeJournal {
  constructor(private readonly log: LogStore) {}

  /**
   * "Opened" for each retrieval or lookup, with the single use of its trigger, durable when this returns.
   * @param ended the lookup before it, whose "closed" is in the same append: both are written or neither
   * @throws EffectRefused where others have closed that lookup
   */
  async opened(
    event: 'identity.opened' | 'retrieval.opened',
    context: ExchangeContext,
    retrievals: readonly PlannedRetrieval[],
    persons: ReadonlyMap<string, ResolvedSubject>,
    ended?: LookupEnding,
  ): Promise<AuditReceipt[]> {
    // An exchange is held as a whole: if one piece waits for its preview, all stay open that long.
    const isHeld = retrievals.some(wantsPreview);
    const before = lookupClosed(context, ended);
    const receipts = await this.append(context, [
      ...before,
      ...retrievals.map((retrieval): NewEntry => {
        const person = persons.get(retrieval.subjectRole);
        return {
          caller: { event, ...clear(context, retrieval) },
          protected: askedFor(retrieval, person),
          persons: indexed(retrieval, person),
          effects: [...opening(context, retrieval, isHeld), ...lookupInForce(person)],
        };
      }),
    ]).catch((error: unknown) => Promise.reject(asRefusal(error)));
    return receipts.slice(before.length);
  }

  /**
   * A further retrieval after the register had answered "later", durable when this returns.
   * @param expiresAt when a sweeper may call its outcome unknown: what it brings waits to be fetched
   * @throws EffectRefused where a decision behind it was withdrawn meanwhile
   */
  resumed(
    context: ExchangeContext,
    retrieval: PlannedRetrieval,
    person: ResolvedSubject,
    expiresAt: number,
  ): Promise<AuditReceipt> {
    return this.lastOf(context, [resumedEntry(context, retrieval, person, { expiresAt, isAsked: true })]);
  }

  /**
   * The same request once more to the same register, durable before it is sent.
   * @throws EffectRefused where what it rests on was withdrawn meanwhile
   */
  asksAgain(
    context: ExchangeContext,
    retrieval: PlannedRetrieval,
    person: ResolvedSubject,
    cause: string,
  ): Promise<AuditReceipt> {
    return this.lastOf(context, [
      {
        caller: { event: 'retrieval.repeated', ...clear(context, retrieval) },
        protected: { cause, ...subjectsOf(person) },
        persons: indexed(retrieval, person),
        effects: decisionsInForce(retrieval, person),
      },
    ]);
  }

  /** What was kept open ends without that the register is asked once more. */
  async endedUnasked(
    context: ExchangeContext,
    closing: Closing & Readonly<{ person: ResolvedSubject }>,
  ): Promise<void> {
    const { retrieval, person } = closing;
    await this.append(context, [
      resumedEntry(context, retrieval, person, { expiresAt: context.deadline, isAsked: false }),
      closedEntry(context, closing),
    ]);
  }

  /**
   * "Closed" for one retrieval of an exchange that goes on or is over: an outcome, or what is about to be sent by itself.
   * @throws EffectRefused as `closed` does
   */
  async retrievalClosed(context: ExchangeContext, closing: Closing): Promise<AuditReceipt> {
    const [receipt] = await this.append(context, [closedEntry(context, closing), ...incidentEntry(context, closing)]);
    return demanded(receipt);
  }

  /** Registers that nobody is let to ask now, before anybody is looked up: nothing is opened, and no decision used. */
  async notAsked(context: ExchangeContext, left: readonly Readonly<{ retrieval: PlannedRetrieval; reason: Reason }>[]) {
    await this.append(
      context,
      left.map(({ retrieval, reason }) => ({
        caller: { event: 'refused' as const, ...clear(context, retrieval), outcome: 'failed' as const, reason },
        protected: {},
        persons: indexed(retrieval, undefined),
        effects: [],
      })),
    );
  }

  /** "Closed" for a lookup that nothing comes after. @throws EffectRefused where others have closed it */
  async identityClosed(context: ExchangeContext, ending: LookupEnding): Promise<void> {
    await this.append(context, lookupClosed(context, ending));
  }

  /**
   * "Closed" for each retrieval, incidents, and the summary of the exchange, in one append: all or none.
   * @throws EffectRefused where a trigger was withdrawn meanwhile or a retrieval or lookup is closed already
   */
  async closed(
    context: ExchangeContext,
    closings: readonly Closing[],
    summary: ExchangeEnding &
      Readonly<{
        /** The last lookup of an exchange that looked persons up and no more. */
        ended?: LookupEnding | undefined;
      }>,
  ): Promise<Readonly<{ retrievals: ReadonlyMap<string, AuditReceipt>; summary: AuditReceipt }>> {
    const receipts = await this.append(context, [
      ...closings.map((closing) => closedEntry(context, closing)),
      ...closings.flatMap((closing) => incidentEntry(context, closing)),
      ...lookupClosed(context, summary.ended),
      exchangeClosedEntry(context, summary),
    ]);
    const last = demanded(receipts.at(-1));
    const byRetrieval = closings.flatMap(({ retrieval }, position) => {
      const receipt = receipts[position];
      return receipt === undefined ? [] : [[retrieval.retrievalId, receipt] as const];
    });
    return { retrievals: new Map(byRetrieval), summary: last };
  }

  /** "Held" for what waits for a decision and "closed" for the rest, in one append. @throws EffectRefused as `closed` does */
  held(context: ExchangeContext, held: readonly Closing[], ended: readonly Closing[]): Promise<AuditReceipt> {
    return this.lastOf(context, [
      ...ended.map((closing) => closedEntry(context, closing)),
      ...[...held, ...ended].flatMap((closing) => incidentEntry(context, closing)),
      ...held.map((closing) => heldEntry(context, closing, 'retrieval.held')),
    ]);
  }

  /**
   * "Closed" for what the person refused, where it has no outcome yet, and with the last of it the summary of an exchange of which nothing is
   * left. Whoever comes second, or a second time, writes nothing.
   */
  async withheld(
    context: LoggedExchange,
    refused: readonly Closing[],
    summary: ExchangeEnding | undefined,
  ): Promise<void> {
    const ending = summary === undefined ? [] : [exchangeClosedEntry(context, summary)];
    for (let open = refused; open.length > 0; ) {
      try {
        await this.append(context, [...open.map((closing) => closedEntry(context, closing)), ...ending]);
        return;
      } catch (error) {
        if (!(error instanceof EffectRefused) || error.effect.kind !== 'close-retrieval') throw error;
        const closed = error.effect.retrieval;
        open = open.filter(({ retrieval }) => retrieval.retrievalId !== closed);
      }
    }
  }

  /** The person looks at what is held. */
  async shown(context: ExchangeContext, held: readonly Closing[]): Promise<void> {
    const entries = held.map((closing) => heldEntry(context, closing, 'preview.shown'));
    await this.append(context, entries).catch((error: unknown) => Promise.reject(asRefusal(error)));
  }

  /**
   * A register answered when its retrieval had been given up: that it did, and what kind of answer it was, not what it
   * said. The caller's half is the same for every kind (IDNrG § 6 Abs. 5).
   */
  async late(
    context: ExchangeContext,
    closing: Pick<Closing, 'retrieval' | 'statement' | 'person' | 'incident'>,
  ): Promise<void> {
    const { retrieval, statement, person } = closing;
    await this.append(context, [
      {
        caller: { event: 'retrieval.late', ...clear(context, retrieval) },
        protected: { cause: 'NOT_PASSED_ON', ...statement, ...subjectsOf(person) },
        persons: indexed(retrieval, person),
        effects: [],
      },
      ...incidentEntry(context, closing),
    ]);
  }

  /** A repeat of an answered request gets the first answer, and an entry of its own. */
  async repeated(context: Pick<ExchangeContext, 'caller' | 'exchangeId'> & Purposed): Promise<void> {
    await this.append(context, [
      {
        caller: {
          event: 'repeated',
          consumer: context.caller.participant.id,
          exchange_ref: context.exchangeId,
        },
        protected: {},
        persons: [],
        effects: [],
      },
    ]);
  }

  private async lastOf(context: Purposed, entries: readonly NewEntry[]): Promise<AuditReceipt> {
    return demanded((await this.append(context, entries)).at(-1));
  }

  /** All records of an exchange are kept equally long: as its purpose says. */
  private async append({ purpose }: Purposed, entries: readonly NewEntry[]): Promise<AuditReceipt[]> {
    const kept = retentionClassOf(purpose);
    try {
      return await this.log.append(entries.map((entry) => ({ ...entry, ...kept })));
    } catch (error) {
      throw logFault(error);
    }
  }
}

function lookupClosed(context: ExchangeContext, ended: LookupEnding | undefined): readonly NewEntry[] {
  return ended === undefined ? [] : [lookupClosedEntry(context, ended)];
}

/** What nothing vouches for does not go on. */
function demanded(receipt: AuditReceipt | undefined): AuditReceipt {
  if (receipt === undefined) throw outage('AUDIT_LOG_UNAVAILABLE');
  return receipt;
}

/** Two exchanges raced for one decision, or it was withdrawn: the log did not let this one open anything. */
function asRefusal(error: unknown): unknown {
  if (!(error instanceof EffectRefused) || error.effect.kind === 'close-retrieval') return error;
  return refusal(error.reason === 'WITHDRAWN' ? 'TRIGGER_WITHDRAWN' : 'TRIGGER_USED');
}
