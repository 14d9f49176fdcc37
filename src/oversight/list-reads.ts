import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { LogReader, type StoredRecord } from '../audit/log-reader.js';
import type { EventType, ProtectedPart } from '../audit/record.js';
import { Decoder } from '../platform/decode.js';
import { Seal } from '../platform/secrets.js';
import { decodePosition, sealPosition } from '../transparency/page-position.js';
import { readableHalf } from '../transparency/protected-half.js';
import { KeyVault } from '../vault/key-vault.js';
import { Activity } from './activity.js';
import { listOf } from './find-entries.js';
import { type Inspector, noteFor, OversightDesk, type Visit } from './oversight-desk.js';

const READS: readonly EventType[] = [
  'session.opened',
  'oversight.read',
  'subject.listed',
  'record.opened',
  'entries.exported',
];

export type Read = Readonly<{
  record: StoredRecord;
  actor: string;
  role: string;
  view: string;
  isOwn: boolean;
  reason: string;
  fileReference: string;
  openedIndex: number | undefined;
}>;
export type ReadPage = Readonly<{ reads: readonly Read[]; nextPageToken: string }>;

/** Who looked at what, newest first, one page; this look is the first of the next. */
export class ListReads extends Command<ReadPage> {
  constructor(
    readonly visit: Visit,
    readonly limit: number,
    readonly pageToken: string,
  ) {
    super();
  }
}

@CommandHandler(ListReads)
export class ListReadsHandler implements ICommandHandler<ListReads> {
  constructor(
    private readonly desk: OversightDesk,
    private readonly activity: Activity,
    private readonly reader: LogReader,
    private readonly vault: KeyVault,
    private readonly seal: Seal,
  ) {}

  /** @throws Fault CALL_NOT_ALLOWED, SESSION_*, ASSURANCE_TOO_LOW */
  async execute({ visit, limit, pageToken }: ListReads): Promise<ReadPage> {
    const inspector = await this.desk.accept(visit);
    const list = listOf('reads', inspector, {});
    const decoder = new Decoder();
    const before = decoder.done(decodePosition(decoder, this.seal, list, pageToken));
    const { index } = await this.desk.looks(inspector, 'reads');
    const indices = await this.activity.matching({ events: READS }, before ?? index, limit + 1);
    const records = await this.reader.records(indices.slice(0, limit));
    const reads = records.map(async (record) =>
      readOf(inspector, record, (await readableHalf(this.vault, record))?.part ?? {}),
    );
    const next = indices.length > limit ? indices[limit - 1] : undefined;
    return { reads: await Promise.all(reads), nextPageToken: sealPosition(this.seal, list, next) };
  }
}

function readOf(inspector: Inspector, record: StoredRecord, part: ProtectedPart): Read {
  const { pages, session } = inspector;
  const { consumer } = record.caller;
  // A citizen who looks at their own data is not watched by name.
  const isCitizen = part.session?.role === 'citizen';
  return {
    record,
    actor: isCitizen ? '' : (part.session?.actor ?? consumer),
    role: part.session?.role ?? '',
    view: part.view ?? '',
    isOwn: consumer === pages && part.session?.actor === session.actor,
    reason: noteFor(inspector, part.note),
    fileReference: part.file_reference ?? '',
    openedIndex: part.opened_index,
  };
}
