import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Decoder } from '../platform/decode.js';
import { Seal } from '../platform/secrets.js';
import { decodePosition, sealPosition } from '../transparency/page-position.js';
import { listOf } from './find-entries.js';
import { OversightDesk, type Visit } from './oversight-desk.js';
import { SampleStore } from './sample-store.js';
import { SampleWitness, type ShownSample } from './sample-witness.js';

export type SamplePage = Readonly<{ samples: readonly ShownSample[]; nextPageToken: string }>;

/** Samples without what was drawn, newest first, one page. */
export class ListSamples extends Command<SamplePage> {
  constructor(
    readonly visit: Visit,
    readonly limit: number,
    readonly pageToken: string,
  ) {
    super();
  }
}

@CommandHandler(ListSamples)
export class ListSamplesHandler implements ICommandHandler<ListSamples> {
  constructor(
    private readonly desk: OversightDesk,
    private readonly samples: SampleStore,
    private readonly witness: SampleWitness,
    private readonly seal: Seal,
  ) {}

  /** @throws Fault CALL_NOT_ALLOWED, SESSION_*, ASSURANCE_TOO_LOW */
  async execute({ visit, limit, pageToken }: ListSamples): Promise<SamplePage> {
    const inspector = await this.desk.accept(visit);
    const list = listOf('samples', inspector, {});
    const decoder = new Decoder();
    const before = decoder.done(decodePosition(decoder, this.seal, list, pageToken)) ?? Number.MAX_SAFE_INTEGER;
    await this.desk.looks(inspector, 'samples');
    await this.witness.look();
    const found = await this.samples.list(before, limit + 1);
    const samples = await this.witness.shown(found.slice(0, limit));
    const next = found.length > limit ? samples.at(-1)?.logIndex : undefined;
    return { samples, nextPageToken: sealPosition(this.seal, list, next) };
  }
}
