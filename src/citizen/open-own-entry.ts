import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { StoredRecord } from '../audit/log-reader.js';
import { LogStore } from '../audit/log-store.js';
import type { ReceiptCopy } from '../audit/receipt.js';
import type { ProtectedPart } from '../audit/record.js';
import type { Caller } from '../platform/caller.js';
import { refusal } from '../platform/fault.js';
import { LogKey } from '../transparency/log-key.js';
import { openProtected } from '../transparency/open-record.js';
import { proveEntry } from '../transparency/prove-entry.js';
import { KeyVault } from '../vault/key-vault.js';
import { WitnessedCheckpoints } from '../witnesses/witnessed-checkpoints.js';
import { CitizenDesk } from './citizen-desk.js';
import { CitizenJournal } from './citizen-journal.js';

export type OwnEntry = Readonly<{
  receipt: ReceiptCopy;
  witnessed: boolean;
  attributes: readonly string[];
  fileReference: string;
  representation: string;
  /** About how many of the attributes they stated something themself. */
  ownStatements: number;
}>;

/** Opens one entry about the person for the person, proves that it is in the log, and logs that before. */
export class OpenOwnEntry extends Command<OwnEntry> {
  constructor(
    readonly caller: Caller,
    readonly sessionToken: string,
    readonly index: number,
  ) {
    super();
  }
}

@CommandHandler(OpenOwnEntry)
export class OpenOwnEntryHandler implements ICommandHandler<OpenOwnEntry> {
  constructor(
    private readonly desk: CitizenDesk,
    private readonly journal: CitizenJournal,
    private readonly store: LogStore,
    private readonly logKey: LogKey,
    private readonly witnessed: WitnessedCheckpoints,
    private readonly vault: KeyVault,
  ) {}

  /** @throws Fault NOT_FOUND for what is somebody else's, erased, or was never there */
  async execute({ caller, sessionToken, index }: OpenOwnEntry): Promise<OwnEntry> {
    const citizen = await this.desk.accept(caller, sessionToken);
    const { record } = await this.desk.entry(citizen, index);
    const { part } = await openProtected(this.vault, record);
    const { exchange_ref, retrieval_ref, register, evidence_type } = record.caller;
    const about = { exchange_ref, retrieval_ref, register, evidence_type };
    await this.journal.write('record.opened', citizen, about, { opened_index: index });
    return { ...(await this.prove(record)), ...ofTheirs(part) };
  }

  /** In the tree that the witnesses vouch for, where it is in it already. */
  private async prove(record: StoredRecord): Promise<Pick<OwnEntry, 'receipt' | 'witnessed'>> {
    const { vkey } = this.logKey;
    const newest = await this.witnessed.newest();
    if (newest !== undefined && newest.size > record.index)
      return { receipt: await proveEntry(this.store, record, { checkpoint: newest.note, vkey }), witnessed: true };
    const { checkpoint } = await this.store.head();
    if (checkpoint === undefined) throw refusal('NOT_FOUND');
    return { receipt: await proveEntry(this.store, record, { checkpoint, vkey }), witnessed: false };
  }
}

/**
 * What of the protected half is the person's to see: what was given, under which reference, and who decided by virtue of what.
 * Not the true cause of a refusal (IDNrG § 6 Abs. 5), not other persons, not who acted for an authority.
 */
function ofTheirs(part: ProtectedPart): Omit<OwnEntry, 'receipt' | 'witnessed'> {
  const {
    attributes = [],
    file_reference: fileReference = '',
    representation,
    own_statements: ownStatements = 0,
  } = part;
  return { attributes, fileReference, representation: representation?.by ?? '', ownStatements };
}
