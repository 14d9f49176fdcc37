import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { LogReader } from '../audit/log-reader.js';
import { refusal } from '../platform/fault.js';
import { CaseStore } from './case-store.js';
import { isCase, type StepState } from './oversight-case.js';
import { OversightDesk, type Visit } from './oversight-desk.js';

/** An officer takes a case up, reports it or dismisses it, and says why. Gives the index of the entry. */
export class RecordCaseStep extends Command<number> {
  constructor(
    readonly visit: Visit,
    readonly index: number,
    readonly state: StepState,
    readonly note: string,
  ) {
    super();
  }
}

@CommandHandler(RecordCaseStep)
export class RecordCaseStepHandler implements ICommandHandler<RecordCaseStep> {
  constructor(
    private readonly desk: OversightDesk,
    private readonly reader: LogReader,
    private readonly cases: CaseStore,
  ) {}

  /** @throws Fault CALL_NOT_ALLOWED, SESSION_*, ASSURANCE_TOO_LOW; NOT_FOUND for what is no case */
  async execute({ visit, index, state, note }: RecordCaseStep): Promise<number> {
    const officer = await this.desk.acceptOfficer(visit);
    if (!isCase(await this.reader.record(index))) throw refusal('NOT_FOUND');
    // First the entry: a step that is nowhere but in the table would be nobody's.
    const { index: logIndex } = await this.desk.acts(officer, 'case.changed', { case: { entry: index, state }, note });
    await this.cases.add(index, { logIndex, state });
    return logIndex;
  }
}
