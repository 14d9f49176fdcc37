import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { LogReader, type StoredRecord } from '../audit/log-reader.js';
import { refusal } from '../platform/fault.js';
import { protectedHalf } from '../transparency/protected-half.js';
import { KeyVault } from '../vault/key-vault.js';
import { CaseStore, type RecordedStep } from './case-store.js';
import { caseOf, isCase, type OversightCase } from './oversight-case.js';
import { noteFor, OversightDesk, type Visit } from './oversight-desk.js';

export type CaseStep = RecordedStep & Readonly<{ actor: string; note: string }>;
export type CaseFile = Readonly<{ opened: OversightCase; steps: readonly CaseStep[] }>;

/** One case with everything that was done in it. */
export class GetCase extends Command<CaseFile> {
  constructor(
    readonly visit: Visit,
    readonly index: number,
  ) {
    super();
  }
}

@CommandHandler(GetCase)
export class GetCaseHandler implements ICommandHandler<GetCase> {
  constructor(
    private readonly desk: OversightDesk,
    private readonly reader: LogReader,
    private readonly vault: KeyVault,
    private readonly cases: CaseStore,
  ) {}

  /** @throws Fault CALL_NOT_ALLOWED, SESSION_*, ASSURANCE_TOO_LOW; NOT_FOUND for what is no case */
  async execute({ visit, index }: GetCase): Promise<CaseFile> {
    const inspector = await this.desk.accept(visit);
    await this.desk.looks(inspector, 'case', { opened_index: index });
    const record = await this.reader.record(index);
    if (!isCase(record)) throw refusal('NOT_FOUND');
    const steps = await this.cases.steps(index);
    const entries = await this.reader.records(steps.map(({ logIndex }) => logIndex));
    const written = new Map(await Promise.all(entries.map((it) => this.partOf(it))));
    const state = steps.at(-1)?.state ?? 'open';
    return {
      opened: caseOf(record, (await protectedHalf(this.vault, record))?.part, state),
      // Of an erased entry nothing is left but that there was a step.
      steps: steps.map((step) => {
        const { session, note } = written.get(step.logIndex) ?? {};
        return { ...step, actor: session?.actor ?? '', note: noteFor(inspector, note) };
      }),
    };
  }

  private async partOf(record: StoredRecord) {
    return [record.index, (await protectedHalf(this.vault, record))?.part ?? {}] as const;
  }
}
