import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../audit/audit-log.js';
import { isShownTo, LogReader, type StoredRecord } from '../audit/log-reader.js';
import { LogStore } from '../audit/log-store.js';
import type { EventType } from '../audit/record.js';
import { Fault, refusal } from '../platform/fault.js';
import { KeyVault } from '../vault/key-vault.js';
import { type ProtectedHalf, protectedHalf } from './protected-half.js';

/** `hidden` is absent where the protected half is not for this caller. */
export type OpenedRecord = Readonly<{ record: StoredRecord; hidden: ProtectedHalf | undefined }>;

/** Opens one record of the consumer's own and logs that before; `reason` is why. */
export class OpenRecord extends Command<OpenedRecord> {
  constructor(
    readonly consumer: string,
    readonly index: number,
    readonly reason: string,
    readonly fileReference: string | undefined,
  ) {
    super();
  }
}

@CommandHandler(OpenRecord)
export class OpenRecordHandler implements ICommandHandler<OpenRecord> {
  constructor(
    private readonly store: LogStore,
    private readonly reader: LogReader,
    private readonly vault: KeyVault,
    private readonly audit: AuditLog,
  ) {}

  /** @throws Fault BEYOND_LOG; NOT_FOUND for what is erased or somebody else's */
  async execute({ consumer, index, reason, fileReference }: OpenRecord): Promise<OpenedRecord> {
    const record = await this.reader.record(index);
    if (!isShownTo(consumer, record)) {
      if (record === undefined && index >= (await this.store.head()).size) throw new Fault('BEYOND_LOG');
      throw refusal('NOT_FOUND');
    }
    const hidden = await openProtected(this.vault, record);
    const { subjects = [] } = hidden.part;
    await this.audit.recordOpened({
      caller: {
        consumer,
        exchange_ref: record.caller.exchange_ref,
        retrieval_ref: record.caller.retrieval_ref,
        register: record.caller.register,
        evidence_type: record.caller.evidence_type,
        purpose: record.caller.purpose,
      },
      protected: {
        note: reason,
        opened_index: index,
        ...(fileReference !== undefined && { file_reference: fileReference }),
      },
      // Who is in the record finds out that it was read.
      persons: subjects.map(({ person }) => ({ person, as: 'subject' })),
    });
    return { record, hidden: isForCaller(record, hidden) ? hidden : undefined };
  }
}

/** The protected half of a record. @throws Fault NOT_FOUND where its keys are gone; RecordUnreadable */
export async function openProtected(vault: KeyVault, record: StoredRecord): Promise<ProtectedHalf> {
  const hidden = await protectedHalf(vault, record);
  if (hidden === undefined) throw refusal('NOT_FOUND');
  return hidden;
}

/** Of a granted decision: as the caller handed them in. */
const GRANTED: readonly string[] = ['attributes', 'file_reference', 'acting_official'];
const OWN_WORDS: readonly EventType[] = ['record.opened', 'entries.exported', 'erasure', 'trigger.granted'];

/**
 * What the caller itself wrote there, or nobody needs to hide. The protected half of everything else would tell why
 * nobody was found, or an identification number that the caller never held (IDNrG § 6 Abs. 4 and 5).
 */
function isForCaller({ caller: { event } }: StoredRecord, { part }: ProtectedHalf): boolean {
  // Whatever else a later release may write there about a person is not the caller's own.
  if (event === 'trigger.granted' && Object.keys(part).some((name) => !GRANTED.includes(name))) return false;
  return OWN_WORDS.includes(event);
}
