import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { LogReader, type StoredRecord } from '../audit/log-reader.js';
import type { ReceiptCopy } from '../audit/receipt.js';
import { Decoder } from '../platform/decode.js';
import { outage, refusal } from '../platform/fault.js';
import { Seal } from '../platform/secrets.js';
import { decodePosition, sealPosition } from '../transparency/page-position.js';
import { readableHalf } from '../transparency/protected-half.js';
import { KeyVault } from '../vault/key-vault.js';
import { listOf } from './find-entries.js';
import { type Inspector, noteFor, OversightDesk, type Visit } from './oversight-desk.js';
import { type SampleGrounds, SampleProofs } from './sample-proofs.js';
import { type SampleItem, SampleStore } from './sample-store.js';
import { SampleWitness, type ShownSample, WITNESSED_AGAIN_MS } from './sample-witness.js';

export type ShownItem = SampleItem & Readonly<{ note: string; receipt: ReceiptCopy | undefined }>;

export type SampleFile = Readonly<{
  sample: ShownSample;
  items: readonly ShownItem[];
  nextPageToken: string;
  /** With the first page of what is proved. */
  grounds: SampleGrounds | undefined;
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
    private readonly samples: SampleStore,
    private readonly witness: SampleWitness,
    private readonly proofs: SampleProofs,
    private readonly reader: LogReader,
    private readonly vault: KeyVault,
    private readonly seal: Seal,
  ) {}

  /** @throws Fault CALL_NOT_ALLOWED, SESSION_*, ASSURANCE_TOO_LOW; NOT_FOUND for what is no sample; LOG_NOT_WITNESSED for proofs of a draw that is not signed yet */
  async execute({ visit, index, wish }: GetSample): Promise<SampleFile> {
    const { isCountedOnly, isProved, limit, pageToken } = wish;
    const inspector = await this.desk.accept(visit);
    const list = listOf('sample', inspector, { index, isCountedOnly, isProved });
    const decoder = new Decoder();
    const after = decoder.done(decodePosition(decoder, this.seal, list, pageToken)) ?? 0;
    await this.desk.looks(inspector, isProved ? 'sample with proofs' : 'sample', { opened_index: index });
    await this.witness.look();
    const stored = await this.samples.find(index);
    const [sample] = await this.witness.shown(stored === undefined ? [] : [stored]);
    if (sample === undefined) throw refusal('NOT_FOUND');
    const found = await this.samples.items(index, { isCountedOnly, after, limit: limit + 1 });
    const items = found.slice(0, limit);
    const notes = await this.notesOf(inspector, items);
    // Before it is drawn there is nothing to prove.
    const { checkpoint, drawnIndex } = isProved && sample.state === 'drawn' ? sample : {};
    const closing = drawnIndex === undefined ? undefined : await this.witness.signedWith(drawnIndex);
    if (drawnIndex !== undefined && closing === undefined)
      throw outage('LOG_NOT_WITNESSED', undefined, WITNESSED_AGAIN_MS);
    const receipts = checkpoint === undefined ? new Map<number, ReceiptCopy>() : await this.receipts(items, checkpoint);
    return {
      sample,
      items: items.map((it) => ({
        ...{ ...it, note: notes.get(it.findingIndex ?? -1) ?? '', receipt: receipts.get(it.logIndex) },
      })),
      nextPageToken: sealPosition(this.seal, list, found.length > limit ? items.at(-1)?.place : undefined),
      grounds: closing === undefined || after > 0 ? undefined : await this.proofs.ofGrounds(sample, closing),
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
