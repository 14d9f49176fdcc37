import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { LogReader } from '../audit/log-reader.js';
import { protectedHalf } from '../transparency/protected-half.js';
import { KeyVault } from '../vault/key-vault.js';
import { type Inspector, noteFor, OversightDesk, type Visit } from './oversight-desk.js';
import { SampleStore, type StoredSample } from './sample-store.js';
import { SampleWitness } from './sample-witness.js';

const MOST = 100;

/** `notes` by the index of the entry that records a finding. */
export type ListedSample = StoredSample & Readonly<{ notes: ReadonlyMap<number, string> }>;

/** Samples with their findings, newest first. */
export class ListSamples extends Command<readonly ListedSample[]> {
  constructor(readonly visit: Visit) {
    super();
  }
}

@CommandHandler(ListSamples)
export class ListSamplesHandler implements ICommandHandler<ListSamples> {
  constructor(
    private readonly desk: OversightDesk,
    private readonly samples: SampleStore,
    private readonly witness: SampleWitness,
    private readonly reader: LogReader,
    private readonly vault: KeyVault,
  ) {}

  /** @throws Fault CALL_NOT_ALLOWED, SESSION_*, ASSURANCE_TOO_LOW */
  async execute({ visit }: ListSamples): Promise<readonly ListedSample[]> {
    const inspector = await this.desk.accept(visit);
    await this.desk.looks(inspector, 'samples');
    await this.witness.look();
    const listed: ListedSample[] = [];
    for (const { logIndex } of await this.samples.list(MOST)) {
      const sample = await this.samples.find(logIndex);
      if (sample !== undefined) listed.push({ ...sample, notes: await this.notesOf(inspector, sample) });
    }
    return listed;
  }

  private async notesOf(inspector: Inspector, { items }: StoredSample): Promise<ReadonlyMap<number, string>> {
    const found = items.flatMap(({ findingIndex }) => (findingIndex === undefined ? [] : [findingIndex]));
    const records = await this.reader.records(found);
    const notes = records.map(
      async (record) =>
        [record.index, noteFor(inspector, (await protectedHalf(this.vault, record))?.part.note)] as const,
    );
    return new Map(await Promise.all(notes));
  }
}
