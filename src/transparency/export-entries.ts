import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../audit/audit-log.js';
import { openingOf } from '../audit/entry.js';
import { type EntryFilter, LogReader, type StoredRecord } from '../audit/log-reader.js';
import { canonicalBytes } from '../tokens/digest.js';

/** Some hundred bytes a line: a part stays far below the largest message. */
const LINES_A_PART = 256;

/** Lines of JSON in parts, newest first: all entries that match and are older than the export's own. */
export class ExportEntries extends Command<AsyncIterable<Buffer>> {
  constructor(
    readonly consumer: string,
    readonly filter: EntryFilter,
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(ExportEntries)
export class ExportEntriesHandler implements ICommandHandler<ExportEntries> {
  constructor(
    private readonly reader: LogReader,
    private readonly audit: AuditLog,
  ) {}

  async execute({ consumer, filter, reason }: ExportEntries): Promise<AsyncIterable<Buffer>> {
    const { index } = await this.audit.entriesExported({
      caller: { consumer },
      protected: { note: reason, filter: { ...filter } },
    });
    return this.parts(filter, index);
  }

  private async *parts(filter: EntryFilter, end: number): AsyncGenerator<Buffer> {
    for (let before = end; ; ) {
      const records = await this.reader.list(filter, before, LINES_A_PART);
      if (records.length > 0) yield Buffer.concat(records.flatMap(line));
      if (records.length < LINES_A_PART) return;
      before = records.at(-1)?.index ?? 0;
    }
  }
}

/** With its opening, so that whoever has the line recomputes the leaf from it. */
function line(record: StoredRecord): Buffer[] {
  const { index, leaf } = record;
  const opening = openingOf(record);
  return [canonicalBytes({ log_index: index, leaf: leaf.toString('base64url'), opening }), Buffer.from('\n')];
}
