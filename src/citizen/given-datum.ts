import { LogReader, type StoredRecord } from '../audit/log-reader.js';
import type { ProtectedPart } from '../audit/record.js';
import { refusal } from '../platform/fault.js';
import { openProtected } from '../transparency/open-record.js';
import { KeyVault } from '../vault/key-vault.js';

/** What a register gave about one person under one retrieval, in the words by which the register knows it. */
export type GivenDatum = Readonly<{
  register: string;
  /** As the register was given it. */
  retrievalId: string;
  idnr: string;
  subjects: NonNullable<ProtectedPart['subjects']>;
}>;

/** No exchange has more entries. */
const MAX_ENTRIES = 1000;

/** Finds, for an entry of the log, what a register has to be told about it. */
export class GivenData {
  constructor(
    private readonly reader: LogReader,
    private readonly vault: KeyVault,
  ) {}

  /**
   * @param record of a retrieval that ended with a release
   * @throws Fault NOT_FOUND for every other, for what is about no natural person, or was erased in parts
   */
  async of(record: StoredRecord): Promise<GivenDatum> {
    const { event, register, exchange_ref, release_digest } = record.caller;
    if (event !== 'retrieval.closed' || register === undefined || exchange_ref === undefined)
      throw refusal('NOT_FOUND');
    if (release_digest === undefined) throw refusal('NOT_FOUND');
    const { part } = await openProtected(this.vault, record);
    const person = part.subjects?.[0]?.person;
    const retrievalId = await this.retrievalId(record, exchange_ref, register);
    if (part.subjects === undefined || person?.kind !== 'idnr' || retrievalId === undefined) throw refusal('NOT_FOUND');
    return { register, retrievalId, idnr: person.idnr, subjects: part.subjects };
  }

  private async retrievalId(record: StoredRecord, exchange: string, register: string): Promise<string | undefined> {
    const { consumer, retrieval_ref } = record.caller;
    const found = await this.reader.list({ exchange_ref: exchange, consumer }, record.index, MAX_ENTRIES);
    const opened = found.find(
      ({ caller }) =>
        (caller.event === 'retrieval.opened' || caller.event === 'retrieval.resumed') &&
        caller.retrieval_ref === retrieval_ref,
    );
    if (opened === undefined) return undefined;
    return (await openProtected(this.vault, opened)).part.register_refs?.[register];
  }
}
