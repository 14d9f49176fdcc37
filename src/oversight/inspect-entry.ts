import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { LogReader, type StoredRecord } from '../audit/log-reader.js';
import { LogStore } from '../audit/log-store.js';
import type { ReceiptCopy } from '../audit/receipt.js';
import { EVENTS, type IndexedPerson, type ProtectedPart } from '../audit/record.js';
import type { Rule } from '../catalogue/catalogue.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { Clock } from '../platform/clock.js';
import { Fault, refusal } from '../platform/fault.js';
import { RegisterLog } from '../reconciliation/register-log.js';
import { LogKey } from '../transparency/log-key.js';
import { type ProtectedHalf, readableHalf } from '../transparency/protected-half.js';
import { proveEntry } from '../transparency/prove-entry.js';
import { KeyVault } from '../vault/key-vault.js';
import { Activity } from './activity.js';
import { Deciders } from './deciders.js';
import { type OtherSide, otherSideOf } from './other-side.js';
import { demandGrounds, demandOfficer, OversightDesk, type Visit } from './oversight-desk.js';
import { Standing } from './standing.js';

const RELATED_MOST = 100;
/** Who read it later is no part of what happened. */
const HAPPENED = EVENTS.filter((it) => it !== 'record.opened');

export type DecidingRule = Readonly<{ id: string; rule: Rule | undefined }>;

export type InspectedEntry = Readonly<{
  record: StoredRecord;
  /** For an officer who says why. */
  hidden: ProtectedHalf | undefined;
  receipt: ReceiptCopy;
  rules: readonly DecidingRule[];
  related: readonly StoredRecord[];
  /** The entry of the decision that it rests on. */
  trigger: StoredRecord | undefined;
  otherSide: OtherSide | undefined;
}>;

/** One entry with its proof; without a reason no more than its clear half. */
export class InspectEntry extends Command<InspectedEntry> {
  constructor(
    readonly visit: Visit,
    readonly index: number,
    readonly reason: string,
    readonly fileReference: string,
  ) {
    super();
  }
}

@CommandHandler(InspectEntry)
export class InspectEntryHandler implements ICommandHandler<InspectEntry> {
  constructor(
    private readonly desk: OversightDesk,
    private readonly store: LogStore,
    private readonly key: LogKey,
    private readonly reader: LogReader,
    private readonly activity: Activity,
    private readonly vault: KeyVault,
    private readonly catalogue: CurrentCatalogue,
    private readonly standing: Standing,
    private readonly deciders: Deciders,
    private readonly registers: RegisterLog,
    private readonly clock: Clock,
  ) {}

  /** @throws Fault CALL_NOT_ALLOWED, SESSION_*, ASSURANCE_TOO_LOW, BEYOND_LOG; NOT_FOUND for what is erased or, opened, was altered */
  async execute({ visit, index, reason, fileReference }: InspectEntry): Promise<InspectedEntry> {
    const inspector = await this.desk.accept(visit);
    const isOpened = reason !== '' || fileReference !== '';
    if (isOpened) {
      demandOfficer(inspector);
      demandGrounds(reason, fileReference);
    }
    const record = await this.reader.record(index);
    if (record === undefined)
      throw index >= (await this.store.head()).size ? new Fault('BEYOND_LOG') : refusal('NOT_FOUND');
    const { trigger_id: trigger } = record.caller;
    const decision = trigger === undefined ? {} : await this.standing.decisionAt(trigger);
    const hidden = isOpened ? await readableHalf(this.vault, record) : undefined;
    if (isOpened && hidden === undefined) throw refusal('NOT_FOUND');
    await this.desk.looks(
      inspector,
      isOpened ? 'opened entry' : 'entry',
      { opened_index: index, ...(isOpened && { note: reason, file_reference: fileReference }) },
      // Whom it is about finds out that it was opened.
      hidden === undefined ? [] : await this.concerned(hidden, trigger, decision.used),
    );
    const { checkpoint } = await this.store.head();
    if (checkpoint === undefined) throw new Fault('BEYOND_LOG');
    const related = await this.relatedTo(record);
    const beginning = hidden && (await this.beginningOf(record, hidden, related));
    return {
      record,
      hidden,
      receipt: await proveEntry(this.store, record, { checkpoint, vkey: this.key.vkey }),
      rules: (beginning?.rule_ids ?? []).map((id) => ({
        id,
        rule: this.catalogue.catalogue.rules.find((it) => it.id === id),
      })),
      related,
      trigger: decision.granted === undefined ? undefined : await this.reader.record(decision.granted),
      otherSide: beginning && (await this.otherSideOf(record, beginning)),
    };
  }

  /** What permitted a retrieval, and how its register knows it, is in the entry that opened it. */
  private async beginningOf(
    record: StoredRecord,
    { part }: ProtectedHalf,
    related: readonly StoredRecord[],
  ): Promise<ProtectedPart> {
    const { retrieval_ref, event } = record.caller;
    if (retrieval_ref === undefined || event.endsWith('.opened')) return part;
    const opened = related.find(
      ({ caller }) => caller.retrieval_ref === retrieval_ref && caller.event.endsWith('.opened'),
    );
    return (opened && (await readableHalf(this.vault, opened))?.part) ?? part;
  }

  private async otherSideOf(
    record: StoredRecord,
    { register_refs = {} }: ProtectedPart,
  ): Promise<OtherSide | undefined> {
    const ref = register_refs[record.caller.register ?? ''];
    return ref === undefined ? undefined : otherSideOf(this.registers, record, ref, this.clock.now());
  }

  /** Of a decision the entry itself names nobody: who decided at the pages, and whom the retrieval is about that used it. */
  private async concerned(
    { part }: ProtectedHalf,
    trigger: string | undefined,
    usedAt: number | undefined,
  ): Promise<readonly IndexedPerson[]> {
    const use = usedAt === undefined ? undefined : await this.reader.record(usedAt);
    const used = use && (await readableHalf(this.vault, use));
    const deciders = trigger === undefined ? [] : await this.deciders.numbersOf(trigger);
    return [
      ...[...(part.subjects ?? []), ...(used?.part.subjects ?? [])].map(({ person }) => person),
      ...deciders.map((idnr) => ({ kind: 'idnr', idnr }) as const),
    ].map((person) => ({ person, as: 'subject' }));
  }

  /** Oldest first; of an exchange everything, since its retrievals explain each other. */
  private async relatedTo({ index, caller: { exchange_ref } }: StoredRecord): Promise<readonly StoredRecord[]> {
    if (exchange_ref === undefined) return [];
    const query = { exchange_ref, events: HAPPENED };
    const indices = await this.activity.matching(query, Number.MAX_SAFE_INTEGER, RELATED_MOST);
    return (await this.reader.records(indices.filter((it) => it !== index))).toReversed();
  }
}
