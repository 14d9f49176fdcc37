import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { copyOf, type ReceiptCopy } from '../audit/receipt.js';
import type { Caller } from '../platform/caller.js';
import { outage, refusal } from '../platform/fault.js';
import { CitizenDesk } from './citizen-desk.js';
import { CitizenJournal } from './citizen-journal.js';
import { GivenData } from './given-datum.js';
import { RegisterSilent, RegisterVoice } from './register-voice.js';

export type Reporting = Readonly<{ reportId: string; index: number; attribute: string; remark: string }>;

/** A person tells a register that what it gave about them seems to be wrong (IDNrG § 10). */
export class ReportOwnDiscrepancy extends Command<ReceiptCopy> {
  constructor(
    readonly caller: Caller,
    readonly sessionToken: string,
    readonly reporting: Reporting,
    /** Milliseconds since the epoch. */
    readonly deadline: number,
  ) {
    super();
  }
}

@CommandHandler(ReportOwnDiscrepancy)
export class ReportOwnDiscrepancyHandler implements ICommandHandler<ReportOwnDiscrepancy> {
  constructor(
    private readonly desk: CitizenDesk,
    private readonly journal: CitizenJournal,
    private readonly given: GivenData,
    private readonly registers: RegisterVoice,
  ) {}

  /** @throws Fault NOT_FOUND for what was not given about this person; REGISTER_UNAVAILABLE, then the same again is safe */
  async execute({ caller, sessionToken, reporting, deadline }: ReportOwnDiscrepancy): Promise<ReceiptCopy> {
    const { reportId, index, attribute, remark } = reporting;
    const citizen = await this.desk.accept(caller, sessionToken);
    const { record, capacities } = await this.desk.entry(citizen, index);
    if (!capacities.includes('subject')) throw refusal('NOT_FOUND');
    const { register, retrievalId, idnr } = await this.given.of(record);
    const { evidence_type, exchange_ref, retrieval_ref } = record.caller;
    const receipt = await this.journal.write(
      'discrepancy.reported',
      citizen,
      { register, evidence_type, exchange_ref, retrieval_ref },
      { discrepancy: { report: reportId, attribute, reporter: 'subject' } },
    );
    const report = { reportId, retrievalId, idnr, attribute, remark, evidenceId: '', reporter: 'subject' } as const;
    await this.registers.report(receipt, register, report, deadline).catch((error: unknown) => {
      throw error instanceof RegisterSilent ? outage('REGISTER_UNAVAILABLE', error) : error;
    });
    return copyOf(receipt);
  }
}
