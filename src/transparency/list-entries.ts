import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type EntryFilter, LogReader, type StoredRecord } from '../audit/log-reader.js';

/** `next`: the index before which the list goes on; absent at its end. */
export type EntryPage = Readonly<{ records: readonly StoredRecord[]; next: number | undefined }>;

/** Entries that match, newest first, one page. */
export class ListEntries extends Query<EntryPage> {
  constructor(
    readonly filter: EntryFilter,
    readonly limit: number,
    readonly before: number = Number.MAX_SAFE_INTEGER,
  ) {
    super();
  }
}

@QueryHandler(ListEntries)
export class ListEntriesHandler implements IQueryHandler<ListEntries> {
  constructor(private readonly reader: LogReader) {}

  async execute({ filter, before, limit }: ListEntries): Promise<EntryPage> {
    const found = await this.reader.list(filter, before, limit + 1);
    const records = found.slice(0, limit);
    return { records, next: found.length > limit ? records.at(-1)?.index : undefined };
  }
}
