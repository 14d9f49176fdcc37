import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { LogReader, type StoredRecord } from '../audit/log-reader.js';
import type { ReceiptCopy } from '../audit/receipt.js';
import { Decoder } from '../platform/decode.js';
import { refusal } from '../platform/fault.js';
import { Seal } from '../platform/secrets.js';
import { decodePosition, sealPosition } from '../transparency/page-position.js';
import { readableHalf } from '../transparency/protected-half.js';
import { KeyVault } from '../vault/key-vault.js';
import { listOf } from './find-entries.js';
import { ActFollower } from './follow-acts.js';
import { type Inspector, noteFor, OversightDesk, type Visit } from './oversight-desk.js';
import { type ProvenCommitment, SampleProofs } from './sample-proofs.js';
import { type SampleItem, SampleStore, type StoredSample } from './sample-store.js';
import { SampleWitness } from './sample-witness.js';

export type ShownItem = SampleItem & Readonly<{ note: string; receipt: ReceiptCopy | undefined }>;

export type SampleFile = Readonly<{
  sample: StoredSample;
  items: readonly ShownItem[];
  nextPageToken: string;
  commitment: ProvenCommitment | undefined;
}>;

/** Which part of a sample, and whether with what proves that nobody steered it. */
export type SampleWish = Readonly<{ isCountedOnly: boolean; isProved: boolean; limit: number; pageToken: string }>;

/** One sample with what was drawn and what was found of it, one page. */
export class GetSample extends Command<SampleFile> {
  constructor(
    readonly visit: Visit,
    readonly index: number,
    readonly wish: SampleWish,
  ) {
    super();
  }
}

@CommandHandler(GetSample)
export class GetSampleHandler implements ICommandHandler<GetSample> {
  constructor(
    private readonly desk: OversightDesk,
    private readonly acts: ActFollower,
    private readonly samples: SampleStore,
    private readonly witness: SampleWitness,
    private readonly proofs: SampleProofs,
    private readonly reader: LogReader,
    private readonly vault: KeyVault,
    private readonly seal: Seal,
  ) {}

  /** @throws Fault CALL_NOT_ALLOWED, SESSION_*, ASSURANCE_TOO_LOW; NOT_FOUND for what is no sample */
  async execute({ visit, index, wish }: GetSample): Promise<SampleFile> {
    const { isCountedOnly, isProved, limit, pageToken } = wish;
    const inspector = await this.desk.accept(visit);
    const list = listOf('sample', inspector, { index, isCountedOnly, isProved });
    const decoder = new Decoder();
    const after = decoder.done(decodePosition(decoder, this.seal, list, pageToken)) ?? 0;
    await this.desk.looks(inspector, isProved ? 'sample with proofs' : 'sample', { opened_index: index });
    await this.acts.follow();
    await this.witness.look();
    const sample = await this.samples.find(index);
    if (sample === undefined) throw refusal('NOT_FOUND');
    const found = await this.samples.items(index, { isCountedOnly, after, limit: limit + 1 });
    const items = found.slice(0, limit);
    const notes = await this.notesOf(inspector, items);
    // Before it is drawn there is nothing to prove.
    const { checkpoint } = isProved && sample.nonce !== undefined ? sample : {};
    const receipts = checkpoint === undefined ? new Map<number, ReceiptCopy>() : await this.receipts(items, checkpoint);
    return {
      sample,
      items: items.map((it) => ({
        ...{ ...it, note: notes.get(it.findingIndex ?? -1) ?? '', receipt: receipts.get(it.logIndex) },
      })),
      nextPageToken: sealPosition(this.seal, list, found.length > limit ? items.at(-1)?.place : undefined),
      commitment: checkpoint === undefined ? undefined : await this.proofs.ofCommitment(index, checkpoint),
    };
  }

  private receipts(items: readonly SampleItem[], checkpoint: string): Promise<ReadonlyMap<number, ReceiptCopy>> {
    return this.proofs.ofEntries(
      items.map(({ logIndex }) => logIndex),
      checkpoint,
    );
  }

  private async notesOf(inspector: Inspector, items: readonly SampleItem[]): Promise<ReadonlyMap<number, string>> {
    const found = items.flatMap(({ findingIndex }) => (findingIndex === undefined ? [] : [findingIndex]));
    const records = await this.reader.records(found);
    return new Map(await Promise.all(records.map((it) => this.noteOf(inspector, it))));
  }

  private async noteOf(inspector: Inspector, record: StoredRecord) {
    return [record.index, noteFor(inspector, (await readableHalf(this.vault, record))?.part.note)] as const;
  }
}
