import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../audit/audit-log.js';
import { isShownTo, LogReader } from '../audit/log-reader.js';
import { copyOf, type ReceiptCopy } from '../audit/receipt.js';
import type { Caller } from '../platform/caller.js';
import { outage, refusal } from '../platform/fault.js';
import { GivenData } from './given-datum.js';
import { RegisterSilent, RegisterVoice } from './register-voice.js';
import type { Reporting } from './report-own-discrepancy.js';

/** Who got evidence tells its register that a datum in it seems to be wrong (IDNrG § 10). The person finds the entry. */
export class ReportDiscrepancy extends Command<ReceiptCopy> {
  constructor(
    readonly caller: Caller,
    readonly reporting: Reporting & Readonly<{ evidenceId: string }>,
    /** Milliseconds since the epoch. */
    readonly deadline: number,
  ) {
    super();
  }
}

@CommandHandler(ReportDiscrepancy)
export class ReportDiscrepancyHandler implements ICommandHandler<ReportDiscrepancy> {
  constructor(
    private readonly reader: LogReader,
    private readonly audit: AuditLog,
    private readonly given: GivenData,
    private readonly registers: RegisterVoice,
  ) {}

  /** @throws Fault NOT_FOUND for what was not released to the caller; REGISTER_UNAVAILABLE, then the same again is safe */
  async execute({ caller, reporting, deadline }: ReportDiscrepancy): Promise<ReceiptCopy> {
    const { reportId, index, attribute, remark, evidenceId } = reporting;
    const consumer = caller.participant.id;
    const record = await this.reader.record(index);
    if (!isShownTo(consumer, record)) throw refusal('NOT_FOUND');
    const { register, retrievalId, idnr, subjects } = await this.given.of(record);
    const { evidence_type, exchange_ref, retrieval_ref, purpose, legal_basis } = record.caller;
    const receipt = await this.audit.discrepancyReported({
      caller: { consumer, register, evidence_type, exchange_ref, retrieval_ref, purpose, legal_basis },
      protected: { subjects, discrepancy: { report: reportId, attribute, reporter: 'consumer' } },
      persons: subjects.map(({ person }) => ({ person, as: 'subject' })),
    });
    const report = { reportId, retrievalId, idnr, attribute, remark, evidenceId, reporter: 'consumer' } as const;
    await this.registers.report(receipt, register, report, deadline).catch((error: unknown) => {
      throw error instanceof RegisterSilent ? outage('REGISTER_UNAVAILABLE', error) : error;
    });
    return copyOf(receipt);
  }
}
