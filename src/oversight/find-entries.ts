import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { LogReader, type StoredRecord } from '../audit/log-reader.js';
import { Decoder } from '../platform/decode.js';
import { Seal } from '../platform/secrets.js';
import { canonicalDigest } from '../tokens/digest.js';
import { decodePosition, sealPosition } from '../transparency/page-position.js';
import { Activity, type EntryQuery } from './activity.js';
import { type Inspector, OversightDesk, type Visit } from './oversight-desk.js';

export type FoundPage = Readonly<{ records: readonly StoredRecord[]; nextPageToken: string }>;

/** Entries of all participants that match, newest first, one page. */
export class FindEntries extends Command<FoundPage> {
  constructor(
    readonly visit: Visit,
    readonly query: EntryQuery,
    readonly limit: number,
    readonly pageToken: string,
  ) {
    super();
  }
}

@CommandHandler(FindEntries)
export class FindEntriesHandler implements ICommandHandler<FindEntries> {
  constructor(
    private readonly desk: OversightDesk,
    private readonly activity: Activity,
    private readonly reader: LogReader,
    private readonly seal: Seal,
  ) {}

  /** @throws Fault CALL_NOT_ALLOWED, SESSION_*, ASSURANCE_TOO_LOW */
  async execute({ visit, query, limit, pageToken }: FindEntries): Promise<FoundPage> {
    const inspector = await this.desk.accept(visit);
    const list = listOf('entries', inspector, query);
    const decoder = new Decoder();
    const before = decoder.done(decodePosition(decoder, this.seal, list, pageToken));
    // The look itself comes after what is listed: turning pages never shifts them.
    const { index } = await this.desk.looks(inspector, 'entries', { filter: toldOf(query) });
    const indices = await this.activity.matching(query, before ?? index, limit + 1);
    const records = await this.reader.records(indices.slice(0, limit));
    const next = indices.length > limit ? indices[limit - 1] : undefined;
    return { records, nextPageToken: sealPosition(this.seal, list, next) };
  }
}

/** The list that a page token continues: of this session, with this query. */
export function listOf(view: string, { pages, session: { id, actor } }: Inspector, query: object): string {
  return `oversight ${view}\n${canonicalDigest({ pages, id, actor, query })}`;
}

function toldOf({ events, ...filter }: EntryQuery): Readonly<Record<string, string | number>> {
  return { ...filter, ...(events && { events: events.join(' ') }) };
}
