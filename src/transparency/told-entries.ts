import { LogReader, type RecordAbout } from '../audit/log-reader.js';
import type { EventType } from '../audit/record.js';
import { Clock } from '../platform/clock.js';
import { OperationalLog } from '../platform/operational-log.js';
import { KeyVault } from '../vault/key-vault.js';
import { readableHalf } from './protected-half.js';

/** What an authority leaves when it looks for a person; no other entry is ever kept back. */
const LOOKS: readonly EventType[] = ['identity.closed', 'subject.listed'];

/** An entry about a person, and until when they are not told of it: milliseconds since the epoch. */
export type EntryAbout = RecordAbout & Readonly<{ toldFrom?: number }>;

/**
 * Entries about a person, some of which they are told of later, by a norm of the catalogue. Until when stands in the protected half of
 * the entry itself: it is committed to, and nobody moves it afterwards.
 */
export class ToldEntries {
  constructor(
    private readonly reader: LogReader,
    private readonly vault: KeyVault,
    private readonly clock: Clock,
    private readonly log: OperationalLog,
  ) {}

  /** As `LogReader.about`, without what the person is not told of yet. */
  async toPerson(keys: readonly Buffer[], before: number, limit: number): Promise<EntryAbout[]> {
    const told: EntryAbout[] = [];
    let from = before;
    while (told.length < limit) {
      const part = await this.toOfficer(keys, from, limit);
      told.push(...part.filter(({ toldFrom }) => toldFrom === undefined));
      const last = part.at(-1);
      if (last === undefined || part.length < limit) break;
      from = last.record.index;
    }
    return told.slice(0, limit);
  }

  /** All of them, and of what the person is not told yet from when on. */
  async toOfficer(keys: readonly Buffer[], before: number, limit: number): Promise<EntryAbout[]> {
    const found = await this.reader.about(keys, before, limit);
    return Promise.all(
      found.map(async (about) => {
        const toldFrom = await this.toldFrom(about);
        return toldFrom === undefined || toldFrom <= this.clock.now() ? about : { ...about, toldFrom };
      }),
    );
  }

  /** Where nothing can be read of a norm the person is told: altering an entry would otherwise keep a look back for good. */
  private async toldFrom({ record }: RecordAbout): Promise<number | undefined> {
    if (!LOOKS.includes(record.caller.event)) return undefined;
    const until = (await readableHalf(this.vault, record, this.log))?.part.delayed_notice?.until;
    return until === undefined ? undefined : Date.parse(until);
  }
}
