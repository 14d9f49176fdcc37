import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { LogReader } from '../audit/log-reader.js';
import type { BreachStatement } from '../audit/record.js';
import { Clock } from '../platform/clock.js';
import { invalid, refusal } from '../platform/fault.js';
import { CaseStore } from './case-store.js';
import { ActFollower } from './follow-acts.js';
import { isCase, isReportLate, type StepState } from './oversight-case.js';
import { OversightDesk, type Visit } from './oversight-desk.js';

export type StepWish = Readonly<{ state: StepState; note: string; report: BreachStatement | undefined }>;

/** An officer takes a case up, reports it or dismisses it, and says why. Gives the index of the entry. */
export class RecordCaseStep extends Command<number> {
  constructor(
    readonly visit: Visit,
    readonly index: number,
    readonly wish: StepWish,
  ) {
    super();
  }
}

@CommandHandler(RecordCaseStep)
export class RecordCaseStepHandler implements ICommandHandler<RecordCaseStep> {
  constructor(
    private readonly desk: OversightDesk,
    private readonly reader: LogReader,
    private readonly acts: ActFollower,
    private readonly cases: CaseStore,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws Fault CALL_NOT_ALLOWED, SESSION_*, ASSURANCE_TOO_LOW; NOT_FOUND for what is no case; REQUEST_INVALID for a late
   * report that does not say why
   */
  async execute({ visit, index, wish: { state, note, report } }: RecordCaseStep): Promise<number> {
    const officer = await this.desk.acceptOfficer(visit);
    const record = await this.reader.record(index);
    if (!isCase(record)) throw refusal('NOT_FOUND');
    if (state === 'reported' && !report?.delay) {
      await this.acts.follow();
      const { firstReportedAtMs } = await this.cases.standing(index);
      if (isReportLate(record, firstReportedAtMs, this.clock.now()))
        throw invalid([{ field: 'report.delay', description: 'is required after 72 hours (GDPR Art. 33 (1))' }]);
    }
    const step = { entry: index, state, ...(report && { report }) };
    return (await this.desk.acts(officer, 'case.changed', { case: step, note })).index;
  }
}
