import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { refusal } from '../platform/fault.js';
import { ActFollower } from './follow-acts.js';
import { OversightDesk, type Visit } from './oversight-desk.js';
import { SampleStore } from './sample-store.js';

export const SAMPLE_FINDINGS = ['in_order', 'objection'] as const;

export type SampleFinding = Readonly<{
  sample: number;
  entry: number;
  finding: (typeof SAMPLE_FINDINGS)[number];
  note: string;
}>;

/** What an officer found of one entry of a sample. Gives the index of the entry. */
export class RecordSampleFinding extends Command<number> {
  constructor(
    readonly visit: Visit,
    readonly found: SampleFinding,
  ) {
    super();
  }
}

@CommandHandler(RecordSampleFinding)
export class RecordSampleFindingHandler implements ICommandHandler<RecordSampleFinding> {
  constructor(
    private readonly desk: OversightDesk,
    private readonly acts: ActFollower,
    private readonly samples: SampleStore,
  ) {}

  /** @throws Fault CALL_NOT_ALLOWED, SESSION_*, ASSURANCE_TOO_LOW; NOT_FOUND for what is not in the sample */
  async execute({ visit, found: { sample, entry, finding, note } }: RecordSampleFinding): Promise<number> {
    const officer = await this.desk.acceptOfficer(visit);
    await this.acts.follow();
    if (!(await this.samples.isCounted(sample, entry))) throw refusal('NOT_FOUND');
    const { index } = await this.desk.acts(officer, 'sample.finding', {
      sample: { sample, entry, finding },
      ...(note !== '' && { note }),
    });
    return index;
  }
}
